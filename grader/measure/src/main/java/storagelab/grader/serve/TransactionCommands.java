package storagelab.grader.serve;

import java.util.Map;
import java.util.Set;
import storagelab.api.Slice;
import storagelab.grader.serve.Command.Face;
import storagelab.grader.serve.Command.Keys;
import storagelab.grader.serve.Command.Trait;

/**
 * MULTI, EXEC and WATCH. Since one thread executes all commands, those of an EXEC are isolated; since they are in one batch, they are
 * in the store all together or not at all. A command of an EXEC that fails does not take back the others, as with Redis.
 */
final class TransactionCommands {
    private final Keyspace keyspace;
    private final ServeLimits limits;
    private final CommandLoop loop;

    TransactionCommands(Keyspace keyspace, ServeLimits limits, CommandLoop loop) {
        this.keyspace = keyspace;
        this.limits = limits;
        this.loop = loop;
    }

    void addTo(CommandTable table) {
        table.group("transactions")
                .add(Command.plain("multi", 1, Trait.NO_MULTI), "Begins a transaction.", this::multi)
                .add(Command.plain("exec", 1, Trait.NO_MULTI), "Executes a transaction.", this::exec)
                .add(Command.plain("discard", 1, Trait.NO_MULTI), "Gives a transaction up.", this::discard)
                .add(
                        new Face("watch", -2, Keys.ALL, Set.of(Trait.NO_MULTI)),
                        "Lets EXEC do nothing if a key changes.",
                        this::watch)
                .add(Command.plain("unwatch", 1), "Forgets the watched keys.", this::unwatch);
    }

    private void multi(Session session, Request request, ReplyWriter reply) {
        if (session.queued() != null) {
            throw new CommandException("ERR MULTI calls can not be nested");
        }
        session.setQueued(new Session.QueuedCommands());
        reply.ok();
    }

    private void discard(Session session, Request request, ReplyWriter reply) {
        if (session.queued() == null) {
            throw new CommandException("ERR DISCARD without MULTI");
        }
        end(session);
        reply.ok();
    }

    /** Ends the transaction of a client, and its watches. */
    void end(Session session) {
        session.setQueued(null);
        keyspace.watches().forget(session);
        session.unwatch();
    }

    private void watch(Session session, Request request, ReplyWriter reply) {
        if (session.queued() != null) {
            throw new CommandException("ERR WATCH inside MULTI is not allowed");
        }
        for (int i = 1; i < request.count(); i++) {
            Slice key = request.argument(i);
            if (session.watched().size() >= limits.arguments() || session.memoryBytes() > limits.requestBytes()) {
                throw new CommandException("ERR a client watches at most " + limits.arguments() + " keys and "
                        + limits.requestBytes() + " bytes");
            }
            session.watch(key, keyspace.expiresAtMillis(key));
            keyspace.watches().watch(session, key);
        }
        reply.ok();
    }

    private void unwatch(Session session, Request request, ReplyWriter reply) {
        if (!session.isExecuting()) {
            keyspace.watches().forget(session);
            session.unwatch();
        }
        reply.ok();
    }

    private void exec(Session session, Request request, ReplyWriter reply) {
        Session.QueuedCommands queued = session.queued();
        if (queued == null) {
            throw new CommandException("ERR EXEC without MULTI");
        }
        boolean hasChanged = session.isWatchBroken() || hasExpired(session);
        end(session);
        if (queued.isBroken()) {
            throw new CommandException("EXECABORT Transaction discarded because of previous errors.");
        }
        if (hasChanged) {
            reply.noArray();
            return;
        }
        if (loop.hasFailed() && queued.requests().stream().anyMatch(this::writes)) {
            throw new CommandException(CommandLoop.FAILED);
        }
        session.setExecuting(true);
        try {
            reply.array(queued.requests().size());
            for (Request one : queued.requests()) {
                loop.run(loop.known(one), session, one, reply);
            }
        } finally {
            session.setExecuting(false);
        }
    }

    private boolean writes(Request request) {
        return loop.known(request).face().has(Trait.WRITE);
    }

    private boolean hasExpired(Session session) {
        long now = keyspace.nowMillis();
        for (Map.Entry<Slice, Long> watched : session.watched().entrySet()) {
            if (watched.getValue() <= now) {
                return true;
            }
        }
        return false;
    }
}
