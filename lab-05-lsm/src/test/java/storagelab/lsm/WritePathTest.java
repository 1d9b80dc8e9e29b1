package storagelab.lsm;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.api.Durability;
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
import storagelab.testkit.Seeds;
import storagelab.testkit.lsm.NoMerges;
import storagelab.testkit.lsm.WrittenFiles;

@Tag("5.7")
class WritePathTest {
    private final CrashDisk disk = CrashDisk.create();
    private final Path home = disk.root();

    private static WriteBatch put(String key, String value) {
        return new WriteBatch().put(Slice.utf8(key), Slice.utf8(value));
    }

    @Test
    @DisplayName("a write is a record of the log with sequences of its own; one of nothing is no record")
    void log() {
        try (LsmStore store = LsmStore.open(home, NoMerges.options(1 << 20))) {
            long log = WrittenFiles.logs(home).get(0);
            store.write(put("a", "1").delete(Slice.utf8("b")), Durability.BUFFERED);
            store.write(new WriteBatch(), Durability.SYNCED);
            store.write(put("a", "2"), Durability.SYNCED);
            assertThat("lastSequence()", store.lastSequence(), is(3L));
            assertThat(
                    "the records",
                    WrittenFiles.records(home, log),
                    is(List.of(List.of("a@1=1", "b@2†"), List.of("a@3=2"))));
        }
    }

    @Test
    @DisplayName("SYNCED costs one sync, also if there is nothing to write; BUFFERED costs none")
    void syncs() {
        try (LsmStore store = LsmStore.open(home, NoMerges.options(1 << 20))) {
            long before = disk.counters().syncs();
            store.write(put("a", "1"), Durability.BUFFERED);
            assertThat("syncs of a BUFFERED write", disk.counters().syncs() - before, is(0L));
            store.write(put("b", "1"), Durability.SYNCED);
            assertThat("syncs with a SYNCED one", disk.counters().syncs() - before, is(1L));
            store.write(put("c", "1"), Durability.BUFFERED);
            store.write(new WriteBatch(), Durability.SYNCED);
            assertThat("syncs with an empty SYNCED one", disk.counters().syncs() - before, is(2L));
        }
    }

    @Test
    @DisplayName("a full memtable becomes a table when the next write comes, which goes into a log of its own")
    void rotation() {
        try (LsmStore store = LsmStore.open(home, NoMerges.options(2000))) {
            long first = WrittenFiles.logs(home).get(0);
            List<String> written = new ArrayList<>();
            while (store.stats().get(Metric.MEMTABLE_BYTES) < 2000) {
                WriteBatch batch = put("key%02d".formatted(written.size()), "value");
                written.addAll(WrittenFiles.entries(written.size() + 1, batch));
                store.write(batch, Durability.BUFFERED);
            }
            assertThat("flushes before the next write", store.stats().get(Metric.FLUSHES), is(0L));
            store.write(put("next", "1"), Durability.BUFFERED);
            assertThat("flushes after it", store.stats().get(Metric.FLUSHES), is(1L));
            assertThat("tables on level 0", store.version().files(0).size(), is(1));
            assertThat(
                    "its entries",
                    WrittenFiles.entries(home, store.version().files(0).get(0)),
                    is(written));
            List<Long> logs = WrittenFiles.logs(home);
            assertThat("logs", logs.size(), is(1));
            assertThat("number of the log", logs.get(0), is(greaterThan(first)));
            assertThat(
                    "its records",
                    WrittenFiles.records(home, logs.get(0)),
                    is(List.of(List.of("next@" + (written.size() + 1) + "=1"))));
        }
    }

    @Test
    @DisplayName("once a write to the log has failed no more are taken, and nothing of it is visible")
    void failure() {
        try (LsmStore store = LsmStore.open(home, NoMerges.options(1 << 20))) {
            store.write(put("a", "1"), Durability.SYNCED);
            disk.faults().failOnce(DiskCall.WRITE, 1);
            assertThrows(StorageException.class, () -> store.write(put("b", "1"), Durability.BUFFERED), "b");
            assertThrows(StoreFailedException.class, () -> store.write(put("c", "1"), Durability.BUFFERED), "c");
            assertThat("lastSequence()", store.lastSequence(), is(1L));
        }
    }

    @Test
    @DisplayName("whenever the power is cut, every SYNCED batch is there and a prefix of the others, each whole")
    void everyCrash() {
        List<Map<String, String>> contents = new ArrayList<>(List.of(Map.of()));
        Seeds.check(1, random -> {
            CrashReport report = CrashExplorer.explore(
                    CrashExplorerOptions.defaults().withSeed(random.nextLong()),
                    crashing -> write(crashing, contents),
                    crash -> check(crash, contents));
            assertThat("crashes tried", report.images(), is(greaterThan(200L)));
        });
    }

    /** Thirty batches; every fourth is SYNCED, and its number noted. */
    private static void write(CrashDisk crashing, List<Map<String, String>> contents) {
        TreeMap<String, String> content = new TreeMap<>();
        try (LsmStore store = LsmStore.open(crashing.root(), NoMerges.options(2000))) {
            for (int i = 1; i <= 30; i++) {
                String number = Integer.toString(i);
                String key = "k" + i % 7;
                store.write(
                        put("last", number).put(Slice.utf8(key), Slice.utf8(number)),
                        i % 4 == 0 ? Durability.SYNCED : Durability.BUFFERED);
                crashing.ack(i);
                content.put("last", number);
                content.put(key, number);
                contents.add(Map.copyOf(content));
            }
        }
    }

    private static void check(CrashPoint crash, List<Map<String, String>> contents) {
        int written = crash.acknowledged().size();
        try (LsmStore store = LsmStore.open(crash.root(), NoMerges.options(2000))) {
            crash.recovered();
            Map<String, String> content = WrittenFiles.content(crash.root(), store);
            int last = Integer.parseInt(content.getOrDefault("last", "0"));
            assertThat(
                    "the last batch, of " + written + " written",
                    last,
                    is(allOf(greaterThanOrEqualTo(written / 4 * 4), lessThanOrEqualTo(written + 1))));
            assertThat("what there is after batch " + last, content, is(contents.get(last)));
        }
    }
}
