package storagelab.grader.serve;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import storagelab.api.Slice;
import storagelab.grader.serve.Command.Keys;

/** Commands on keys, whatever their values. */
final class KeyCommands {
    private static final long NO_KEY = -2;
    private static final long NO_EXPIRY = -1;

    private final Keyspace keyspace;

    KeyCommands(Keyspace keyspace) {
        this.keyspace = keyspace;
    }

    void addTo(CommandTable table) {
        table.group("generic")
                .add(Command.writing("del", -2, Keys.ALL), "Deletes keys.", this::delete)
                .add(Command.writing("unlink", -2, Keys.ALL), "Deletes keys.", this::delete)
                .add(Command.reading("exists", -2, Keys.ALL), "How many of the keys have a value.", this::exists)
                .add(Command.reading("touch", -2, Keys.ALL), "How many of the keys have a value.", this::exists)
                .add(Command.reading("type", 2, Keys.FIRST), "The type of a value: string.", this::type)
                .add(
                        Command.writing("expire", -3, Keys.FIRST),
                        "Sets in how many seconds a value expires.",
                        this::expire)
                .add(
                        Command.writing("pexpire", -3, Keys.FIRST),
                        "Sets in how many milliseconds a value expires.",
                        this::expire)
                .add(Command.writing("expireat", -3, Keys.FIRST), "Sets at which second a value expires.", this::expire)
                .add(
                        Command.writing("pexpireat", -3, Keys.FIRST),
                        "Sets at which millisecond a value expires.",
                        this::expire)
                .add(Command.writing("persist", 2, Keys.FIRST), "Keeps a value from expiring.", this::persist)
                .add(Command.reading("ttl", 2, Keys.FIRST), "In how many seconds a value expires.", this::left)
                .add(Command.reading("pttl", 2, Keys.FIRST), "In how many milliseconds a value expires.", this::left)
                .add(Command.reading("expiretime", 2, Keys.FIRST), "The second at which a value expires.", this::time)
                .add(
                        Command.reading("pexpiretime", 2, Keys.FIRST),
                        "The millisecond at which a value expires.",
                        this::time);
    }

    private void delete(Session session, Request request, ReplyWriter reply) {
        int deleted = 0;
        for (int i = 1; i < request.count(); i++) {
            deleted += keyspace.delete(request.argument(i)) ? 1 : 0;
        }
        reply.integer(deleted);
    }

    private void exists(Session session, Request request, ReplyWriter reply) {
        int found = 0;
        for (int i = 1; i < request.count(); i++) {
            found += keyspace.contains(request.argument(i)) ? 1 : 0;
        }
        reply.integer(found);
    }

    private void type(Session session, Request request, ReplyWriter reply) {
        reply.simple(keyspace.contains(request.argument(1)) ? "string" : "none");
    }

    private void expire(Session session, Request request, ReplyWriter reply) {
        String command = request.argument(0).toUtf8().toLowerCase(Locale.ROOT);
        if (request.count() > 4) {
            throw new CommandException("ERR wrong number of arguments for '" + command + "' command");
        }
        boolean isRelative = !command.endsWith("at");
        Expiry.Face face = new Expiry.Face(command, keyspace.nowMillis());
        long expiresAt = command.startsWith("p")
                ? face.millis(request.argument(2), isRelative)
                : face.seconds(request.argument(2), isRelative);
        Slice key = request.argument(1);
        @Nullable String condition = request.count() == 4 ? request.word(3) : null;
        boolean isAllowed = Expiry.isAllowed(condition, keyspace.expiresAtMillis(key), expiresAt);
        Slice value = keyspace.get(key);
        if (value == null || !isAllowed) {
            reply.integer(0);
            return;
        }
        if (expiresAt <= face.nowMillis()) {
            keyspace.delete(key);
        } else {
            keyspace.put(key, value, expiresAt);
        }
        reply.integer(1);
    }

    private void persist(Session session, Request request, ReplyWriter reply) {
        Slice key = request.argument(1);
        Slice value = keyspace.get(key);
        boolean expires = value != null && keyspace.expiresAtMillis(key) != ValueCodec.NEVER;
        if (value != null && expires) {
            keyspace.put(key, value);
        }
        reply.integer(expires);
    }

    private void left(Session session, Request request, ReplyWriter reply) {
        boolean inSeconds = request.word(0).equals("TTL");
        Slice key = request.argument(1);
        long expiresAt = keyspace.expiresAtMillis(key);
        if (expiresAt == ValueCodec.NEVER) {
            reply.integer(keyspace.contains(key) ? NO_EXPIRY : NO_KEY);
        } else {
            reply.integer(Expiry.left(expiresAt, keyspace.nowMillis(), inSeconds));
        }
    }

    private void time(Session session, Request request, ReplyWriter reply) {
        boolean inSeconds = request.word(0).equals("EXPIRETIME");
        Slice key = request.argument(1);
        long expiresAt = keyspace.expiresAtMillis(key);
        if (expiresAt == ValueCodec.NEVER) {
            reply.integer(keyspace.contains(key) ? NO_EXPIRY : NO_KEY);
        } else {
            reply.integer(Expiry.left(expiresAt, 0, inSeconds));
        }
    }
}
