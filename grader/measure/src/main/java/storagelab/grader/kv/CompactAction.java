package storagelab.grader.kv;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import storagelab.grader.LabException;

/** {@code compact}: merges the tables. */
@Command(
        name = "compact",
        customSynopsis = "compact",
        description = {"Merge all tables into one sorted run, without what was deleted or overwritten.", ""})
final class CompactAction extends KvAction {
    @Option(
            names = "--leveldb",
            description =
                    "On a store of the kind leveldb: merge by levels from now on, whatever picker the store had, so that"
                            + " LevelDB reads it.")
    private boolean isForLevelDb;

    CompactAction(KvSession session) {
        super(session);
    }

    @Override
    int run() {
        expect(0);
        OpenStore store = session.toWrite();
        if (isForLevelDb && store.kind() != StoreKind.LEVELDB) {
            throw LabException.usage(
                    "--leveldb is for stores of the kind leveldb, and this is "
                            + store.kind().description() + ".",
                    "Leave it out.");
        }
        store.compact(isForLevelDb).forEach(this::say);
        return 0;
    }
}
