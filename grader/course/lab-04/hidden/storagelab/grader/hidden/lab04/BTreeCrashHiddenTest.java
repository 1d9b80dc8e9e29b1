package storagelab.grader.hidden.lab04;

import static storagelab.grader.hidden.kit.Checks.assertEquals;
import static storagelab.grader.hidden.kit.Checks.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.api.Cursor;
import storagelab.api.Durability;
import storagelab.api.KeyRange;
import storagelab.api.Slice;
import storagelab.api.Snapshot;
import storagelab.api.WriteBatch;
import storagelab.btree.BTreeOptions;
import storagelab.btree.BTreeStore;
import storagelab.disk.CrashDisk;
import storagelab.disk.CrashExplorer;
import storagelab.disk.CrashExplorerOptions;
import storagelab.disk.CrashPoint;
import storagelab.disk.CrashReport;
import storagelab.testkit.Seeds;
import storagelab.testkit.tree.DiskTree;

/** The power is cut after every operation on the disk. */
@Tag("4.14")
class BTreeCrashHiddenTest {
    private static final BTreeOptions OPTIONS = BTreeOptions.defaults()
            .withPageSizeBytes(1024)
            .withPoolBytes(64 << 10)
            .withCheckpointBytes(Long.MAX_VALUE);

    /** Checkpoint n leaves the n-th content. */
    private record Checkpointed(int number) {}

    @Test
    @DisplayName(
            "whenever the power is cut, the last checkpoint or the new one is there, whole, with every page accounted for")
    void everyCrash() throws Exception {
        Seeds.check(1, random -> {
            List<Map<String, String>> contents = new ArrayList<>(List.of(Map.of()));
            CrashReport report = CrashExplorer.explore(
                    CrashExplorerOptions.defaults().withSeed(random.nextLong()),
                    disk -> write(disk, random, contents),
                    crash -> check(crash, contents));
            assertTrue(report.images() > 300, "only " + report.images() + " crashes were tried");
        });
    }

    /** Rounds of random changes, each ended by a checkpoint; a snapshot is open half of the time. */
    private static void write(CrashDisk disk, Random random, List<Map<String, String>> contents) {
        TreeMap<String, String> content = new TreeMap<>();
        BTreeStore store = BTreeStore.open(disk.root(), OPTIONS);
        Snapshot held = store.snapshot();
        for (int round = 1; round <= 12; round++) {
            boolean growing = round % 4 != 0;
            for (int i = 0; i < 30; i++) {
                int number = random.nextInt(growing ? 200 : 60);
                if (growing || random.nextInt(8) == 0) {
                    String value = DiskTree.value("v" + round, random.nextInt(20) == 0 ? 2500 : 40)
                            .toUtf8();
                    content.put("k%03d".formatted(number), value);
                    store.put(DiskTree.key(number), Slice.utf8(value));
                } else {
                    content.remove("k%03d".formatted(number));
                    store.delete(DiskTree.key(number));
                }
            }
            contents.add(new TreeMap<>(content));
            store.write(new WriteBatch(), Durability.SYNCED);
            disk.ack(new Checkpointed(round));
            if (round % 2 == 0) {
                held.close();
                held = store.snapshot();
            }
        }
        held.close();
        store.close();
    }

    private static void check(CrashPoint crash, List<Map<String, String>> contents) {
        int promised = 0;
        for (Object marker : crash.acknowledged()) {
            promised = marker instanceof Checkpointed done ? done.number : promised;
        }
        try (BTreeStore store = BTreeStore.open(crash.root(), OPTIONS)) {
            crash.recovered();
            long checkpoint = store.lastCheckpoint().checkpoint();
            assertTrue(
                    checkpoint == promised || checkpoint == promised + 1,
                    "checkpoint " + promised + " was done, and " + checkpoint + " is found");
            assertEquals(contents.get((int) checkpoint), content(store), "the entries of checkpoint " + checkpoint);
            store.verify();
            store.write(new WriteBatch().put(DiskTree.key(0), DiskTree.value("after", 40)), Durability.SYNCED);
            store.verify();
        }
    }

    private static Map<String, String> content(BTreeStore store) {
        TreeMap<String, String> entries = new TreeMap<>();
        try (Cursor cursor = store.cursor(KeyRange.all())) {
            for (cursor.seekToFirst(); cursor.isValid(); cursor.next()) {
                entries.put(cursor.key().toUtf8(), cursor.value().toUtf8());
            }
        }
        return entries;
    }
}
