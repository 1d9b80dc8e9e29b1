package storagelab.btree;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.api.Cursor;
import storagelab.api.KeyRange;
import storagelab.api.Slice;
import storagelab.api.Snapshot;
import storagelab.testkit.CrashTrial;

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
            Snapshot snapshot = store.snapshot();
            return Optional.of(new HeldSnapshot(snapshot, snapshot.cursor(KeyRange.all())));
        }
    }

    /** A snapshot and a cursor of it. */
    private record HeldSnapshot(Snapshot snapshot, Cursor cursor) implements CrashTrial.Moment {
        @Override
        public void assertShows(Map<Slice, Slice> content) {
            Map<Slice, Slice> seen = new TreeMap<>();
            for (cursor.seekToFirst(); cursor.isValid(); cursor.next()) {
                seen.put(cursor.key(), cursor.value());
                assertEquals(
                        Optional.of(cursor.value()),
                        snapshot.get(cursor.key()),
                        "get(" + cursor.key() + ") from a snapshot whose cursor has it");
            }
            assertEquals(new TreeMap<>(content), seen, "what a cursor of an earlier snapshot shows");
        }

        @Override
        public void close() {
            snapshot.close();
            cursor.close();
        }
    }
}
