package storagelab.grader.engine;

import java.nio.file.Path;
import storagelab.api.Durability;
import storagelab.api.Slice;
import storagelab.api.WriteBatch;
import storagelab.btree.BTreeOptions;
import storagelab.btree.BTreeStore;

/**
 * A program that counts up in a B+tree until it is killed, and prints each number that was written SYNCED and
 * acknowledged. A batch writes the number under two keys that are far apart.
 */
public final class TreeWriter {
    static final Slice FIRST = Slice.utf8("a");
    static final Slice SECOND = Slice.utf8("z");
    static final BTreeOptions OPTIONS = BTreeOptions.defaults()
            .withPageSizeBytes(1024)
            .withPoolBytes(64 << 10)
            .withCheckpointBytes(50_000);

    private static final int SYNC_EVERY = 10;
    private static final int KEYS = 500;
    private static final int PADDING_BYTES_MAX = 1500;

    private TreeWriter() {}

    /** {@code args[0]} is the directory of the store. */
    public static void main(String[] args) {
        try (BTreeStore store = BTreeStore.open(Path.of(args[0]), OPTIONS)) {
            for (long number = last(store) + 1; ; number++) {
                Slice text = Slice.utf8(Long.toString(number));
                int padding = (int) (number * 37 % PADDING_BYTES_MAX);
                WriteBatch batch = new WriteBatch()
                        .put(FIRST, text)
                        .put(Slice.utf8("padding" + number % KEYS), Slice.wrap(new byte[padding]))
                        .delete(Slice.utf8("padding" + (number + KEYS / 2) % KEYS))
                        .put(SECOND, text);
                boolean synced = number % SYNC_EVERY == 0;
                store.write(batch, synced ? Durability.SYNCED : Durability.BUFFERED);
                if (synced) {
                    System.out.println(number);
                }
            }
        }
    }

    /** The last number in {@code store}, 0 if there is none. */
    static long last(BTreeStore store) {
        return store.get(FIRST).map(Slice::toUtf8).map(Long::parseLong).orElse(0L);
    }
}
