package storagelab.grader.kv;

import picocli.CommandLine.Command;
import storagelab.grader.LabException;

/** A transaction of an interactive session: its beginning and its ends. */
abstract class TransactionAction extends KvAction {
    private final Runnable change;

    /** An action that makes {@code change} to the transaction of {@code session}. */
    TransactionAction(KvSession session, Runnable change) {
        super(session);
        this.change = change;
    }

    @Override
    final int run() {
        expect(0);
        if (!session.isInteractive()) {
            throw LabException.usage(
                    "A transaction ends with the session, and this command would be all of it.",
                    "Call " + session.call("").strip() + " without a command for a session, or send it commands.");
        }
        change.run();
        return 0;
    }

    /** {@code begin}. */
    @Command(
            name = "begin",
            customSynopsis = "begin",
            description = {"Begin a serializable transaction: what follows takes effect at commit, together.", ""})
    static final class Begin extends TransactionAction {
        Begin(KvSession session) {
            super(session, session::begin);
        }
    }

    /** {@code commit}. */
    @Command(
            name = "commit",
            customSynopsis = "commit",
            description = {"Make the writes of the transaction visible and durable, all or none.", ""})
    static final class Commit extends TransactionAction {
        Commit(KvSession session) {
            super(session, () -> session.end(true));
        }
    }

    /** {@code rollback}. */
    @Command(
            name = "rollback",
            customSynopsis = "rollback",
            description = {"Give the writes of the transaction up.", ""})
    static final class Rollback extends TransactionAction {
        Rollback(KvSession session) {
            super(session, () -> session.end(false));
        }
    }
}
