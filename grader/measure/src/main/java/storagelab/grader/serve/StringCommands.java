package storagelab.grader.serve;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import storagelab.api.Slice;
import storagelab.codec.ByteWriter;
import storagelab.grader.serve.Command.Keys;

/** Commands on values. */
final class StringCommands {
    private final Keyspace keyspace;
    private final ServeLimits limits;

    /** What SET is told besides key and value. */
    private static final class SetOptions {
        private boolean onlyNew;
        private boolean onlyExisting;
        private boolean returnsOld;
        private boolean keepsExpiry;
        private long expiresAtMillis = ValueCodec.NEVER;
    }

    StringCommands(Keyspace keyspace, ServeLimits limits) {
        this.keyspace = keyspace;
        this.limits = limits;
    }

    void addTo(CommandTable table) {
        table.group("string")
                .add(Command.reading("get", 2, Keys.FIRST), "The value of a key.", this::get)
                .add(Command.writing("set", -3, Keys.FIRST), "Sets the value of a key.", this::set)
                .add(Command.writing("setnx", 3, Keys.FIRST), "Sets a value if the key has none.", this::setIfAbsent)
                .add(Command.writing("setex", 4, Keys.FIRST), "Sets a value that expires.", this::setExpiring)
                .add(Command.writing("psetex", 4, Keys.FIRST), "Sets a value that expires.", this::setExpiring)
                .add(Command.writing("getset", 3, Keys.FIRST), "Sets a value and returns the old one.", this::getSet)
                .add(
                        Command.writing("getdel", 2, Keys.FIRST),
                        "Returns the value and deletes the key.",
                        this::getDelete)
                .add(
                        Command.writing("getex", -2, Keys.FIRST),
                        "Returns the value and sets its expiry.",
                        this::getExpiring)
                .add(Command.reading("mget", -2, Keys.ALL), "The values of several keys.", this::getMany)
                .add(Command.writing("mset", -3, Keys.PAIRS), "Sets several values at once.", this::setMany)
                .add(
                        Command.writing("msetnx", -3, Keys.PAIRS),
                        "Sets several values if no key has one.",
                        this::setManyIfAbsent)
                .add(Command.reading("strlen", 2, Keys.FIRST), "The length of a value.", this::length)
                .add(Command.writing("append", 3, Keys.FIRST), "Appends to a value.", this::append)
                .add(Command.writing("incr", 2, Keys.FIRST), "Adds one.", (s, q, r) -> add(q, 1, r))
                .add(Command.writing("decr", 2, Keys.FIRST), "Subtracts one.", (s, q, r) -> add(q, -1, r))
                .add(Command.writing("incrby", 3, Keys.FIRST), "Adds a number.", (s, q, r) -> add(q, number(q), r))
                .add(Command.writing("decrby", 3, Keys.FIRST), "Subtracts a number.", this::subtract);
    }

    private void get(Session session, Request request, ReplyWriter reply) {
        reply.bulk(keyspace.get(request.argument(1)));
    }

    private void set(Session session, Request request, ReplyWriter reply) {
        Slice key = request.argument(1);
        SetOptions options = request.count() == 3 ? new SetOptions() : setOptions(request);
        boolean reads = options.onlyNew || options.onlyExisting || options.returnsOld || options.keepsExpiry;
        if (!reads) {
            keyspace.put(key, request.argument(2), options.expiresAtMillis);
            reply.ok();
            return;
        }
        Slice old = keyspace.get(key);
        boolean isAllowed = !(options.onlyNew && old != null) && !(options.onlyExisting && old == null);
        if (isAllowed) {
            long expiresAt = options.keepsExpiry ? keyspace.expiresAtMillis(key) : options.expiresAtMillis;
            keyspace.put(key, request.argument(2), expiresAt);
        }
        if (options.returnsOld) {
            reply.bulk(old);
        } else if (isAllowed) {
            reply.ok();
        } else {
            reply.nothing();
        }
    }

    private SetOptions setOptions(Request request) {
        SetOptions options = new SetOptions();
        boolean hasTime = false;
        for (int i = 3; i < request.count(); i++) {
            String option = request.word(i);
            switch (option) {
                case "NX" -> options.onlyNew = true;
                case "XX" -> options.onlyExisting = true;
                case "GET" -> options.returnsOld = true;
                case "KEEPTTL" -> options.keepsExpiry = true;
                default -> {
                    if (!Expiry.isOption(option) || i + 1 == request.count() || hasTime) {
                        throw CommandException.syntax();
                    }
                    i++;
                    options.expiresAtMillis = Expiry.afterOption(option, request.argument(i), face(request));
                    hasTime = true;
                }
            }
        }
        if ((options.onlyNew && options.onlyExisting) || (options.keepsExpiry && hasTime)) {
            throw CommandException.syntax();
        }
        return options;
    }

