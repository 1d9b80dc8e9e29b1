package storagelab.grader.hidden.lab05;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static storagelab.grader.hidden.kit.Checks.assertEquals;
import static storagelab.grader.hidden.kit.Checks.assertFalse;
import static storagelab.grader.hidden.kit.Checks.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.api.Durability;
import storagelab.api.MaintenanceKind;
import storagelab.api.Metric;
import storagelab.api.Slice;
import storagelab.api.StorageException;
import storagelab.api.StoreFailedException;
import storagelab.api.WriteBatch;
import storagelab.disk.CrashDisk;
import storagelab.disk.CrashExplorer;
import storagelab.disk.CrashExplorerOptions;
import storagelab.disk.CrashPoint;
import storagelab.disk.CrashReport;
import storagelab.disk.DiskCall;
import storagelab.disk.Hold;
import storagelab.disk.SurvivalMode;
import storagelab.lsm.LsmOptions;
import storagelab.lsm.LsmStore;
import storagelab.testkit.Crew;
import storagelab.testkit.Eventually;
import storagelab.testkit.Seeds;
import storagelab.testkit.lsm.NoMerges;
import storagelab.testkit.lsm.WrittenFiles;

/** Exercise 5.7: the power goes, the disk fails, or a flush does not come to an end. */
@Tag("5.7")
class WriteCrashHiddenTest {
    private final LsmOptions small = NoMerges.options(2500);
    private final LsmOptions inBackground = small.withMaintenance(MaintenanceKind.BACKGROUND);

    /** Batch n writes its number and some keys; the n-th content is what is there after it. */
    private static final class Script {
        final List<WriteBatch> batches = new ArrayList<>(List.of(new WriteBatch()));
        final List<Map<String, String>> contents = new ArrayList<>(List.of(Map.of()));

        Script(int size, Random random) {
            TreeMap<String, String> content = new TreeMap<>();
            for (int number = 1; number <= size; number++) {
                WriteBatch batch = new WriteBatch();
                for (int left = random.nextInt(4); left > 0; left--) {
                    String key = "key" + random.nextInt(9);
                    if (random.nextInt(4) == 0) {
                        batch.delete(Slice.utf8(key));
                        content.remove(key);
                    } else {
                        String value = (number + ".").repeat(1 + random.nextInt(40));
                        batch.put(Slice.utf8(key), Slice.utf8(value));
                        content.put(key, value);
                    }
                }
                batch.put(Slice.utf8("last"), Slice.utf8("" + number));
                content.put("last", "" + number);
                batches.add(batch);
                contents.add(Map.copyOf(content));
            }
        }

        static Durability durability(int number) {
            return number % 5 == 0 ? Durability.SYNCED : Durability.BUFFERED;
        }

        /** Fails unless all up to {@code synced} is there, and of the others no more than {@code begun}, whole. */
        void check(Path directory, LsmStore store, int synced, int begun) {
            Map<String, String> content = WrittenFiles.content(directory, store);
            int last = Integer.parseInt(content.getOrDefault("last", "0"));
            assertTrue(last >= synced, "batch " + synced + " was synced, and the last that is there is " + last);
            assertTrue(last <= begun, "batch " + begun + " is the last that was begun, and " + last + " is there");
            assertEquals(contents.get(last), content, "what there is after batch " + last);
        }
    }

    @Test
    @DisplayName("whenever the power is cut, every SYNCED batch is there and a prefix of the others, each whole")
    void everyCrash() {
        explore(small, 24);
    }

    @Test
    @DisplayName("the same while memtables are flushed in the background")
    void everyCrashInTheBackground() {
        explore(inBackground, 12);
    }

    private void explore(LsmOptions options, int batches) {
        Seeds.check(1, random -> {
            Script script = new Script(batches, random);
            CrashReport report = CrashExplorer.explore(
                    CrashExplorerOptions.defaults().withSeed(random.nextLong()),
                    disk -> {
                        for (int number = 1; number <= batches; ) {
                            try (LsmStore store = LsmStore.open(disk.root(), options)) {
                                for (int left = batches / 2; left > 0; left--, number++) {
                                    store.write(script.batches.get(number), Script.durability(number));
                                    disk.ack(number);
                                }
                            }
                        }
                    },
                    crash -> check(script, crash));
            assertTrue(report.images() > 50, "only " + report.images() + " crashes were tried");
        });
    }

    private void check(Script script, CrashPoint crash) {
        int acknowledged = crash.acknowledged().size();
        try (LsmStore store = LsmStore.open(crash.root(), small)) {
            crash.recovered();
            script.check(crash.root(), store, acknowledged / 5 * 5, acknowledged + 1);
        }
    }

