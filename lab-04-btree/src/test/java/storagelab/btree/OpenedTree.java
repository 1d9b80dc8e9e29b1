package storagelab.btree;

import java.nio.file.Path;
import java.util.TreeMap;
import storagelab.api.Slice;
import storagelab.api.WriteBatch;
import storagelab.cache.PolicyKind;
import storagelab.disk.CrashDisk;
import storagelab.page.BufferPool;
import storagelab.page.FreeList;
import storagelab.page.PageFile;
import storagelab.page.SlottedPage;
import storagelab.sortedlog.StatsRecorder;

/** A tree in a page file on a simulated disk, without a store around it: pages of 1 KiB, 64 of them in memory. */
final class OpenedTree implements AutoCloseable {
    static final int PAGE_BYTES = 1024;

    private static final int POOL_PAGES = 64;

    final OpenTree tree;
    final Checkpointer checkpointer;

    OpenedTree(PageFile file) {
        BufferPool pool = new BufferPool(file, POOL_PAGES, PolicyKind.CLOCK.create(POOL_PAGES));
        this.tree = new OpenTree(file, pool, FreeList.load(file, file.meta()));
        this.checkpointer = new Checkpointer(tree);
    }

    static OpenedTree create(CrashDisk disk) {
        OpenedTree created = new OpenedTree(PageFile.create(path(disk), PAGE_BYTES, new StatsRecorder()));
        disk.syncAll();
        return created;
    }

    static OpenedTree open(CrashDisk disk) {
        return new OpenedTree(PageFile.open(path(disk), new StatsRecorder()));
    }

    static Path path(CrashDisk disk) {
        return disk.root().resolve(BTreeStore.FILE_NAME);
    }

    /** Publishes a change with one put. */
    void put(String key, String value) {
        TreeChange change = new TreeChange(tree);
        TreeEditor editor = new TreeEditor(change, tree.state().root(), tree.entries());
        editor.apply(new WriteBatch.Put(Slice.utf8(key), Slice.utf8(value)));
        change.publish(editor.root());
        tree.setEntries(editor.entries());
    }

    /** Everything in a state. */
    TreeMap<String, String> content(TreeState state) {
        TreeMap<String, String> entries = new TreeMap<>();
        BTreeCursor cursor = new BTreeCursor(tree, state.root());
        for (cursor.seekToFirst(); cursor.isValid(); cursor.next()) {
            entries.put(cursor.key().toUtf8(), cursor.value().toUtf8());
        }
        return entries;
    }

    /** Puts a cell at the end of a page of a change. */
    static void append(TreeChange change, int page, String key, String value) {
        SlottedPage leaf = new SlottedPage(change.read(page));
        leaf.insert(leaf.count(), Slice.utf8(key), StoredValue.inline(Slice.utf8(value)));
    }

    @Override
    public void close() {
        tree.close();
    }
}