    private Expiry.Face face(Request request) {
        return new Expiry.Face(request.argument(0).toUtf8().toLowerCase(Locale.ROOT), keyspace.nowMillis());
    }

    private void setIfAbsent(Session session, Request request, ReplyWriter reply) {
        Slice key = request.argument(1);
        boolean isAbsent = !keyspace.contains(key);
        if (isAbsent) {
            keyspace.put(key, request.argument(2));
        }
        reply.integer(isAbsent);
    }

    private void setExpiring(Session session, Request request, ReplyWriter reply) {
        String option = request.word(0).startsWith("P") ? "PX" : "EX";
        long expiresAt = Expiry.afterOption(option, request.argument(2), face(request));
        keyspace.put(request.argument(1), request.argument(3), expiresAt);
        reply.ok();
    }

    private void getSet(Session session, Request request, ReplyWriter reply) {
        Slice key = request.argument(1);
        Slice old = keyspace.get(key);
        keyspace.put(key, request.argument(2));
        reply.bulk(old);
    }

    private void getDelete(Session session, Request request, ReplyWriter reply) {
        Slice key = request.argument(1);
        Slice old = keyspace.get(key);
        keyspace.delete(key);
        reply.bulk(old);
    }

    private void getExpiring(Session session, Request request, ReplyWriter reply) {
        Slice key = request.argument(1);
        long expiresAt = keyspace.expiresAtMillis(key);
        if (request.count() == 3 && request.word(2).equals("PERSIST")) {
            expiresAt = ValueCodec.NEVER;
        } else if (request.count() == 4 && Expiry.isOption(request.word(2))) {
            expiresAt = Expiry.afterOption(request.word(2), request.argument(3), face(request));
        } else if (request.count() != 2) {
            throw CommandException.syntax();
        }
        Slice value = keyspace.get(key);
        if (value != null && request.count() > 2) {
            keyspace.put(key, value, expiresAt);
        }
        reply.bulk(value);
    }

    private void getMany(Session session, Request request, ReplyWriter reply) {
        reply.array(request.count() - 1);
        for (int i = 1; i < request.count(); i++) {
            reply.bulk(keyspace.get(request.argument(i)));
        }
    }

    private void setMany(Session session, Request request, ReplyWriter reply) {
        putPairs(request);
        reply.ok();
    }

    private void setManyIfAbsent(Session session, Request request, ReplyWriter reply) {
        checkPairs(request);
        for (int i = 1; i < request.count(); i += 2) {
            if (keyspace.contains(request.argument(i))) {
                reply.integer(0);
                return;
            }
        }
        putPairs(request);
        reply.integer(1);
    }

    private void putPairs(Request request) {
        checkPairs(request);
        for (int i = 1; i < request.count(); i += 2) {
            keyspace.put(request.argument(i), request.argument(i + 1));
        }
    }

    /** Nothing is written if one of the pairs cannot be. */
    private void checkPairs(Request request) {
        if (request.count() % 2 == 0) {
            throw new CommandException(
                    "ERR wrong number of arguments for '" + face(request).command() + "' command");
        }
        for (int i = 1; i < request.count(); i += 2) {
            keyspace.check(request.argument(i), request.argument(i + 1));
        }
    }

    private void length(Session session, Request request, ReplyWriter reply) {
        Slice value = keyspace.get(request.argument(1));
        reply.integer(value == null ? 0 : value.length());
    }

    private void append(Session session, Request request, ReplyWriter reply) {
        Slice key = request.argument(1);
        Slice suffix = request.argument(2);
        @Nullable Slice old = keyspace.get(key);
        int oldLength = old == null ? 0 : old.length();
        if (oldLength > limits.requestBytes() - suffix.length()) {
            throw new CommandException("ERR string exceeds maximum allowed size (proto-max-bulk-len)");
        }
        ByteWriter writer = new ByteWriter(oldLength + suffix.length());
        if (old != null) {
            writer.putBytes(old);
        }
        keyspace.put(key, writer.putBytes(suffix).toSlice(), keyspace.expiresAtMillis(key));
        reply.integer((long) oldLength + suffix.length());
    }

    private static long number(Request request) {
        return Numbers.of(request.argument(2));
    }

    private void subtract(Session session, Request request, ReplyWriter reply) {
        long number = number(request);
        if (number == Long.MIN_VALUE) {
            throw new CommandException("ERR decrement would overflow");
        }
        add(request, -number, reply);
    }

    private void add(Request request, long number, ReplyWriter reply) {
        Slice key = request.argument(1);
        Slice old = keyspace.get(key);
        long sum;
        try {
            sum = Math.addExact(old == null ? 0 : Numbers.of(old), number);
        } catch (ArithmeticException e) {
            throw new CommandException("ERR increment or decrement would overflow");
        }
        keyspace.put(key, Slice.utf8(Long.toString(sum)), keyspace.expiresAtMillis(key));
        reply.integer(sum);
    }
}
