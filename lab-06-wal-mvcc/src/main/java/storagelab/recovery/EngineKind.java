package storagelab.recovery;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import storagelab.api.Cursor;
import storagelab.api.EngineSnapshot;
import storagelab.api.KeyRange;
import storagelab.api.Slice;
import storagelab.api.StorageEngine;
import storagelab.btree.BTreeStore;
import storagelab.btree.ReadOnlyTree;
import storagelab.lsm.LsmStore;

/** The engines of labs 4 and 5, each by itself behind a log. The names are in files and never change. */
public enum EngineKind implements EngineType {
    /** Lab 4's B+tree. */
    BTREE,

    /** Lab 5's LSM tree, without its own log. */
    LSM;

    /**
     * The kind whose {@link #id} is {@code id}.
     *
     * @throws IllegalArgumentException if there is none; the message names those that there are
     */
    public static EngineKind named(String id) {
        return Arrays.stream(values())
                .filter(kind -> kind.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(Arrays.stream(values())
                        .map(EngineKind::id)
                        .collect(Collectors.joining(", ", "there is no engine \"" + id + "\", only ", ""))));
    }

    @Override
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    @Override
    public StorageEngine open(Path directory, DurableOptions options) {
        return switch (this) {
            case BTREE -> BTreeStore.open(directory, options.btree());
            case LSM -> LsmStore.open(directory, options.lsm().withoutLog());
        };
    }

    @Override
    public EngineSnapshot openReadOnly(Path directory, DurableOptions options) {
        return switch (this) {
            case BTREE -> ReadOnlyTree.open(directory, options.btree());
            case LSM -> {
                LsmStore store = LsmStore.openReadOnly(directory, options.lsm().withoutLog());
                yield new LsmView(store, store.snapshot());
            }
        };
    }

    @Override
    public boolean keepsVersions() {
        return this == LSM;
    }

    /** A store that is read and never changes. */
    private record LsmView(LsmStore store, EngineSnapshot snapshot) implements EngineSnapshot {
        @Override
        public long sequence() {
            return snapshot.sequence();
        }

        @Override
        public Optional<Slice> get(Slice key) {
            return snapshot.get(key);
        }

        @Override
        public Cursor cursor(KeyRange range) {
            return snapshot.cursor(range);
        }

        @Override
        public void close() {
            try (store) {
                snapshot.close();
            }
        }
    }
}
