package storagelab.btree;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.is;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.api.Durability;
import storagelab.api.Slice;
import storagelab.api.WriteBatch;
import storagelab.disk.CrashDisk;
import storagelab.disk.CrashExplorer;
import storagelab.disk.CrashExplorerOptions;
import storagelab.disk.CrashPoint;
import storagelab.disk.CrashReport;
import storagelab.testkit.CrashTrial;
import storagelab.testkit.Crew;
import storagelab.testkit.Seeds;
import storagelab.testkit.SnapshotSubject;

@Tag("4.14")
class BTreeStoreCrashTest {
    private static final BTreeOptions SMALL =
            BTreeOptions.defaults().withPageSizeBytes(1024).withPoolBytes(64 << 10);

    private static final Slice LAST = Slice.utf8("last");

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

    /** A checkpoint that has returned: it has at least these writes. */
    private record Durable(long writes) {}

    @Test
    @DisplayName(
            "checkpoints that are made while another thread writes: each is of one moment, and loses nothing before it")
    void everyCrashWhileWritersGoOn() {
        Seeds.check(1, random -> {
            CrashReport report = CrashExplorer.explore(
                    CrashExplorerOptions.defaults().withSeed(random.nextLong()),
                    BTreeStoreCrashTest::writeDuringCheckpoints,
                    crash -> checkPrefix(crash));
            assertThat("crashes tried", report.images(), is(greaterThan(300L)));
        });
    }

    private static void writeDuringCheckpoints(CrashDisk disk) throws InterruptedException {
        try (BTreeStore store = BTreeStore.open(disk.root(), SMALL);
                Crew crew = new Crew()) {
            crew.start("writer", () -> {
                for (int i = 1; i <= 250; i++) {
                    store.write(new WriteBatch().put(key(i), number(i)).put(LAST, number(i)), Durability.BUFFERED);
                }
            });
            crew.start("checkpoints", () -> {
                for (int i = 0; i < 12; i++) {
                    long writes = store.lastSequence() / 2;
                    store.checkpoint();
                    disk.ack(new Durable(writes));
                }
            });
            crew.join();
        }
    }

    private static void checkPrefix(CrashPoint crash) {
        long durable = 0;
        for (Object marker : crash.acknowledged()) {
            durable = marker instanceof Durable found ? found.writes : durable;
        }
        try (BTreeStore store = BTreeStore.open(crash.root(), SMALL)) {
            crash.recovered();
            long last = store.get(LAST).map(Slice::toUtf8).map(Long::parseLong).orElse(0L);
            assertThat("the last write there is", last, is(greaterThanOrEqualTo(durable)));
            assertThat("the sequence of the last write", store.lastSequence(), is(2 * last));
            for (int i = 1; i <= 250; i++) {
                assertThat("write " + i + " of " + last, store.get(key(i)).isPresent(), is(i <= last));
            }
            store.verify();
        }
    }

    private static Slice key(int number) {
        return Slice.utf8("key " + number % 50 + "." + number);
    }

    private static Slice number(long number) {
        return Slice.utf8(Long.toString(number));
    }

    private static SnapshotSubject<BTreeStore> subject(BTreeOptions options) {
        return new SnapshotSubject<>(directory -> BTreeStore.open(directory, options), BTreeStore::verify);
    }
}
