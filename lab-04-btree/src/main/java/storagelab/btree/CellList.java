package storagelab.btree;

import java.util.ArrayList;
import java.util.List;
import storagelab.api.Slice;
import storagelab.page.PageLayout;
import storagelab.page.SlottedPage;

/**
 * Cells on their way from pages to pages: what a split or a merge takes apart and puts together again.
 *
 * <p>Concurrency: one thread.
 */
public final class CellList {
    private record Cell(Slice key, Slice payload) {
        int bytes() {
            return SlottedPage.cellBytes(key.length(), payload.length());
        }
    }

    private final List<Cell> cells = new ArrayList<>();

    /** Appends the cells of {@code page}, copied, so that the page may be written over. */
    public CellList addAll(SlottedPage page) {
        SlottedPage copy = new SlottedPage(page.bytes().clone());
        for (int i = 0; i < copy.count(); i++) {
            cells.add(new Cell(copy.key(i), copy.payload(i)));
        }
        return this;
    }

    /** Inserts a cell at {@code index}. */
    public CellList insert(int index, Slice key, Slice payload) {
        cells.add(index, new Cell(key, payload));
        return this;
    }

    /** Number of cells. */
    public int count() {
        return cells.size();
    }

    /** The key of a cell. */
    public Slice key(int index) {
        return cells.get(index).key;
    }

    /** The payload of a cell. */
    public Slice payload(int index) {
        return cells.get(index).payload;
    }

    /** Bytes that the cells {@code [from, to)} take in a page, their slots included. */
    public int bytes(int from, int to) {
        int sum = 0;
        for (int i = from; i < to; i++) {
            sum += cells.get(i).bytes();
        }
        return sum;
    }

    /**
     * Makes the cells {@code [from, to)} those of {@code page}, in place of what it has. Its kind and its owner's page
     * stay.
     */
    public void write(int from, int to, SlottedPage page) {
        int ownersPage = page.ownersPage();
        SlottedPage.format(page.bytes(), PageLayout.kind(page.bytes()));
        page.setOwnersPage(ownersPage);
        for (int i = from; i < to; i++) {
            if (!page.insert(i - from, key(i), payload(i))) {
                throw new AssertionError("cells " + from + " to " + to + " take " + bytes(from, to) + " bytes");
            }
        }
    }
}
