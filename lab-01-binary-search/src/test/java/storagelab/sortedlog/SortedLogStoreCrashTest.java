package storagelab.sortedlog;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
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
import storagelab.testkit.Seeds;

class SortedLogStoreCrashTest {
    private static final int BATCHES = 60;
    private static final int KEYS = 12;
    private static final Slice SERIAL = Slice.utf8("serial");

    private static final SortedLogOptions FOREGROUND = SortedLogOptions.defaults()
            .withMaintenance(MaintenanceKind.FOREGROUND)
            .withMemtableBytes(1500)
            .withCompactionTrigger(3);

    /** A batch that was acknowledged. */
    private record Written(int serial, Durability durability) {}

    /** The batches of a run, and what the store has to hold after the first n of them. */
    private static final class Script {
        final List<WriteBatch> batches = new ArrayList<>();
        final List<Durability> durabilities = new ArrayList<>();
        final List<Map<Slice, Slice>> states = new ArrayList<>();

        Script(Random random) {
            Map<Slice, Slice> state = new TreeMap<>();
            states.add(Map.copyOf(state));
            for (int serial = 1; serial <= BATCHES; serial++) {
                WriteBatch batch = new WriteBatch();
                Slice number = Slice.utf8(Integer.toString(serial));
                batch.put(SERIAL, number);
                state.put(SERIAL, number);
                for (int i = random.nextInt(4); i > 0; i--) {
                    Slice key = Slice.utf8("key" + random.nextInt(KEYS));
                    if (random.nextInt(3) == 0) {
                        batch.delete(key);
                        state.remove(key);
                    } else {
                        Slice value = Slice.utf8((serial + ",").repeat(1 + random.nextInt(300)));
                        batch.put(key, value);
                        state.put(key, value);
                    }
                }
                batches.add(batch);
                durabilities.add(random.nextInt(4) == 0 ? Durability.SYNCED : Durability.BUFFERED);
                states.add(Map.copyOf(state));
            }
        }

        void runOn(CrashDisk disk, SortedLogOptions options) {
            try (SortedLogStore store = SortedLogStore.open(disk.root(), options)) {
                for (int serial = 1; serial <= BATCHES; serial++) {
                    Durability durability = durabilities.get(serial - 1);
                    store.write(batches.get(serial - 1), durability);
                    disk.ack(new Written(serial, durability));
                }
            }
        }

        void check(CrashPoint crash, SortedLogOptions options) {
            int acknowledged = 0;
            int synced = 0;
            for (Object marker : crash.acknowledged()) {
                if (marker instanceof Written written) {
                    acknowledged = written.serial;
                    synced = written.durability == Durability.SYNCED ? written.serial : synced;
                }
            }
            int last;
            try (SortedLogStore store = SortedLogStore.open(crash.root(), options)) {
                crash.recovered();
                last = store.get(SERIAL)
                        .map(Slice::toUtf8)
                        .map(Integer::parseInt)
                        .orElse(0);
                String promise = "the last batch there is (acknowledged: " + acknowledged + ", synced: " + synced + ")";
                assertThat(promise, last, allOf(greaterThanOrEqualTo(synced), lessThanOrEqualTo(acknowledged + 1)));
                assertHolds(store, last, "after batch " + last);
                assertThat("tables put aside", store.recoveryReport().quarantined(), is(empty()));
                store.verify();
                store.write(new WriteBatch().put(Slice.utf8("after"), Slice.utf8("1")), Durability.SYNCED);
            }
            try (SortedLogStore store = SortedLogStore.open(crash.root(), options)) {
                assertThat("a write after recovery", store.get(Slice.utf8("after")), is(Optional.of(Slice.utf8("1"))));
                assertHolds(store, last, "opened once more after batch " + last);
            }
        }

        private void assertHolds(SortedLogStore store, int batch, String when) {
            for (int i = 0; i < KEYS; i++) {
                Slice key = Slice.utf8("key" + i);
                assertThat(
                        key + " " + when,
                        store.get(key),
                        is(Optional.ofNullable(states.get(batch).get(key))));
            }
        }
    }

    @Test
    @DisplayName(
            "after every crash: SYNCED batches are there, BUFFERED ones are a prefix, and each is whole or not there")
    void everyCrash() throws Exception {
        exploreAll(FOREGROUND, 3);
    }

    @Test
    @Tag("1.10")
    @DisplayName("the same with flushes and merges in the background")
    void everyCrashWithBackgroundWork() throws Exception {
        exploreAll(FOREGROUND.withMaintenance(MaintenanceKind.BACKGROUND), 3);
    }

    private static void exploreAll(SortedLogOptions options, int rounds) {
        Seeds.check(rounds, random -> {
            Script script = new Script(random);
            CrashExplorerOptions crashes = CrashExplorerOptions.defaults().withSeed(random.nextLong());
            CrashReport report = CrashExplorer.explore(
                    crashes, disk -> script.runOn(disk, options), crash -> script.check(crash, options));
            assertThat("crashes tried", report.images(), greaterThan(0L));
        });
    }
}
