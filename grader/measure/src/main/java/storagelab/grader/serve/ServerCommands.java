package storagelab.grader.serve;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import storagelab.api.Slice;
import storagelab.grader.serve.Command.Face;
import storagelab.grader.serve.Command.Trait;

/** Commands that tell about the server. */
final class ServerCommands {
    /** The version of Redis whose commands these are; clients look at it. */
    static final String REDIS_VERSION = "7.0.0";

    private static final int SUMMARY_PARTS = 2;

    private final ServeOptions options;
    private final CommandTable table;
    private final Counters numbers;

    /**
     * What the server counts.
     *
     * @param clients connections now
     * @param accepted connections so far
     * @param commands executed so far
     * @param waitingBytes of requests and replies now
     */
    record Counters(LongSupplier clients, LongSupplier accepted, LongSupplier commands, LongSupplier waitingBytes) {}

    ServerCommands(ServeOptions options, CommandTable table, Counters numbers) {
        this.options = options;
        this.table = table;
        this.numbers = numbers;
    }

    /** Adds the commands; {@code metrics} are those of the store, by their names. */
    void addTo(CommandTable target, Supplier<Map<String, Long>> metrics) {
        target.group("server")
                .add(Command.plain("info", -1), "About the server.", (s, q, r) -> info(q, r, metrics.get()))
                .add(Command.plain("command", -1), "The commands of the server.", this::command)
                .add(Command.plain("config", -2), "The options of the server.", this::config);
    }

    private void info(Request request, ReplyWriter reply, Map<String, Long> metrics) {
        Map<String, Map<String, Object>> sections = new LinkedHashMap<>();
        sections.put(
                "Server",
                Map.of("redis_version", REDIS_VERSION, "redis_mode", "standalone", "server_name", "storagelab"));
        sections.put(
                "Clients",
                Map.of(
                        "connected_clients",
                        numbers.clients.getAsLong(),
                        "maxclients",
                        options.limits().connections()));
        sections.put("Memory", Map.of("waiting_bytes", numbers.waitingBytes.getAsLong()));
        sections.put("Persistence", Map.of("appendfsync", options.durability().redisName(), "loading", 0));
        sections.put(
                "Stats",
                Map.of(
                        "total_connections_received",
                        numbers.accepted.getAsLong(),
                        "total_commands_processed",
                        numbers.commands.getAsLong()));
        sections.put("Replication", Map.of("role", "master", "connected_slaves", 0));
        sections.put("Store", new TreeMap<>(metrics));
        StringBuilder text = new StringBuilder();
        sections.forEach((name, values) -> {
            if (isAsked(request, name)) {
                text.append(text.isEmpty() ? "" : "\r\n")
                        .append("# ")
                        .append(name)
                        .append("\r\n");
                new TreeMap<>(values)
                        .forEach((key, value) ->
                                text.append(key).append(':').append(value).append("\r\n"));
            }
        });
        reply.text(text.toString());
    }

    private static boolean isAsked(Request request, String section) {
        if (request.count() == 1) {
            return true;
        }
        for (int i = 1; i < request.count(); i++) {
            String asked = request.word(i);
            if (asked.equalsIgnoreCase(section)
                    || List.of("ALL", "DEFAULT", "EVERYTHING").contains(asked)) {
                return true;
            }
        }
        return false;
    }

    private void config(Session session, Request request, ReplyWriter reply) {
        String part = request.word(1);
        if (part.equals("RESETSTAT") && request.count() == 2) {
            reply.ok();
            return;
        }
        if (!part.equals("GET") || request.count() < 3) {
            throw new CommandException("ERR CONFIG can only GET here: the options are those of the command line");
        }
        Map<String, String> found = new TreeMap<>();
        for (int i = 2; i < request.count(); i++) {
            Glob glob = new Glob(Slice.utf8(request.argument(i).toUtf8().toLowerCase(Locale.ROOT)));
            settings().forEach((name, value) -> {
                if (glob.matches(Slice.utf8(name))) {
                    found.put(name, value);
                }
            });
        }
        reply.map(found.size());
        found.forEach((name, value) -> {
            reply.bulk(name);
            reply.bulk(value);
        });
    }

    private Map<String, String> settings() {
        ServeLimits limits = options.limits();
        return Map.of(
                "save", "",
                "appendonly", "yes",
                "appendfsync", options.durability().redisName(),
                "databases", "1",
                "maxclients", String.valueOf(limits.connections()),
                "maxmemory", "0",
                "maxmemory-clients", String.valueOf(limits.totalBytes()),
                "proto-max-bulk-len", String.valueOf(limits.requestBytes()),
                "timeout", String.valueOf(limits.idle().toSeconds()));
    }

    private void command(Session session, Request request, ReplyWriter reply) {
        if (request.count() == 1) {
            describe(table.all(), reply);
            return;
        }
        switch (request.word(1)) {
            case "COUNT" -> reply.integer(table.all().size());
            case "LIST" -> {
                reply.array(table.all().size());
                table.all().forEach(one -> reply.bulk(one.face().name()));
            }
            case "INFO" -> {
                if (request.count() == 2) {
                    describe(table.all(), reply);
                } else {
                    describe(named(request), reply);
                }
            }
            case "DOCS" -> document(request.count() == 2 ? table.all() : named(request), reply);
            default ->
                throw new CommandException("ERR unknown subcommand '"
                        + request.argument(1).toUtf8() + "'. There are: COUNT, DOCS, INFO, LIST.");
        }
    }

    /** The commands that a request names after its second argument; null for each that is not known. */
    private Collection<@Nullable Command> named(Request request) {
        Collection<@Nullable Command> commands = new ArrayList<>();
        for (int i = 2; i < request.count(); i++) {
            commands.add(table.find(request.argument(i)));
        }
        return commands;
    }

    private static void describe(Collection<? extends @Nullable Command> commands, ReplyWriter reply) {
        reply.array(commands.size());
        for (Command command : commands) {
            if (command == null) {
                reply.noArray();
            } else {
                describe(command.face(), command.group(), reply);
            }
        }
    }

    /** The ten parts that Redis 7 has. */
    private static void describe(Face face, String group, ReplyWriter reply) {
        List<String> flags = new ArrayList<>();
        for (Trait trait : Trait.values()) {
            if (face.has(trait)) {
                flags.add(trait.name().toLowerCase(Locale.ROOT));
            }
        }
        reply.array(10);
        reply.bulk(face.name());
        reply.integer(face.arity());
        reply.set(flags.size());
        flags.forEach(reply::simple);
        reply.integer(face.keys().first());
        reply.integer(face.keys().last());
        reply.integer(face.keys().step());
        reply.set(1);
        reply.simple("@" + group);
        reply.array(0); // tips
        reply.array(0); // specifications of keys
        reply.array(0); // subcommands
    }

    private static void document(Collection<? extends @Nullable Command> commands, ReplyWriter reply) {
        List<Command> known = new ArrayList<>();
        for (Command command : commands) {
            if (command != null) {
                known.add(command);
            }
        }
        reply.map(known.size());
        for (Command command : known) {
            reply.bulk(command.face().name());
            reply.map(SUMMARY_PARTS);
            reply.bulk("summary");
            reply.bulk(command.summary());
            reply.bulk("group");
            reply.bulk(command.group());
        }
    }
}
