package storagelab.btree;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.testkit.CrashTrial;
import storagelab.testkit.SnapshotSubject;

@Tag("4.14")
class BTreeStoreCrashTest {
    private static final BTreeOptions SMALL =
            BTreeOptions.defaults().withPageSizeBytes(1024).withPoolBytes(64 << 10);

    @Test
    @DisplayName(
            "whenever the power is cut, the last checkpoint or the new one is there, whole, and every page is accounted for")
    void everyCrash() {
        CrashTrial.check(subject(SMALL));
    }

    @Test
    @DisplayName("the same with checkpoints that nobody asked for")
    void everyCrashWithCheckpoints() {
        CrashTrial.check(subject(SMALL.withCheckpointBytes(2000)));
    }

    private static SnapshotSubject<BTreeStore> subject(BTreeOptions options) {
        return new SnapshotSubject<>(directory -> BTreeStore.open(directory, options), BTreeStore::verify);
    }
}
