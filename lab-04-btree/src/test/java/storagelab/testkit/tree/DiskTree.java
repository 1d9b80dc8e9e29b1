package storagelab.testkit.tree;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import storagelab.api.Slice;
import storagelab.api.WriteBatch;
import storagelab.btree.BTreeCursor;
import storagelab.btree.BTreeStore;
import storagelab.btree.Checkpointer;
import storagelab.btree.SharedTree;
import storagelab.btree.StoredValue;
import storagelab.btree.TreeChange;
import storagelab.btree.TreeEditor;
import storagelab.btree.TreeSearch;
import storagelab.btree.TreeState;
import storagelab.cache.EvictionPolicy;
import storagelab.cache.PolicyKind;
import storagelab.disk.CrashDisk;
import storagelab.file.StatsRecorder;
import storagelab.page.BufferPool;
import storagelab.page.FreeList;
import storagelab.page.PageFile;
import storagelab.page.SlottedPage;
import storagelab.testkit.Step;

/** A tree on a simulated disk, in pages of 1 KiB, whose parts a test can get at. */
public final class DiskTree implements AutoCloseable {
    /** Size of a page, if nobody says otherwise. */
    public static final int PAGE_BYTES = 1024;
    /** Name of the file. */
    public static final String NAME = BTreeStore.FILE_NAME;

    /** How many pages are in memory at the most. */
    public static final int POOL_PAGES = 64;

    /** The tree. */
    public final SharedTree tree;

    /** Makes its checkpoints. */
    public final Checkpointer checkpointer;

    private DiskTree(PageFile file, EvictionPolicy policy) {
        BufferPool pool = new BufferPool(file, POOL_PAGES, policy);
        this.tree = new SharedTree(file, pool, FreeList.load(file, file.meta()));
        this.checkpointer = new Checkpointer(tree);
    }

    /** An empty tree on {@code disk}, with the clock as its policy. */
    public static DiskTree create(CrashDisk disk) {
        return create(disk, PAGE_BYTES, PolicyKind.CLOCK.create(POOL_PAGES));
    }

    /** An empty tree on {@code disk}. */
    public static DiskTree create(CrashDisk disk, int pageBytes, EvictionPolicy policy) {
        DiskTree made = new DiskTree(PageFile.create(path(disk), pageBytes, new StatsRecorder()), policy);
        disk.syncAll();
        return made;
    }

    /** The tree that is on {@code disk}. */
    public static DiskTree open(CrashDisk disk) {
        return of(PageFile.open(path(disk), new StatsRecorder()));
    }

    /** The tree in a page file. */
    public static DiskTree of(PageFile file) {
        return new DiskTree(file, PolicyKind.CLOCK.create(POOL_PAGES));
    }

    /** Where the file is. */
    public static Path path(CrashDisk disk) {
        return disk.root().resolve(NAME);
    }

    /** Publishes a change of copies: {@code put("a=1 b=2")}. */
    public void put(String assignments) {
        WriteBatch batch = new WriteBatch();
        for (String assignment : assignments.split(" ", -1)) {
            int equals = assignment.indexOf('=');
            batch.put(Slice.utf8(assignment.substring(0, equals)), Slice.utf8(assignment.substring(equals + 1)));
        }
        apply(batch);
    }

    /** Publishes a change of copies with one put. */
    public void put(String key, String value) {
        apply(new WriteBatch().put(Slice.utf8(key), Slice.utf8(value)));
    }

    /** Puts a cell at the end of a page of a change. */
    public static void append(TreeChange change, int page, String key, String value) {
        SlottedPage leaf = new SlottedPage(change.read(page));
        leaf.insert(leaf.count(), Slice.utf8(key), StoredValue.inline(Slice.utf8(value)));
    }

    /** Publishes a change of copies. */
    public void apply(WriteBatch batch) {
        Step.at("a change of " + batch.operations().size() + " operations, the first of them "
                + (batch.operations().isEmpty()
                        ? "none"
                        : batch.operations().get(0).key()) + ", on a tree of "
                + tree.entries() + " entries");
        TreeChange change = new TreeChange(tree);
        TreeEditor editor = new TreeEditor(change, tree.state().root(), tree.entries());
        batch.operations().forEach(editor::apply);
        change.publish(editor.root());
        tree.setEntries(editor.entries());
    }

    /** Puts {@code count} keys from {@code k000} on, with values of {@code valueBytes} bytes that begin with {@code text}. */
    public void fill(int count, int valueBytes, String text) {
        WriteBatch batch = new WriteBatch();
        for (int i = 0; i < count; i++) {
            batch.put(key(i), value(text, valueBytes));
        }
        apply(batch);
    }

    /** The key that {@link #fill} puts as number so many. */
    public static Slice key(int number) {
        return Slice.utf8("k%03d".formatted(number));
    }

    /** A value that {@link #fill} puts. */
    public static Slice value(String text, int bytes) {
        return Slice.utf8((text + "." + "x".repeat(bytes)).substring(0, Math.max(bytes, text.length() + 1)));
    }

    /** What a state holds under a key, found from its root. */
    public Optional<Slice> at(TreeState state, Slice key) {
        return Optional.ofNullable(TreeSearch.payload(tree, state.root(), key))
                .map(payload -> StoredValue.load(tree, payload));
    }

    /** Everything in a state, as text. */
    public TreeMap<String, String> content(TreeState state) {
        TreeMap<String, String> entries = new TreeMap<>();
        BTreeCursor cursor = new BTreeCursor(tree, state.root());
        for (cursor.seekToFirst(); cursor.isValid(); cursor.next()) {
            entries.put(cursor.key().toUtf8(), cursor.value().toUtf8());
        }
        return entries;
    }

    /** Pages that are free to be taken. */
    public List<Integer> freePages() {
        List<Integer> free = new ArrayList<>();
        for (int page = 2; page < tree.freeList().pageCount(); page++) {
            if (tree.freeList().isFree(page)) {
                free.add(page);
            }
        }
        return free;
    }

    @Override
    public void close() {
        tree.close();
    }
}
