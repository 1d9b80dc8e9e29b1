package storagelab.grader.serve;

import java.util.Collection;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import storagelab.api.Slice;
import storagelab.grader.serve.Command.Trait;

/** Commands on the connection: its protocol, its password, its name. */
final class ConnectionCommands {
    private static final int WRONG_PASSWORDS_MAX = 10;
    private static final int TEXT_BYTES_MAX = 1024;
    private static final Slice USER = Slice.utf8("default");

    private final Keyspace keyspace;
    private final @Nullable Password password;
    private final TransactionCommands transactions;
    private final Supplier<Collection<Session>> sessions;

    /** {@code sessions} has those of all clients. */
    ConnectionCommands(
            Keyspace keyspace,
            @Nullable Password password,
            TransactionCommands transactions,
            Supplier<Collection<Session>> sessions) {
        this.keyspace = keyspace;
        this.password = password;
        this.transactions = transactions;
        this.sessions = sessions;
    }

    void addTo(CommandTable table) {
        table.group("connection")
                .add(Command.plain("ping", -1), "Answers.", this::ping)
                .add(Command.plain("echo", 2), "Returns its argument.", (s, q, r) -> r.bulk(q.argument(1)))
                .add(Command.plain("hello", -1, Trait.NO_AUTH, Trait.NO_MULTI), "Chooses the protocol.", this::hello)
                .add(Command.plain("auth", -2, Trait.NO_AUTH, Trait.NO_MULTI), "Gives the password.", this::auth)
                .add(Command.plain("select", 2), "Chooses database 0, the only one.", this::select)
                .add(Command.plain("client", -2), "About the connections of clients.", this::client)
                .add(
                        Command.plain("reset", 1, Trait.NO_AUTH, Trait.NO_MULTI),
                        "Makes the connection a new one.",
                        this::reset)
                .add(Command.plain("quit", -1, Trait.NO_AUTH, Trait.NO_MULTI), "Closes the connection.", this::quit);
    }

    private void ping(Session session, Request request, ReplyWriter reply) {
        if (request.count() > 2) {
            throw new CommandException("ERR wrong number of arguments for 'ping' command");
        }
        if (request.count() == 2) {
            reply.bulk(request.argument(1));
        } else {
            reply.simple("PONG");
        }
    }

    private void hello(Session session, Request request, ReplyWriter reply) {
        boolean isResp3 = session.isResp3();
        int next = 1;
        if (request.count() > 1) {
            Long version = Numbers.parse(request.argument(1));
            if (version == null) {
                throw new CommandException("ERR Protocol version is not an integer or out of range");
            }
            if (version < 2 || version > 3) {
                throw new CommandException("NOPROTO unsupported protocol version");
            }
            isResp3 = version == 3;
            next = 2;
        }
        String name = null;
        while (next < request.count()) {
            String option = request.word(next);
            if (option.equals("AUTH") && next + 2 < request.count()) {
                check(session, request.argument(next + 1), request.argument(next + 2));
                next += 3;
            } else if (option.equals("SETNAME") && next + 1 < request.count()) {
                name = checkedText(request.argument(next + 1), "Client names");
                next += 2;
            } else {
                throw new CommandException("ERR Syntax error in HELLO option '" + option + "'");
            }
        }
        if (!session.isAuthenticated()) {
            throw new CommandException(
                    "NOAUTH HELLO must be called with the client already authenticated, otherwise the"
                            + " HELLO <proto> AUTH <user> <pass> option can be used to authenticate the client and select the RESP"
                            + " protocol version at the same time");
        }
        if (name != null) {
            session.setName(name);
        }
        session.setResp3(isResp3);
        reply.setResp3(isResp3);
        welcome(session, reply);
    }

    private static void welcome(Session session, ReplyWriter reply) {
        reply.map(7);
        reply.bulk("server");
        reply.bulk("storagelab");
        reply.bulk("version");
        reply.bulk(ServerCommands.REDIS_VERSION);
        reply.bulk("proto");
        reply.integer(session.isResp3() ? 3 : 2);
        reply.bulk("id");
        reply.integer(session.id());
        reply.bulk("mode");
        reply.bulk("standalone");
        reply.bulk("role");
        reply.bulk("master");
        reply.bulk("modules");
        reply.array(0);
    }

