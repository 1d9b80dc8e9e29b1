package storagelab.grader.endurance;

import java.nio.file.Path;
import storagelab.api.Durability;
import storagelab.api.KeyValueStore;
import storagelab.api.Slice;
import storagelab.api.WriteBatch;
import storagelab.sortedlog.SortedLogOptions;
import storagelab.sortedlog.SortedLogStore;

/**
 * A program that counts up in a store until it is killed, and prints each number once the store has acknowledged it. A
 * batch writes the number under two keys.
 */
public final class CountingWriter {
    public static final Slice FIRST = Slice.utf8("a");
    public static final Slice SECOND = Slice.utf8("b");
    public static final SortedLogOptions OPTIONS = SortedLogOptions.defaults().withMemtableBytes(20_000);

    private static final int SYNC_EVERY = 50;
    private static final int PADDING_BYTES = 500;

    private CountingWriter() {}

    /** {@code args[0]} is the directory of the store. */
    public static void main(String[] args) {
        try (SortedLogStore store = SortedLogStore.open(Path.of(args[0]), OPTIONS)) {
            count(store);
        }
    }

    /** Counts up in a store, without end. */
    public static void count(KeyValueStore store) {
        for (long number = last(store) + 1; ; number++) {
            Slice text = Slice.utf8(Long.toString(number));
            WriteBatch batch = new WriteBatch()
                    .put(FIRST, text)
                    .put(Slice.utf8("padding" + number), Slice.wrap(new byte[PADDING_BYTES]))
                    .put(SECOND, text);
            store.write(batch, number % SYNC_EVERY == 0 ? Durability.SYNCED : Durability.BUFFERED);
            System.out.println(number);
        }
    }

    /** The last number in {@code store}, 0 if there is none. */
    public static long last(KeyValueStore store) {
        return store.get(FIRST).map(Slice::toUtf8).map(Long::parseLong).orElse(0L);
    }
}
