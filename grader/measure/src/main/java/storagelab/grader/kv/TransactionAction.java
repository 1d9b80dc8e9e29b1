package storagelab.grader.kv;

import picocli.CommandLine.Command;
import storagelab.grader.LabException;

/** A transaction of an interactive session: its beginning and its ends. */
abstract class TransactionAction extends KvAction {
    TransactionAction(KvSession session) {
        super(session);
    }

    @Override
    final int run() {
        expect(0);
        if (!session.isInteractive()) {
            throw LabException.usage(
                    "A transaction ends with the session, and this command would be all of it.",
                    "Call " + session.call("").strip() + " without a command for a session, or send it commands.");
        }
        change();
        return 0;
    }

    abstract void change();

    /** {@code begin}. */
    @Command(
            name = "begin",
            customSynopsis = "begin",
            description = {"Begin a serializable transaction: what follows takes effect at commit, together.", ""})
    static final class Begin extends TransactionAction {
        Begin(KvSession session) {
            super(session);
        }

        @Override
        void change() {
            session.begin();
        }
    }

    /** {@code commit}. */
    @Command(
            name = "commit",
            customSynopsis = "commit",
            description = {"Make the writes of the transaction visible and durable, all or none.", ""})
    static final class Commit extends TransactionAction {
        Commit(KvSession session) {
            super(session);
        }

        @Override
        void change() {
            session.end(true);
        }
    }

    /** {@code rollback}. */
    @Command(
            name = "rollback",
            customSynopsis = "rollback",
            description = {"Give the writes of the transaction up.", ""})
    static final class Rollback extends TransactionAction {
        Rollback(KvSession session) {
            super(session);
        }

        @Override
        void change() {
            session.end(false);
        }
    }
}
