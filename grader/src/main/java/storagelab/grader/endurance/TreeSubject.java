package storagelab.grader.endurance;

import java.nio.file.Path;
import storagelab.btree.BTreeOptions;
import storagelab.btree.BTreeStore;
import storagelab.testkit.CrashTrial;

/** A B+tree with small pages, a pool that is too small by far, and many checkpoints. */
record TreeSubject() implements CrashTrial.Subject<BTreeStore> {
    private static final BTreeOptions OPTIONS = BTreeOptions.defaults()
            .withPageSizeBytes(1024)
            .withPoolBytes(128 << 10)
            .withCheckpointBytes(300_000);

    @Override
    public BTreeStore open(Path directory) {
        return BTreeStore.open(directory, OPTIONS);
    }

    @Override
    public void verify(BTreeStore store, Path directory) {
        store.verify();
    }
}
