package storagelab.btree;

import java.util.List;
import storagelab.course.Difficulty;
import storagelab.course.Exercise;
import storagelab.course.Given;
import storagelab.page.FreeList;
import storagelab.page.MetaPage;
import storagelab.page.PageLayout;
import storagelab.page.SlottedPage;

/**
 * Puts the tree on the disk as it is at one moment, so that a crash leaves that tree or the one before, whole.
 *
 * <p>This is <em>shadow paging</em>. A page that the last checkpoint refers to is never written over: whatever has
 * changed since then has another number ({@link TreeChange}), and its place in the file is one that the last checkpoint
 * calls free. So the new pages can be written in any order, and a crash among them does no harm. At one point the new
 * tree becomes the one to begin with: when the meta page that refers to its root is written. Before that everything
 * else has to be on the disk; hence two syncs:
 *
 * <ol>
 *   <li>The changed pages and the free list are written to free places.
 *   <li>Sync: whatever the next step refers to is there.
 *   <li>The other one of the two meta pages is written ({@link storagelab.page.PageFile#publish}).
 *   <li>Sync: the checkpoint is done, and what only the one before needed may be written over.
 * </ol>
 *
 * <p>The free list of the file is not the free list of the store. When the checkpoint is read again after a crash or a
 * restart, there are no snapshots and no checkpoint before it: so it says that pages are free which somebody still
 * needs now ({@link PageReclaimer#waiting}), and the pages of the free list before it. But it must not be
 * <em>stored</em> in one of those, for it is written while the checkpoint before is the valid one. The pages it is
 * stored in are in use from then on; those of the list before are given up. Another thread may close a snapshot
 * meanwhile, so that what waited for it can be used again.
 *
 * <p>Before that, what can be used again is taken back ({@link SharedTree#reclaim}), and free pages at the end of the
 * file are {@linkplain FreeList#dropFreeTail forgotten}: they are not part of the checkpoint.
 *
 * <p>Example: checkpoint 6 has the root 5 with the leaves 3 and 4, and its free list is stored in page 7; 6 pages, 2 to
 * 7, of which 2 and 6 are free. A value in leaf 4 is changed: the root is copied to 2, leaf 4 to 6; 4 and 5 wait.
 * Checkpoint 7: pages 4, 5 and 7 will be free. That takes a page for the list, and none is free now, so it is stored in
 * the new page 8. Written are 2, 6 and 8; then a sync; then meta page 1 (7 is odd), with root 2, 9 pages and the free
 * list in 8; then a sync. From now on 4, 5 and 7 are free in the store, too. A crash anywhere before meta page 1 is on
 * the disk leaves checkpoint 6: pages 3, 4, 5 and 7 are as they were.
 *
 * <p>Cost: every page that has changed since the last checkpoint is written once, in the order of page numbers; two
 * syncs.
 *
 * <p>Writers go on while pages are written: that takes nearly all of the time. What is written is frozen, and what they change
 * meanwhile has other pages. So the checkpoint first settles what it is of: the frozen state, the free list, what the meta page
 * is to say. Then it writes, syncs and publishes, while {@linkplain SharedTree#letWritersGoOn writers go on}. At last, as the writer
 * again, it releases the checkpoint before.
 *
 * <p>Concurrency: for the writer. Readers and snapshots go on, and other writers as said.
 */
@Exercise(
        id = "4.13",
        title = "Checkpoints by shadow paging",
        points = 9,
        difficulty = Difficulty.HARD,
        hours = 7,
        needs = {"4.3", "4.4", "4.5", "4.8", "4.9", "4.10", "4.11"})
public final class Checkpointer {
    @Given
    private final SharedTree tree;

    private List<Integer> freeListPages;

    /** For {@code tree}, as it was opened: its free list is stored where {@link FreeList#storedIn} says. */
    public Checkpointer(SharedTree tree) {
        this.tree = tree;
        this.freeListPages = tree.freeList().storedIn();
    }

    /**
     * Makes a checkpoint of what is published now. Does nothing if the last one has that already. Its log position is the
     * {@linkplain SharedTree#sequence sequence} of the tree.
     *
     * <p>The version is {@linkplain SharedTree#freeze frozen} and so held by the {@link PageReclaimer}; the version of
     * the checkpoint before, which was held until now, is released when the new one is on the disk, and not before. While
     * changed pages are written and synced, and the meta page too, other writers go on: what they change is not in it. If
     * anything throws, the last checkpoint stays valid; the store takes no more writes then, and this is not called
     * again.
     */
    public void checkpoint() {
        MetaPage last = tree.file().meta();
        if (tree.state().version() == last.version()) {
            return;
        }
        tree.reclaim(); // pages that nobody needs are not written
        TreeState state = tree.freeze();
        tree.freeList().dropFreeTail();
        int freeListPage = storeFreeList(last.version(), state.version());
        MetaPage next = next(last, state, freeListPage);
        tree.letWritersGoOn(() -> {
            tree.pool().writeBack(state.version());
            tree.file().sync();
            tree.file().publish(next);
        });
        tree.reclaimer().release(last.version());
        tree.reclaim();
    }

    /** The pages in which the free list of the last checkpoint is stored. */
    public List<Integer> freeListPages() {
        return freeListPages;
    }

    /** Stores what is free for whoever reads this checkpoint, and gives up the pages of the list before. */
    private int storeFreeList(long lastVersion, long version) {
        FreeList now = tree.freeList();
        FreeList afterwards = now.copy();
        tree.reclaimer().waiting().forEach(afterwards::release);
        freeListPages.forEach(afterwards::release);
        int first = afterwards.store(tree.file(), version, now::isFree);
        for (int page : freeListPages) {
            tree.reclaimer().giveUp(page, lastVersion, version);
        }
        freeListPages = afterwards.storedIn();
        for (int page : freeListPages) {
            if (now.allocate() != page) {
                throw new AssertionError("page " + page + " of the free list is not the next free one");
            }
        }
        return first;
    }

    /** What the other meta page is to say. */
    private MetaPage next(MetaPage last, TreeState state, int freeListPage) {
        return new MetaPage(
                tree.pageSizeBytes(),
                last.checkpoint() + 1,
                state.version(),
                state.root(),
                tree.freeList().pageCount(),
                freeListPage,
                tree.entries(),
                depth(state.root()),
                tree.sequence());
    }

    private int depth(int root) {
        int depth = root == PageSource.NO_PAGE ? 0 : 1;
        byte[] page = depth == 0 ? new byte[SlottedPage.HEAD_BYTES] : tree.read(root);
        while (PageLayout.kind(page) == PageLayout.BRANCH) {
            page = tree.read(new BranchNode(page).child(0));
            depth++;
        }
        return depth;
    }
}
