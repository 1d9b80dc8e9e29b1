package storagelab.btree;

import storagelab.api.Slice;

/**
 * What became of a page in a change of the tree: the page that is there now and, if it had to be split, another to its
 * right.
 *
 * @param page the page in its place
 * @param separator between it and {@code right}; empty if there is none
 * @param right the page to its right; {@link PageSource#NO_PAGE} if it was not split
 */
public record ChangedPage(int page, Slice separator, int right) {
    /** A page that was not split. */
    public static ChangedPage whole(int page) {
        return new ChangedPage(page, Slice.EMPTY, PageSource.NO_PAGE);
    }

    /** Whether there are two pages now. */
    public boolean isSplit() {
        return right != PageSource.NO_PAGE;
    }
}
