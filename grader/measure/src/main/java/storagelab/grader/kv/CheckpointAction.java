package storagelab.grader.kv;

import picocli.CommandLine.Command;

/** {@code checkpoint}: makes the store durable without its log. */
@Command(
        name = "checkpoint",
        customSynopsis = "checkpoint",
        description = {
            "Make everything durable in the tree or the tables, so that the log is not needed and is cut.",
            "On a store of the kind leveldb the log is synced; on one of the kind logs the memory is written out as a table.",
            ""
        })
final class CheckpointAction extends KvAction {
    CheckpointAction(KvSession session) {
        super(session);
    }

    @Override
    int run() {
        expect(0);
        session.toWrite().checkpoint();
        return 0;
    }
}
