package storagelab.btree;

import java.util.Arrays;
import storagelab.api.Slice;
import storagelab.course.ExercisePart;
import storagelab.page.PageLayout;
import storagelab.page.SlottedPage;

/**
 * An inner page of the tree: children, and a separator between each two neighbours. A view of a {@link SlottedPage}:
 * its cells are the separators, each with the page number of the child to its right as the payload (4 bytes,
 * little-endian); the leftmost child is the page number that the slotted page keeps for its owner.
 *
 * <p>Invariant: what is below a child is not less than the separator to its left and less than the one to its right.
 *
 * <p>Example: a branch with the separators {@code f} and {@code m} and the children 7, 4, 9. Page 7 has what is less
 * than f, page 4 what is from f on and less than m, page 9 the rest; f itself is in page 4.
 */
public final class BranchNode {
    private final SlottedPage cells;

    /** The branch in {@code page}. */
    public BranchNode(byte[] page) {
        this.cells = new SlottedPage(page);
    }

    /** The separators, each with the child to its right. */
    public SlottedPage cells() {
        return cells;
    }

    /** Number of children: one more than there are separators. */
    public int childCount() {
        return cells.count() + 1;
    }

    /**
     * The page number of a child.
     *
     * @throws IndexOutOfBoundsException if {@code index} is not in {@code [0, childCount())}
     */
    public int child(int index) {
        return index == 0 ? cells.ownersPage() : PageLayout.getInt(cells.bytes(), cells.payloadOffset(index - 1));
    }

    /** Puts another page in the place of a child. */
    public void setChild(int index, int page) {
        if (index == 0) {
            cells.setOwnersPage(page);
        } else {
            PageLayout.putInt(cells.bytes(), cells.payloadOffset(index - 1), page);
        }
    }

    /**
     * Adds a child.
     *
     * @param index of the separator: the new child gets the index after it
     * @param separator not greater than any key below the new child, greater than any to its left
     * @return false if there is no room; nothing has changed then
     */
    public boolean insert(int index, Slice separator, int page) {
        return cells.insert(index, separator, payload(page));
    }

    /**
     * The index of the child under which {@code key} is, if it is anywhere: the number of separators that are not
     * greater. In the example it is 0 for {@code a}, 1 for {@code f} and {@code g}, 2 for {@code m} and {@code z}.
     */
    @ExercisePart("4.7")
    public int childIndex(Slice key) {
        int found = cells.find(key);
        return found >= 0 ? found + 1 : -found - 1;
    }

    /** The payload that stands for a child. */
    static Slice payload(int page) {
        byte[] bytes = new byte[Integer.BYTES];
        PageLayout.putInt(bytes, 0, page);
        return Slice.wrap(bytes);
    }

    /** The child that a payload stands for. */
    static int pageOf(Slice payload) {
        int page = 0;
        for (int i = Integer.BYTES - 1; i >= 0; i--) {
            page = (page << Byte.SIZE) | (payload.byteAt(i) & 0xff);
        }
        return page;
    }

    @Override
    public String toString() {
        String[] words = new String[childCount()];
        Arrays.setAll(words, i -> (i == 0 ? "" : cells.key(i - 1) + " ") + child(i));
        return String.join(" ", words);
    }
}
