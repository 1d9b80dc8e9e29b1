package storagelab.grader.kv;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import storagelab.api.Cursor;
import storagelab.api.Durability;
import storagelab.api.KeyRange;
import storagelab.api.OrderedStore;
import storagelab.api.Slice;
import storagelab.api.StoreStats;
import storagelab.api.WriteBatch;
import storagelab.btree.BTreeOptions;
import storagelab.btree.BTreeStore;
import storagelab.btree.ReadOnlyTree;

/** Lab 4's B+tree without a log. */
final class PagesAccess extends OpenStore {
    private final OrderedStore store;

    private PagesAccess(Path home, OrderedStore store, boolean isReadOnly) {
        super(StoreKind.PAGES, home, isReadOnly);
        this.store = store;
    }

    /** A tree that is only read, in the type of stores. */
    private record Reader(ReadOnlyTree tree) implements OrderedStore {
        @Override
        public Optional<Slice> get(Slice key) {
            return tree.get(key);
        }

        @Override
        public void write(WriteBatch batch, Durability durability) {
            throw new UnsupportedOperationException("the store is open for reading");
        }

        @Override
        public Cursor cursor(KeyRange range) {
            return tree.cursor(range);
        }

        @Override
        public StoreStats stats() {
            return tree.stats();
        }

        @Override
        public void close() {
            tree.close();
        }
    }

    static PagesAccess openToRead(Path home) {
        return new PagesAccess(home, new Reader(ReadOnlyTree.open(home, BTreeOptions.defaults())), true);
    }

    static PagesAccess openToWrite(Path home) {
        return new PagesAccess(home, BTreeStore.open(home, options(home)), false);
    }

    /** The defaults, with the size of pages that a tree in {@code home} has. */
    static BTreeOptions options(Path home) {
        BTreeOptions defaults = BTreeOptions.defaults();
        return TreeMeta.newest(home)
                .map(meta -> defaults.withPageSizeBytes(meta.pageSizeBytes()))
                .orElse(defaults); // opening the tree says what is wrong with the record
    }

    static Verdict verify(Path home) {
        try (PagesAccess open = openToRead(home)) {
            return EntryWalk.verify(open.entries());
        }
    }

    @Override
    OrderedStore entries() {
        return store;
    }

    @Override
    void checkpoint() {
        ((BTreeStore) store).checkpoint();
    }

    @Override
    List<String> lines() {
        return TreeMeta.lines(home());
    }

    @Override
    Map<String, Object> numbers() {
        return TreeMeta.numbers(home());
    }
}
