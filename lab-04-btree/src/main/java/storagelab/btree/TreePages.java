package storagelab.btree;

/**
 * The pages of a tree in the hands of somebody who changes it. What others see stays as it is: a page is changed in a
 * copy, under another number, so that whoever has the old root sees the old tree.
 *
 * <p>Example: the tree has the root 5 with the leaves 3 and 4, and a value in leaf 4 is to change. {@code edit(5)} is
 * 8, a copy of the root; {@code edit(4)} is 9, a copy of the leaf. The value is changed in {@code read(9)}, and the
 * child 4 becomes 9 in {@code read(8)}. The new tree begins at 8, the old one at 5; they share leaf 3. A second {@code
 * edit(9)} is 9: a copy that was made for this change is not copied again.
 */
public interface TreePages extends PageSource {
    /**
     * Makes a page one that may be changed, and answers under which number: its own if it was added or copied for this
     * very change, otherwise that of a copy. The old page is no longer part of the tree then; it need not be freed. The
     * bytes to change are those that {@link #read} gives for the number; they are good until the next change of the
     * tree begins.
     */
    int edit(int page);

    /**
     * A new page of {@code kind}, as {@link storagelab.page.SlottedPage#format} leaves it. Its bytes may be changed.
     */
    int add(int kind);

    /**
     * Says that a page, which was added for this change, is finished: it will not be changed any more and is hardly
     * read soon, so that it may go to the disk now and need no memory. Pages that are finished in the order of their
     * numbers are written together.
     */
    void finish(int page);

    /**
     * Says that a page is no longer part of the tree.
     *
     * @param born the version in which it was made, as its head says ({@link storagelab.page.PageLayout#born})
     */
    void free(int page, long born);
}
