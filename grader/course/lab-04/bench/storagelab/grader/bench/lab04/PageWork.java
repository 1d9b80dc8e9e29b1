package storagelab.grader.bench.lab04;

import java.nio.file.Path;
import java.util.Random;
import storagelab.api.Slice;
import storagelab.grader.bench.worker.Workload;
import storagelab.page.PageLayout;
import storagelab.page.SlottedPage;

/**
 * 64 pages of 4 KiB with 30 cells each. Two questions in four look for a key that is there, one for a key that is not, and
 * one removes a cell and inserts it again.
 */
public final class PageWork implements Workload {
    private static final int PAGES = 64;
    private static final int CELLS = 30;
    private static final int QUESTIONS = 4_096;

    private final SlottedPage[] pages = new SlottedPage[PAGES];
    private final SlottedPage[] asked = new SlottedPage[QUESTIONS];
    private final Slice[] keys = new Slice[QUESTIONS];
    private final Slice[] values = new Slice[QUESTIONS];
    private final long[] answers = new long[QUESTIONS];

    @Override
    public void prepare(Path directory, Random random) {
        for (int i = 0; i < PAGES; i++) {
            pages[i] = SlottedPage.format(new byte[PageLayout.DEFAULT_PAGE_BYTES], PageLayout.LEAF);
            for (int number : Articles.shuffledEven(CELLS, random)) {
                insert(pages[i], Articles.key(number), Articles.value(number));
            }
        }
        for (int i = 0; i < QUESTIONS; i++) {
            int index = random.nextInt(CELLS);
            boolean present = i % 4 != 1;
            asked[i] = pages[random.nextInt(PAGES)];
            keys[i] = Articles.key(present ? 2L * index : 2L * index + 1);
            values[i] = Articles.value(2L * index);
            answers[i] = present ? index : -index - 2;
        }
    }

    @Override
    public int size() {
        return QUESTIONS;
    }

    @Override
    public long ask(int question) {
        SlottedPage page = asked[question];
        int found = page.find(keys[question]);
        if (isChange(question)) {
            page.remove(found);
            return insert(page, keys[question], values[question]);
        }
        return found;
    }

    @Override
    public long expected(int question) {
        return answers[question];
    }

    @Override
    public String describe(int question) {
        return (isChange(question)
                        ? "the index from which the cell is removed and to which it goes back, key "
                        : "find of the key ")
                + keys[question] + " in a page of " + CELLS + " cells";
    }

    @Override
    public void close() {}

    private static boolean isChange(int question) {
        return question % 4 == 3;
    }

    private static int insert(SlottedPage page, Slice key, Slice value) {
        int index = -page.find(key) - 1;
        return page.insert(index, key, value) ? index : Integer.MIN_VALUE;
    }
}
