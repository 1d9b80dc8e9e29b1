package storagelab.grader.hidden.lab01;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import storagelab.api.Entry;
import storagelab.api.Slice;

/** Entries for tables. */
final class Entries {
    private Entries() {}

    static Entry value(String key, String value) {
        return Entry.value(Slice.utf8(key), Slice.utf8(value));
    }

    static Entry tombstone(String key) {
        return Entry.tombstone(Slice.utf8(key));
    }

    /** {@code count} values of {@code valueBytes}, under the keys {@code key 00001}, {@code key 00003} and so on. */
    static List<Entry> oddNumbered(int count, int valueBytes) {
        List<Entry> entries = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            byte[] value = new byte[valueBytes];
            value[valueBytes - 1] = (byte) i;
            entries.add(Entry.value(numbered(2 * i + 1), Slice.wrap(value)));
        }
        return entries;
    }

    /** {@code key 00007} for 7. */
    static Slice numbered(int number) {
        return Slice.utf8(String.format("key %05d", number));
    }

    /** Entries in ascending order with awkward keys, empty and large values, and tombstones among them. */
    static List<Entry> random(Random random, int count) {
        Map<Slice, Entry> sorted = new TreeMap<>();
        while (sorted.size() < count) {
            Slice key = Bytes.random(random, random.nextInt(random.nextInt(20) == 0 ? 600 : 12));
            sorted.put(key, random.nextInt(4) == 0 ? Entry.tombstone(key) : Entry.value(key, value(random)));
        }
        return List.copyOf(sorted.values());
    }

    private static Slice value(Random random) {
        int dice = random.nextInt(30);
        int length = dice == 0 ? 10_000 : dice == 1 ? 4096 : dice < 5 ? 0 : 1 + random.nextInt(200);
        return Bytes.random(random, length);
    }
}
