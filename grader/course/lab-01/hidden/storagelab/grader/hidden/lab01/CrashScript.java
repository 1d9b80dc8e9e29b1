package storagelab.grader.hidden.lab01;

import static storagelab.grader.hidden.kit.Checks.assertEquals;
import static storagelab.grader.hidden.kit.Checks.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import storagelab.api.Durability;
import storagelab.api.Slice;
import storagelab.api.WriteBatch;
import storagelab.disk.CrashDisk;
import storagelab.disk.CrashPoint;
import storagelab.sortedlog.SortedLogOptions;
import storagelab.sortedlog.SortedLogStore;

/**
 * Random batches that are written to a durable store, and the judge of what a crash has left of them.
 *
 * <p>Every batch writes its serial number under one key, so that the number found there says how many batches survived.
 * Legal is a number from the last SYNCED batch that was acknowledged to the batch in flight, and then every key exactly as
 * that many batches left it.
 */
final class CrashScript {
    private static final Slice SERIAL = Slice.utf8("serial");
    private static final Slice AFTERWARDS = Slice.utf8("written after the crash");
    private static final int KEYS = 10;
    private static final int LONG_VALUE_BYTES_MAX = 1400;

    /** The marker of a batch that the store has acknowledged. */
    private record Acknowledged(int serial, Durability durability) {}

    private record Step(WriteBatch batch, Durability durability, Map<Slice, Slice> contentAfterwards) {}

    private final List<Step> steps = new ArrayList<>();
    private final SortedLogOptions options;
    private final int reopenEvery;

    /**
     * @param batches how many batches
     * @param reopenEvery after how many batches the store is closed and opened again
     */
    CrashScript(Random random, SortedLogOptions options, int batches, int reopenEvery) {
        this.options = options;
        this.reopenEvery = reopenEvery;
        Map<Slice, Slice> content = new HashMap<>();
        for (int serial = 1; serial <= batches; serial++) {
            WriteBatch batch = randomBatch(random, serial, content);
            Durability durability = random.nextInt(4) == 0 ? Durability.SYNCED : Durability.BUFFERED;
            steps.add(new Step(batch, durability, Map.copyOf(content)));
        }
    }

    private static WriteBatch randomBatch(Random random, int serial, Map<Slice, Slice> content) {
        WriteBatch batch = new WriteBatch();
        for (int i = random.nextInt(4); i > 0; i--) {
            Slice key = key(random.nextInt(KEYS));
            if (random.nextInt(3) == 0) {
                batch.delete(key);
                content.remove(key);
            } else {
                Slice value = Bytes.random(random, random.nextInt(i == 1 ? LONG_VALUE_BYTES_MAX : 40));
                batch.put(key, value);
                content.put(key, value);
            }
        }
        return batch.put(SERIAL, Slice.utf8(Integer.toString(serial)));
    }

    /** Writes all batches to a store on {@code disk}. */
    void run(CrashDisk disk) {
        for (int from = 0; from < steps.size(); from += reopenEvery) {
            try (SortedLogStore store = SortedLogStore.open(disk.root(), options)) {
                for (int i = from; i < Math.min(from + reopenEvery, steps.size()); i++) {
                    Step step = steps.get(i);
                    store.write(step.batch(), step.durability());
                    disk.ack(new Acknowledged(i + 1, step.durability()));
                }
            }
        }
    }

    /** Recovers from {@code crash} and fails if what is found is not legal. */
    void check(CrashPoint crash) {
        int acknowledged = 0;
        int synced = 0;
        for (Object marker : crash.acknowledged()) {
            Acknowledged ack = (Acknowledged) marker;
            acknowledged = ack.serial();
            synced = ack.durability() == Durability.SYNCED ? acknowledged : synced;
        }
        int survived;
        try (SortedLogStore store = SortedLogStore.open(crash.root(), options)) {
            crash.recovered();
            survived = store.get(SERIAL)
                    .map(value -> Integer.parseInt(value.toUtf8()))
                    .orElse(0);
            assertTrue(
                    survived >= synced,
                    "batch " + synced + " was SYNCED and acknowledged, and only " + survived + " batches survived");
            assertTrue(
                    survived <= acknowledged + 1,
                    survived + " batches survived, and only " + acknowledged + " and one in flight were written");
            assertContent(store, survived, "after recovery");
            assertEquals(List.of(), store.recoveryReport().quarantined(), "tables in quarantine after a mere crash");
            store.verify();
            store.write(new WriteBatch().put(AFTERWARDS, SERIAL), Durability.SYNCED);
        }
        try (SortedLogStore store = SortedLogStore.open(crash.root(), options)) {
            assertEquals(Optional.of(SERIAL), store.get(AFTERWARDS), "a SYNCED write after recovery, in the next run");
            assertContent(store, survived, "in the run after recovery");
        }
    }

    private void assertContent(SortedLogStore store, int batches, String when) {
        Map<Slice, Slice> expected =
                batches == 0 ? Map.of() : steps.get(batches - 1).contentAfterwards();
        for (int i = 0; i < KEYS; i++) {
            assertEquals(
                    Optional.ofNullable(expected.get(key(i))),
                    store.get(key(i)),
                    key(i) + " " + when + ", when " + batches + " batches survived");
        }
    }

    private static Slice key(int number) {
        return Slice.utf8("key " + number);
    }
}