    private void auth(Session session, Request request, ReplyWriter reply) {
        if (request.count() > 3) {
            throw CommandException.syntax();
        }
        if (password == null && request.count() == 2) {
            throw new CommandException(
                    "ERR AUTH <password> called without any password configured for the default user."
                            + " Are you sure your configuration is correct?");
        }
        check(session, request.count() == 3 ? request.argument(1) : USER, request.argument(request.count() - 1));
        reply.ok();
    }

    /** Without a password, the user "default" has any. */
    private void check(Session session, Slice user, Slice given) {
        if (user.equals(USER) && (password == null || password.matches(given))) {
            session.setAuthenticated(true);
            return;
        }
        if (session.countWrongPassword() >= WRONG_PASSWORDS_MAX) {
            session.end();
        }
        throw new CommandException("WRONGPASS invalid username-password pair or user is disabled.");
    }

    private void select(Session session, Request request, ReplyWriter reply) {
        if (Numbers.of(request.argument(1)) != 0) {
            throw new CommandException("ERR DB index is out of range");
        }
        reply.ok();
    }

    private void reset(Session session, Request request, ReplyWriter reply) {
        transactions.end(session);
        session.setResp3(false);
        session.setName("");
        session.setAuthenticated(password == null);
        reply.simple("RESET");
    }

    private void quit(Session session, Request request, ReplyWriter reply) {
        session.end();
        reply.ok();
    }

    private void client(Session session, Request request, ReplyWriter reply) {
        String part = request.word(1);
        switch (part + "/" + (request.count() - 2)) {
            case "ID/0" -> reply.integer(session.id());
            case "GETNAME/0" -> {
                if (session.name().isEmpty()) {
                    reply.nothing();
                } else {
                    reply.bulk(session.name());
                }
            }
            case "SETNAME/1" -> {
                session.setName(checkedText(request.argument(2), "Client names"));
                reply.ok();
            }
            case "SETINFO/2" -> {
                setInfo(session, request);
                reply.ok();
            }
            case "NO-EVICT/1", "NO-TOUCH/1" -> {
                if (!request.word(2).matches("ON|OFF")) {
                    throw CommandException.syntax();
                }
                reply.ok();
            }
            case "INFO/0" -> reply.text(session.describe(keyspace.nowMillis()) + "\n");
            case "LIST/0" ->
                reply.text(sessions.get().stream()
                        .map(one -> one.describe(keyspace.nowMillis()) + "\n")
                        .collect(Collectors.joining()));
            default ->
                throw new CommandException("ERR unknown subcommand or wrong number of arguments for '"
                        + request.argument(1).toUtf8()
                        + "'. There are: ID, GETNAME, SETNAME, SETINFO, NO-EVICT, NO-TOUCH,"
                        + " INFO, LIST.");
        }
    }

    private static void setInfo(Session session, Request request) {
        String value = checkedText(request.argument(3), request.argument(2).toUtf8());
        switch (request.word(2)) {
            case "LIB-NAME" -> session.setLibrary(value);
            case "LIB-VER" -> session.setLibraryVersion(value);
            default ->
                throw new CommandException(
                        "ERR Unrecognized option '" + request.argument(2).toUtf8() + "'");
        }
    }

    private static String checkedText(Slice text, String what) {
        for (int i = 0; i < text.length(); i++) {
            if (text.byteAt(i) < '!' || text.byteAt(i) > '~') {
                throw new CommandException("ERR " + what + " cannot contain spaces, newlines or special characters.");
            }
        }
        if (text.length() > TEXT_BYTES_MAX) {
            throw new CommandException("ERR " + what + " cannot be longer than " + TEXT_BYTES_MAX + " bytes.");
        }
        return text.toUtf8();
    }
}
