package storagelab.grader.bench.lab04;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import storagelab.api.Slice;
import storagelab.btree.MemoryPages;
import storagelab.btree.PageSource;
import storagelab.btree.TreeInsert;
import storagelab.btree.TreeSearch;
import storagelab.grader.bench.worker.Cost;
import storagelab.grader.bench.worker.CostProbe;
import storagelab.grader.bench.worker.WrongAnswerException;
import storagelab.page.PageLayout;

/** Pages that a get reads and a put edits, and how many the tree has, filled in order and at random. */
public final class TreeCosts implements CostProbe {
    private static final int ENTRIES = 20_000;

    /** 20,000 entries are at most 2,000 leaves, and a branch has 50 children at the least. */
    private static final int LEVELS_MAX = 3;

    /** Leaves that share with a neighbour are 78 % full, leaves that are divided in the middle 69 %: either will do. */
    private static final double PAGES_OF_HALVES = 1.2;

    @Override
    public List<Cost> count(long seed) {
        int[] shuffled = Articles.shuffledEven(ENTRIES, new Random(seed));
        int[] ascending = shuffled.clone();
        Arrays.sort(ascending);
        List<Cost> costs = new ArrayList<>();
        costs.addAll(fill("in order", ascending, 1.05));
        costs.addAll(fill("at random", shuffled, PAGES_OF_HALVES));
        return costs;
    }

    private static List<Cost> fill(String order, int[] numbers, double timesReference) {
        MemoryPages pages = new MemoryPages(PageLayout.DEFAULT_PAGE_BYTES);
        int root = PageSource.NO_PAGE;
        for (int number : numbers) {
            root = TreeInsert.put(pages, root, Articles.key(number), Articles.value(number));
        }
        double edits = (double) pages.edits() / numbers.length;
        long before = pages.reads();
        for (int number : numbers) {
            Slice found = TreeSearch.payload(pages, root, Articles.key(number));
            if (found == null || Articles.number(found) != number) {
                throw new WrongAnswerException("the tree has not what was put under " + Articles.key(number));
            }
        }
        double reads = (double) (pages.reads() - before) / numbers.length;
        return List.of(
                Cost.atMost("pages that a get reads, filled " + order, reads, LEVELS_MAX),
                Cost.atMost("pages that a put edits, filled " + order, edits, LEVELS_MAX + 0.1),
                Cost.timesReference("pages of 20,000 entries, filled " + order, pages.pageCount(), timesReference));
    }
}
