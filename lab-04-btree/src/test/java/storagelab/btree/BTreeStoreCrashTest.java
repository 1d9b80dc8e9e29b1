package storagelab.btree;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.testkit.CrashTrial;
import storagelab.testkit.HeldSnapshot;

@Tag("4.13")
class BTreeStoreCrashTest {
    private static final BTreeOptions SMALL =
            BTreeOptions.defaults().withPageSizeBytes(1024).withPoolBytes(64 << 10);

    @Test
    @DisplayName(
            "whenever the power is cut, the last checkpoint or the new one is there, whole, and every page is accounted for")
    void everyCrash() {
        CrashTrial.check(new Subject(SMALL));
    }

    @Test
    @DisplayName("the same with checkpoints that nobody asked for")
    void everyCrashWithCheckpoints() {
        CrashTrial.check(new Subject(SMALL.withCheckpointBytes(2000)));
    }

    private record Subject(BTreeOptions options) implements CrashTrial.Subject<BTreeStore> {
        @Override
        public BTreeStore open(Path directory) {
            return BTreeStore.open(directory, options);
        }

        @Override
        public void verify(BTreeStore store, Path directory) {
            store.verify();
        }

        @Override
        public Optional<CrashTrial.Moment> hold(BTreeStore store) {
            return Optional.of(new HeldSnapshot(store.snapshot()));
        }
    }
}
