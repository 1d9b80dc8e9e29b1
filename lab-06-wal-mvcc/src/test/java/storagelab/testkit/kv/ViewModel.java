package storagelab.testkit.kv;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import storagelab.api.Cursor;
import storagelab.api.EngineSnapshot;
import storagelab.api.KeyRange;
import storagelab.api.Slice;
import storagelab.api.WriteBatch;
import storagelab.mvcc.VersionedEngine;

/** The model of views: while random batches are published, each view shows the sorted map of its moment. */
public final class ViewModel {
    private static final int KEYS = 30;
    private static final int VIEWS_MAX = 6;

    private ViewModel() {}

    /** A view, and what it has to show. */
    private record Held(EngineSnapshot view, Map<Slice, Slice> content) {}

    private static Slice key(int number) {
        return Slice.utf8("key %02d".formatted(number));
    }

    /** Publishes {@code steps} batches and checks all views after each; at the end every view is closed. */
    public static void check(VersionedEngine versions, Random random, int steps) {
        TreeMap<Slice, Slice> now = new TreeMap<>();
        List<Held> held = new ArrayList<>();
        long sequence = 1;
        for (int step = 0; step < steps; step++) {
            WriteBatch batch = batch(random, step, now);
            versions.publish(sequence, batch);
            sequence += batch.operations().size();
            if (random.nextInt(5) == 0) {
                held.add(new Held(versions.view(), new TreeMap<>(now)));
            }
            if (held.size() > VIEWS_MAX || (!held.isEmpty() && random.nextInt(9) == 0)) {
                held.remove(random.nextInt(held.size())).view.close();
            }
            for (Held one : held) {
                assertShows(one, random);
            }
        }
        held.forEach(one -> one.view.close());
    }

    private static WriteBatch batch(Random random, int step, Map<Slice, Slice> now) {
        WriteBatch batch = new WriteBatch();
        int operations = random.nextInt(20) == 0 ? 80 : 1 + random.nextInt(4);
        for (int i = 0; i < operations; i++) {
            Slice key = key(random.nextInt(KEYS));
            if (random.nextInt(3) == 0) {
                batch.delete(key);
                now.remove(key);
            } else {
                Slice value = Slice.utf8(step + "." + i);
                batch.put(key, value);
                now.put(key, value);
            }
        }
        return batch;
    }

    private static void assertShows(Held held, Random random) {
        String which = " of the view at " + held.view.sequence();
        Slice key = key(random.nextInt(KEYS));
        assertThat("get(" + key + ")" + which, held.view.get(key), is(Optional.ofNullable(held.content.get(key))));
        int from = random.nextInt(KEYS);
        KeyRange range = KeyRange.of(key(from), key(from + random.nextInt(KEYS - from)));
        TreeMap<Slice, Slice> expected = new TreeMap<>();
        held.content.forEach((k, v) -> {
            if (range.contains(k)) {
                expected.put(k, v);
            }
        });
        try (Cursor cursor = held.view.cursor(range)) {
            TreeMap<Slice, Slice> found = new TreeMap<>();
            for (cursor.seekToFirst(); cursor.isValid(); cursor.next()) {
                found.put(cursor.key(), cursor.value());
            }
            assertThat("entries forward over " + range + which, found, is(expected));
            List<Slice> backward = new ArrayList<>();
            for (cursor.seekToLast(); cursor.isValid(); cursor.prev()) {
                backward.add(cursor.key());
            }
            assertThat(
                    "keys backward over " + range + which, backward, is(new ArrayList<>(expected.descendingKeySet())));
        }
    }
}
