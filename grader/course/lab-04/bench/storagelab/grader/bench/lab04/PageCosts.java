package storagelab.grader.bench.lab04;

import java.util.List;
import java.util.Random;
import storagelab.api.Slice;
import storagelab.grader.bench.worker.Cost;
import storagelab.grader.bench.worker.CostProbe;
import storagelab.grader.bench.worker.WrongAnswerException;
import storagelab.page.PageLayout;
import storagelab.page.SlottedPage;

/** How much of a page its cells take, and how much room it has left after thousands of changes. */
public final class PageCosts implements CostProbe {
    private static final int PAGE_BYTES = PageLayout.DEFAULT_PAGE_BYTES;
    private static final int CHANGES = 5_000;

    /** A slot of six bytes, a byte for each length, key and value. */
    private static final int CELL_BYTES = 6 + 1 + 1 + Articles.KEY_BYTES + Articles.VALUE_BYTES;

    @Override
    public List<Cost> count(long seed) {
        Random random = new Random(seed);
        SlottedPage page = SlottedPage.format(new byte[PAGE_BYTES], PageLayout.LEAF);
        int next = 0;
        while (insert(page, random.nextInt(1 << 20) * 2L)) {
            next++;
        }
        int capacity = SlottedPage.capacityBytes(PAGE_BYTES);
        double bytesACell = (capacity - page.freeBytes()) / (double) page.count();
        for (int i = 0; i < CHANGES; i++) {
            page.remove(random.nextInt(page.count()));
            if (!insert(page, random.nextInt(1 << 20) * 2L + 1)) {
                throw new WrongAnswerException(
                        "a cell of " + CELL_BYTES + " bytes does not fit into the place of another");
            }
        }
        if (page.count() != next) {
            throw new WrongAnswerException(page.count() + " cells, and " + next + " are in the page");
        }
        int lost = capacity - page.freeBytes() - next * CELL_BYTES;
        return List.of(
                Cost.atMost("bytes a cell of 16 and 100 in a full page", bytesACell, CELL_BYTES),
                Cost.atMost("bytes that are lost after 5,000 removals and insertions", lost, 0));
    }

    /** Inserts a cell, if there is room; the next number, if there is one with this already. */
    private static boolean insert(SlottedPage page, long wanted) {
        long number = wanted;
        Slice key = Articles.key(number);
        int found = page.find(key);
        while (found >= 0) {
            key = Articles.key(++number);
            found = page.find(key);
        }
        return page.insert(-found - 1, key, Articles.value(number));
    }
}