    @Test
    @DisplayName("while a flush is stuck writers go on until the next memtable is full, then wait, and nothing is lost")
    void stuckFlush() throws InterruptedException {
        Script script = new Script(200, new Random(7));
        CrashDisk disk = CrashDisk.create();
        AtomicInteger written = new AtomicInteger();
        try (LsmStore store = LsmStore.open(disk.root(), inBackground);
                Crew crew = new Crew()) {
            try (Hold hold = disk.faults().hold(DiskCall.WRITE, ".ldb")) {
                Thread writer = crew.start("writer", () -> {
                    for (int number = 1; number <= 200; number++) {
                        boolean isFirst = WrittenFiles.logs(disk.root()).size() == 1;
                        store.write(script.batches.get(number), isFirst ? Durability.BUFFERED : Durability.SYNCED);
                        written.set(number);
                    }
                });
                Eventually.holds("a flush is stuck", () -> hold.waiting() == 1);
                Eventually.holds(
                        "the next memtable is full", () -> store.stats().get(Metric.MEMTABLE_BYTES) >= 5000);
                Eventually.holds("its writer has to wait", () -> store.stats().get(Metric.STALLS) > 0);
                int before = written.get();
                assertTrue(before < 200, "all 200 batches were written though two memtables were full before");
                Eventually.waits(writer);
                assertEquals(before, written.get(), "batches that were written when both memtables were full");
                assertEquals(2, WrittenFiles.logs(disk.root()).size(), "logs, with one memtable frozen");
                Path root = disk.afterCrash(SurvivalMode.NOTHING, 0).root();
                try (LsmStore recovered = LsmStore.open(root, small)) {
                    script.check(root, recovered, before, before);
                }
            }
            crew.join();
            store.flush();
            script.check(disk.root(), store, 200, 200);
            assertEquals(1, WrittenFiles.logs(disk.root()).size(), "logs when everything was flushed");
        }
    }

    @Test
    @DisplayName("the log of a full memtable is synced before the next one takes a write")
    void oldLog() {
        CrashDisk disk = CrashDisk.create();
        Script script = new Script(100, new Random(8));
        try (LsmStore store = LsmStore.open(disk.root(), inBackground);
                Hold hold = disk.faults().hold(DiskCall.WRITE, ".ldb")) {
            int number = 0;
            while (WrittenFiles.logs(disk.root()).size() < 2) {
                number++;
                store.write(script.batches.get(number), Durability.BUFFERED);
            }
            store.write(new WriteBatch(), Durability.SYNCED);
            Path root = disk.afterCrash(SurvivalMode.NOTHING, 0).root();
            try (LsmStore recovered = LsmStore.open(root, small)) {
                script.check(root, recovered, number, number);
            }
            assertEquals(0, store.version().files().size(), "tables while the flush of the first is stuck");
            assertTrue(hold.waiting() <= 1, "more than one flush at a time");
        }
    }

    @Test
    @DisplayName(
            "after any call to the disk has failed no write is taken, and who opens the store again finds what was synced")
    void failures() {
        Script script = new Script(60, new Random(9));
        for (DiskCall call : List.of(DiskCall.WRITE, DiskCall.SYNC, DiskCall.DIRECTORY_SYNC)) {
            for (int nth = 1; nth <= (call == DiskCall.WRITE ? 24 : 10); nth++) {
                String what = call + " " + nth;
                CrashDisk disk = CrashDisk.create();
                int failed = 0;
                try (LsmStore store = LsmStore.open(disk.root(), small)) {
                    disk.faults().failOnce(call, nth);
                    while (failed == 0) {
                        failed = writeAll(store, script, what);
                    }
                }
                disk.faults().clear();
                try (LsmStore store = LsmStore.open(disk.root(), small)) {
                    script.check(disk.root(), store, (failed - 1) / 5 * 5, failed);
                }
            }
        }
    }

    /** Writes until it fails, and returns the number of the batch that did. */
    private static int writeAll(LsmStore store, Script script, String what) {
        long visible = 0;
        for (int number = 1; number <= 60; number++) {
            boolean isFull = store.stats().get(Metric.MEMTABLE_BYTES) >= 2500;
            long flushes = store.stats().get(Metric.FLUSHES);
            try {
                store.write(script.batches.get(number), Script.durability(number));
            } catch (StorageException e) {
                assertEquals(visible, store.lastSequence(), "lastSequence() after " + what + " failed");
                for (int refused = 0; refused < 2; refused++) {
                    StoreFailedException again = assertThrows(
                            StoreFailedException.class,
                            () -> store.write(script.batches.get(1), Durability.BUFFERED),
                            "a write after " + what + " failed");
                    assertFalse(
                            again.getCause() instanceof StoreFailedException,
                            "what a write is refused with after " + what
                                    + " failed has for its cause that another one was refused, and not what failed");
                }
                assertEquals(visible, store.lastSequence(), "lastSequence() after a write that was refused");
                return number;
            }
            visible += script.batches.get(number).operations().size();
            assertEquals(
                    flushes + (isFull ? 1 : 0),
                    store.stats().get(Metric.FLUSHES),
                    "flushes after batch " + number + " was taken (" + what + " fails)");
        }
        throw new AssertionError("sixty batches were written, and " + what + " has not failed any of them");
    }
}
