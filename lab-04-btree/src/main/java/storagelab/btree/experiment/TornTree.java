package storagelab.btree.experiment;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import storagelab.api.Cursor;
import storagelab.api.Durability;
import storagelab.api.KeyRange;
import storagelab.api.Slice;
import storagelab.api.WriteBatch;
import storagelab.btree.BTreeOptions;
import storagelab.btree.BTreeStore;
import storagelab.btree.toy.InPlaceTree;

/**
 * A kind of tree on disk, as {@link TornPageExperiment} needs it: key after key is put and synced, and later somebody
 * asks for all of them.
 *
 * @param name what the table says
 * @param opener opens the tree in a directory
 */
record TornTree(String name, Opener opener) {
    /** Opens a tree. */
    @FunctionalInterface
    interface Opener {
        /** The tree in {@code directory}, which is new or has survived a crash. */
        Open open(Path directory) throws IOException;
    }

    /** A tree that is open. */
    interface Open extends AutoCloseable {
        /**
         * Puts an entry and syncs.
         *
         * @return whether a page was split
         */
        boolean put(long key, long value) throws IOException;

        /**
         * Everything that is in the tree.
         *
         * @throws RuntimeException or an {@link Error} if it is no tree: its keys are not in order, or it does not end,
         *     or a get does not find what is there
         */
        Map<Long, Long> entries() throws IOException;

        @Override
        void close() throws IOException;
    }

    Open open(Path directory) throws IOException {
        return opener.open(directory);
    }

    /** The toy. */
    static TornTree inPlace() {
        return new TornTree("changed in place", directory -> {
            Path file = directory.resolve("tree");
            return new Toy(InPlaceTree.open(file), file);
        });
    }

    /** The store. */
    static TornTree checkpointed() {
        BTreeOptions options = BTreeOptions.defaults().withPageSizeBytes(1024).withPoolBytes(128 << 10);
        return new TornTree("with checkpoints", directory -> new Store(BTreeStore.open(directory, options)));
    }

    /** Different keys in random order. */
    static long[] keys(int count, long seed) {
        return new SplittableRandom(seed)
                .longs(1, Long.MAX_VALUE)
                .distinct()
                .limit(count)
                .toArray();
    }

    private record Toy(InPlaceTree tree, Path file) implements Open {
        @Override
        public boolean put(long key, long value) throws IOException {
            long bytes = Files.size(file);
            tree.put(key, value);
            return bytes > 0 && Files.size(file) > bytes;
        }

        @Override
        public Map<Long, Long> entries() throws IOException {
            SortedMap<Long, Long> found = new TreeMap<>();
            tree.forEach(0, (key, value) -> {
                if (!found.isEmpty() && key <= found.lastKey()) {
                    throw new IllegalStateException(key + " comes after " + found.lastKey());
                }
                found.put(key, value);
            });
            for (Map.Entry<Long, Long> entry : found.entrySet()) {
                if (!tree.get(entry.getKey()).equals(OptionalLong.of(entry.getValue()))) {
                    throw new IllegalStateException("a get does not find " + entry);
                }
            }
            return found;
        }

        @Override
        public void close() throws IOException {
            tree.close();
        }
    }

    private record Store(BTreeStore store) implements Open {
        @Override
        public boolean put(long key, long value) {
            int pages = store.verify().pages().size();
            store.write(new WriteBatch().put(slice(key), slice(value)), Durability.SYNCED);
            return pages > 0 && store.verify().pages().size() > pages;
        }

        @Override
        public Map<Long, Long> entries() {
            store.verify();
            SortedMap<Long, Long> found = new TreeMap<>();
            try (Cursor cursor = store.cursor(KeyRange.all())) {
                for (cursor.seekToFirst(); cursor.isValid(); cursor.next()) {
                    found.put(number(cursor.key()), number(cursor.value()));
                    if (!store.get(cursor.key()).equals(Optional.of(cursor.value()))) {
                        throw new IllegalStateException("a get does not find " + cursor.key());
                    }
                }
            }
            return found;
        }

        @Override
        public void close() {
            store.close();
        }

        private static Slice slice(long number) {
            return Slice.wrap(ByteBuffer.allocate(Long.BYTES).putLong(number).array());
        }

        private static long number(Slice slice) {
            return slice.asByteBuffer().getLong();
        }
    }
}
