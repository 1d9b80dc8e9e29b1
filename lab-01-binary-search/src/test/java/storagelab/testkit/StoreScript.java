package storagelab.testkit;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import storagelab.api.Durability;
import storagelab.api.KeyValueStore;
import storagelab.api.Slice;
import storagelab.api.WriteBatch;

/**
 * Batches with serial numbers from 1 on, and what a store has to hold after each. Every batch writes its own number, so
 * that a store says by itself how far it got.
 */
public final class StoreScript {
    private static final int KEYS = 12;
    private static final int VALUE_REPEATS_MAX = 300;
    private static final Slice SERIAL = Slice.utf8("serial");

    private final List<WriteBatch> batches = new ArrayList<>();
    private final List<Durability> durabilities = new ArrayList<>();
    private final List<Map<Slice, Slice>> states = new ArrayList<>();

    /** Random batches. */
    public StoreScript(int count, Random random) {
        Map<Slice, Slice> state = new TreeMap<>();
        states.add(Map.of());
        for (int serial = 1; serial <= count; serial++) {
            WriteBatch batch = new WriteBatch();
            put(batch, state, SERIAL, Slice.utf8(Integer.toString(serial)));
            for (int i = random.nextInt(4); i > 0; i--) {
                Slice key = Slice.utf8("key" + random.nextInt(KEYS));
                if (random.nextInt(3) == 0) {
                    batch.delete(key);
                    state.remove(key);
                } else {
                    int repeats = 1 + random.nextInt(VALUE_REPEATS_MAX);
                    put(batch, state, key, Slice.utf8((serial + ",").repeat(repeats)));
                }
            }
            batches.add(batch);
            durabilities.add(random.nextInt(4) == 0 ? Durability.SYNCED : Durability.BUFFERED);
            states.add(Map.copyOf(state));
        }
    }

    /** How many batches there are. */
    public int size() {
        return batches.size();
    }

    /** How the batch with that number is written. */
    public Durability durability(int serial) {
        return durabilities.get(serial - 1);
    }

    /** Writes the batch with that number. */
    public void write(KeyValueStore store, int serial) {
        store.write(batches.get(serial - 1), durability(serial));
    }

    /** The number of the last batch that {@code store} has; 0 if it has none. */
    public static int lastSerial(KeyValueStore store) {
        return store.get(SERIAL).map(Slice::toUtf8).map(Integer::parseInt).orElse(0);
    }

    /** Fails unless {@code store} holds what it must after batch {@code serial}, no more and no less. */
    public void assertHolds(KeyValueStore store, int serial, String when) {
        assertThat("number of the last batch there is " + when, lastSerial(store), is(serial));
        for (int i = 0; i < KEYS; i++) {
            Slice key = Slice.utf8("key" + i);
            assertThat(
                    key + " " + when + " (batch " + serial + ")",
                    store.get(key),
                    is(Optional.ofNullable(states.get(serial).get(key))));
        }
    }

    /** What there is after batch {@code serial}. */
    public Map<Slice, Slice> contentAfter(int serial) {
        return states.get(serial);
    }

    private static void put(WriteBatch batch, Map<Slice, Slice> state, Slice key, Slice value) {
        batch.put(key, value);
        state.put(key, value);
    }
}
