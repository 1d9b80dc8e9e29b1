package storagelab.grader.serve;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import storagelab.api.Slice;
import storagelab.api.StorageException;

/**
 * Executes the requests of all clients, one after the other, as Redis does: so each command is atomic, and so are the commands of an
 * EXEC.
 *
 * <p>Concurrency: one thread at a time.
 */
final class CommandLoop {
    /** The error of a command whose writes the store has not taken. */
    static final String FAILED =
            "MISCONF The store has failed to write: nothing is written until the server is started again. Look at its disk.";

    private static final int SHOWN_BYTES = 128;

    private final Keyspace keyspace;
    private final ServeLimits limits;
    private final CommandTable table = new CommandTable();
    private final Consumer<Throwable> problems;
    private boolean hasFailed;
    private long executed;

    /** Executes on {@code keyspace}; {@code problems} is told what is a mistake of this program. */
    CommandLoop(Keyspace keyspace, ServeLimits limits, Consumer<Throwable> problems) {
        this.keyspace = keyspace;
        this.limits = limits;
        this.problems = problems;
    }

    /** The commands; they are added before the first request. */
    CommandTable table() {
        return table;
    }

    /** The store takes no more writes. */
    void fail() {
        hasFailed = true;
    }

    boolean hasFailed() {
        return hasFailed;
    }

    /** How many requests were executed. */
    long executed() {
        return executed;
    }

    /** Executes a request, or queues it after MULTI, and writes its reply; unless the session has a slow read afterwards. */
    void execute(Session session, Request request, ReplyWriter reply) {
        executed++;
        keyspace.beginCommand();
        Command command = table.find(request.argument(0));
        Session.QueuedCommands queued = session.queued();
        String refusal = refusal(session, request, command);
        if (refusal != null || command == null) {
            if (queued != null) {
                queued.breakOff();
            }
            reply.error(String.valueOf(refusal));
        } else if (queued != null && !command.face().has(Command.Trait.NO_MULTI)) {
            queue(queued, request, reply);
        } else {
            run(command, session, request, reply);
        }
    }

    private @Nullable String refusal(Session session, Request request, @Nullable Command command) {
        if (command == null) {
            return session.isAuthenticated() ? unknown(request) : "NOAUTH Authentication required.";
        }
        if (!command.face().accepts(request.count())) {
            return "ERR wrong number of arguments for '" + command.face().name() + "' command";
        }
        if (!session.isAuthenticated() && !command.face().has(Command.Trait.NO_AUTH)) {
            return "NOAUTH Authentication required.";
        }
        return hasFailed && command.face().has(Command.Trait.WRITE) ? FAILED : null;
    }

    private static String unknown(Request request) {
        StringBuilder arguments = new StringBuilder();
        for (int i = 1; i < request.count() && arguments.length() < SHOWN_BYTES; i++) {
            arguments
                    .append('\'')
                    .append(shown(request.argument(i), SHOWN_BYTES - arguments.length()))
                    .append("' ");
        }
        return "ERR unknown command '" + shown(request.argument(0), SHOWN_BYTES) + "', with args beginning with: "
                + arguments;
    }

    private static String shown(Slice argument, int bytesMax) {
        return argument.subSlice(0, Math.min(argument.length(), bytesMax)).toUtf8();
    }

    private void queue(Session.QueuedCommands queued, Request request, ReplyWriter reply) {
        if (queued.isBroken()) {
            reply.queued(); // EXEC will refuse: there is nothing to remember
            return;
        }
        if (queued.requests().size() >= limits.arguments()
                || queued.bytes() + request.memoryBytes() > limits.requestBytes()) {
            queued.breakOff();
            reply.error("ERR a transaction has at most " + limits.arguments() + " commands and " + limits.requestBytes()
                    + " bytes");
            return;
        }
        queued.add(request);
        reply.queued();
    }

    /** Runs a command, and writes an error in place of its reply if it fails. */
    void run(Command command, Session session, Request request, ReplyWriter reply) {
        int position = reply.position();
        try {
            command.action().execute(session, request, reply);
        } catch (CommandException e) {
            reply.rollbackTo(position);
            reply.error(e.error());
        } catch (IllegalArgumentException e) {
            reply.rollbackTo(position);
            reply.error("ERR " + e.getMessage());
        } catch (StorageException e) {
            problems.accept(e);
            reply.rollbackTo(position);
            reply.error("ERR " + e.getMessage());
        } catch (RuntimeException e) {
            problems.accept(e);
            reply.rollbackTo(position);
            reply.error("ERR internal error: " + e.getClass().getSimpleName());
        }
    }

    /** The command that a queued request names. */
    Command known(Request request) {
        Command command = table.find(request.argument(0));
        if (command == null) {
            throw new IllegalStateException("a command was queued that is not known: " + request.argument(0));
        }
        return command;
    }
}
