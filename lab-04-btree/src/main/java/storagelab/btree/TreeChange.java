package storagelab.btree;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import storagelab.course.ExercisePart;
import storagelab.course.Given;
import storagelab.page.PageLayout;
import storagelab.page.SlottedPage;

/**
 * A change of the tree that nobody sees until it is published, and of which nothing is left if it is not.
 *
 * <p>Every page that is to be different is copied under a new number ({@link #edit}), up to the root: a child with a
 * new number is a change of the page above. {@link #publish} then replaces one reference, the root, and with it
 * everything. Whoever began to read at the old root goes on there and meets no page of the change.
 *
 * <p>Copies and new pages are kept here until then, and go to the pool when the change is published. A change of many
 * operations may have more pages than memory: {@link #spill}, called between two operations, hands all of them to the
 * pool, dirty, so that it may write them out. When such a page is to be changed again its bytes are copied back; it
 * keeps its number.
 *
 * <p>Finished pages ({@link #finish}) do not go through the pool: they are written to the file, neighbours with one call
 * ({@link storagelab.page.PageFile#writeRun}) and at most 256 at a time, at the latest when the
 * change is published. Until then they can be asked for as any other page. The pool may have a page under the same
 * number: a reader that began long ago comes to a page that is free by now, and the pool keeps what it has found there
 * in the file. When another page was written to that place, what the pool has must {@linkplain
 * storagelab.page.BufferPool#discard go}. To finish a page that is not in the hands of the change is an {@link
 * IllegalArgumentException}.
 *
 * <p>Invariants:
 *
 * <ol>
 *   <li>No page that was not made for this change is changed.
 *   <li>A page of the change has a number that was free, and its version as {@link PageLayout#born born}.
 *   <li>After {@link #publish}, the pages that were replaced or freed and were not made for this change are given up
 *       ({@link PageReclaimer}), in this version. Pages that were made for this change and freed again are free at
 *       once: nobody has seen them.
 *   <li>After {@link #abandon}, every number that was taken is free again.
 * </ol>
 *
 * <p>Concurrency: for the writer.
 */
@ExercisePart("4.13")
public final class TreeChange implements TreePages {
    private static final int RUN_PAGES_MAX = 256;

    @Given
    private final SharedTree tree;

    @Given
    private final long version;

    private final Map<Integer, byte[]> pages = new HashMap<>(); // of this change, in its hands
    private final Set<Integer> taken = new HashSet<>(); // every page of this change, here or not
    private final List<GivenUp> replaced = new ArrayList<>();
    private final List<byte[]> run = new ArrayList<>(); // finished neighbours, not written yet
    private int runStart;
    private boolean published;

    /** A change of what is published in {@code tree} now. */
    @Given
    public TreeChange(SharedTree tree) {
        this.tree = tree;
        this.version = tree.state().version() + 1;
    }

    @Given
    @Override
    public int pageSizeBytes() {
        return tree.pageSizeBytes();
    }

    @Override
    public byte[] read(int page) {
        byte[] mine = pages.get(page);
        if (mine != null) {
            return mine;
        }
        if (page >= runStart && page < runStart + run.size()) {
            writeRun();
        }
        return tree.read(page);
    }

    @Override
    public byte[] readOnce(int page) {
        writeRun();
        byte[] mine = pages.get(page);
        return mine != null ? mine : tree.readOnce(page);
    }

    @Override
    public int edit(int page) {
        if (pages.containsKey(page)) {
            return page;
        }
        byte[] copy = read(page).clone();
        if (taken.contains(page)) {
            pages.put(page, copy);
            return page;
        }
        replaced.add(new GivenUp(page, PageLayout.born(copy)));
        return take(copy);
    }

    @Override
    public int add(int kind) {
        byte[] bytes = new byte[pageSizeBytes()];
        SlottedPage.format(bytes, kind);
        return take(bytes);
    }

    @Override
    public void finish(int page) {
        byte[] bytes = pages.remove(page);
        if (bytes == null) {
            throw new IllegalArgumentException("page " + page + " was not added for this change");
        }
        if (page != runStart + run.size() || run.size() == RUN_PAGES_MAX) {
            writeRun();
            runStart = page;
        }
        run.add(bytes);
    }

    @Override
    public void free(int page, long born) {
        if (!taken.contains(page)) {
            replaced.add(new GivenUp(page, born));
            return;
        }
        writeRun(); // if this fails, the page is still one that was taken
        taken.remove(page);
        pages.remove(page);
        tree.pool().discard(page);
        tree.freeList().release(page);
    }

    /** Whether nothing was changed. */
    public boolean isEmpty() {
        return taken.isEmpty() && replaced.isEmpty();
    }

    /** Hands the pages of the change to the pool if there are more than {@code pagesMax}. Between two operations. */
    public void spill(int pagesMax) {
        if (pages.size() > pagesMax) {
            pages.forEach(tree.pool()::add);
            pages.clear();
        }
    }

    /**
     * Makes the tree that begins at {@code root} the one that everybody sees. First its pages go to the pool, then the
     * {@linkplain SharedTree#publish state} is published; only then the old pages are given up.
     */
    public void publish(int root) {
        writeRun();
        pages.forEach(tree.pool()::add);
        published = true;
        tree.publish(new TreeState(root, version));
        replaced.forEach(old -> tree.reclaimer().giveUp(old.page, old.born, version));
    }

    /**
     * Forgets the change, also when {@link #publish} has thrown because the pool has no room. One that is published
     * cannot be forgotten any more: then this does nothing.
     */
    public void abandon() {
        if (published) {
            return;
        }
        for (int page : taken) {
            tree.pool().discard(page);
            tree.freeList().release(page);
        }
    }

    private record GivenUp(int page, long born) {}

    private int take(byte[] bytes) {
        int number = tree.freeList().allocate();
        PageLayout.putInt(bytes, PageLayout.NUMBER_OFFSET, number);
        PageLayout.setBorn(bytes, version);
        pages.put(number, bytes);
        taken.add(number);
        return number;
    }

    /** Writes what is finished past the pool, which may have what a reader that is late has found at these places. */
    private void writeRun() {
        if (!run.isEmpty()) {
            tree.file().writeRun(runStart, run);
            for (int i = 0; i < run.size(); i++) {
                tree.pool().discard(runStart + i);
            }
            run.clear();
        }
    }
}
