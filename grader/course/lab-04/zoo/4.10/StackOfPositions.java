// exercise: 4.10
// type: storagelab.btree.BTreeCursor
// verdict: accepted
// because: the way from the root as a stack of objects, pushed on the way down and popped on the way up
// replace: type
package storagelab.btree;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import storagelab.api.Cursor;
import storagelab.api.Slice;
import storagelab.page.PageLayout;
import storagelab.page.SlottedPage;

public final class BTreeCursor implements Cursor {
    private record Position(SlottedPage cells, int index) {}

    private final PageSource pages;
    private final int root;
    private final Deque<Position> branches = new ArrayDeque<>();
    private @Nullable SlottedPage leaf;
    private int index;
    private boolean closed;

    public BTreeCursor(PageSource pages, int root) {
        this.pages = pages;
        this.root = root;
    }

    @Override
    public boolean isValid() {
        open();
        return leaf != null;
    }

    @Override
    public void seekToFirst() {
        moveTo(branch -> 0, cells -> 0);
    }

    @Override
    public void seekToLast() {
        moveTo(cells -> cells.count(), cells -> cells.count() - 1);
    }

    @Override
    public void seek(Slice key) {
        moveTo(cells -> child(cells, key), cells -> lowerBound(cells, key));
    }

    @Override
    public void seekBefore(Slice key) {
        moveTo(cells -> child(cells, key), cells -> lowerBound(cells, key) - 1);
    }

    @Override
    public void next() {
        SlottedPage from = here();
        leaf = null;
        settle(from, index + 1);
    }

    @Override
    public void prev() {
        SlottedPage from = here();
        leaf = null;
        settle(from, index - 1);
    }

    @Override
    public Slice key() {
        return here().key(index);
    }

    @Override
    public Slice value() {
        return StoredValue.load(pages, here().payload(index));
    }

    @Override
    public void close() {
        closed = true;
        leaf = null;
        branches.clear();
    }

    private static int child(SlottedPage cells, Slice key) {
        return new BranchNode(cells.bytes()).childIndex(key);
    }

    private static int lowerBound(SlottedPage cells, Slice key) {
        int found = cells.find(key);
        return found >= 0 ? found : -found - 1;
    }

    private void moveTo(ToIntFunction<SlottedPage> inBranch, ToIntFunction<SlottedPage> inLeaf) {
        open();
        leaf = null;
        branches.clear();
        if (root != PageSource.NO_PAGE) {
            SlottedPage cells = down(root, inBranch);
            settle(cells, inLeaf.applyAsInt(cells));
        }
    }

    private SlottedPage down(int page, ToIntFunction<SlottedPage> inBranch) {
        byte[] bytes = pages.read(page);
        while (PageLayout.kind(bytes) == PageLayout.BRANCH) {
            SlottedPage cells = new SlottedPage(bytes);
            int chosen = inBranch.applyAsInt(cells);
            branches.push(new Position(cells, chosen));
            bytes = pages.read(new BranchNode(bytes).child(chosen));
        }
        return new SlottedPage(bytes);
    }

    private void settle(SlottedPage cells, int at) {
        index = at;
        if (at >= 0 && at < cells.count()) {
            leaf = cells;
            return;
        }
        boolean forward = at >= 0;
        while (!branches.isEmpty()) {
            Position above = branches.pop();
            int chosen = above.index() + (forward ? 1 : -1);
            if (chosen >= 0 && chosen <= above.cells().count()) {
                branches.push(new Position(above.cells(), chosen));
                SlottedPage next = down(
                        new BranchNode(above.cells().bytes()).child(chosen), branch -> forward ? 0 : branch.count());
                index = forward ? 0 : next.count() - 1;
                leaf = next;
                return;
            }
        }
    }

    private SlottedPage here() {
        open();
        SlottedPage cells = leaf;
        if (cells == null) {
            throw new IllegalStateException("at no entry");
        }
        return cells;
    }

    private void open() {
        if (closed) {
            throw new IllegalStateException("closed");
        }
    }
}
