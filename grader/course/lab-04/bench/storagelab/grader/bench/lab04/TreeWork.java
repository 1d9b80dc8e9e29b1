package storagelab.grader.bench.lab04;

import java.nio.file.Path;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import storagelab.api.Slice;
import storagelab.btree.MemoryPages;
import storagelab.btree.PageSource;
import storagelab.btree.TreeInsert;
import storagelab.btree.TreeSearch;
import storagelab.grader.bench.worker.Workload;
import storagelab.page.PageLayout;

/**
 * A tree of 100,000 entries in pages of 4 KiB in memory. Two questions in four get a key that is there, one a key that is
 * not, and one puts a value in the place of another and gets it back.
 */
public final class TreeWork implements Workload {
    private static final int ENTRIES = 100_000;
    private static final int QUESTIONS = 4_096;
    private static final long NOTHING = -1;

    private final MemoryPages pages = new MemoryPages(PageLayout.DEFAULT_PAGE_BYTES);
    private final Slice[] keys = new Slice[QUESTIONS];
    private final long[] answers = new long[QUESTIONS];
    private int root = PageSource.NO_PAGE;

    @Override
    public void prepare(Path directory, Random random) {
        int[] numbers = Articles.shuffledEven(ENTRIES, random);
        for (int number : numbers) {
            root = TreeInsert.put(pages, root, Articles.key(number), Articles.value(number));
        }
        for (int i = 0; i < QUESTIONS; i++) {
            int number = numbers[random.nextInt(ENTRIES)];
            boolean present = i % 4 != 1;
            keys[i] = Articles.key(present ? number : number + 1L);
            answers[i] = present ? number : NOTHING;
        }
    }

    @Override
    public int size() {
        return QUESTIONS;
    }

    @Override
    public long ask(int question) {
        Slice key = keys[question];
        if (isPut(question)) {
            root = TreeInsert.put(pages, root, key, Articles.value(answers[question]));
        }
        return numberOf(TreeSearch.payload(pages, root, key));
    }

    @Override
    public long expected(int question) {
        return answers[question];
    }

    @Override
    public String describe(int question) {
        return (isPut(question) ? "put of the key and get, key " : "get of the key ") + keys[question]
                + " in a tree of 100,000";
    }

    @Override
    public void close() {}

    private static boolean isPut(int question) {
        return question % 4 == 3;
    }

    private static long numberOf(@Nullable Slice payload) {
        return payload == null ? NOTHING : Articles.number(payload);
    }
}
