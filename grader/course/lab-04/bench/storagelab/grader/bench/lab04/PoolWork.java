package storagelab.grader.bench.lab04;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import storagelab.cache.PolicyKind;
import storagelab.file.StatsRecorder;
import storagelab.grader.bench.worker.Workload;
import storagelab.page.BufferPool;
import storagelab.page.Frame;
import storagelab.page.PageFile;

/**
 * A pool of 1,000 pages of a file of 2,000. Fifteen questions in sixteen are about 500 pages that everybody wants, one is
 * about any page. One in eight pins its page.
 */
public final class PoolWork implements Workload {
    private static final int PAGES = 2_000;
    private static final int CAPACITY = 1_000;
    private static final int HOT_PAGES = 500;
    private static final int QUESTIONS = 1 << 14;

    private final int[] numbers = new int[QUESTIONS];
    private @Nullable PageFile file;
    private @Nullable BufferPool pool;

    @Override
    public void prepare(Path directory, Random random) throws IOException {
        PageFile made = PoolPages.create(directory.resolve("pages"), PAGES, new StatsRecorder());
        file = made;
        pool = new BufferPool(made, CAPACITY, PolicyKind.CLOCK.create(CAPACITY));
        for (int i = 0; i < QUESTIONS; i++) {
            numbers[i] = PoolPages.FIRST_PAGE + random.nextInt(i % 16 == 0 ? PAGES : HOT_PAGES);
        }
    }

    @Override
    public int size() {
        return QUESTIONS;
    }

    @Override
    public long ask(int question) {
        BufferPool prepared = pool;
        if (prepared == null) {
            throw new IllegalStateException("not prepared");
        }
        int page = numbers[question];
        if (question % 8 != 1) {
            return PoolPages.number(prepared.read(page).bytes());
        }
        Frame frame = prepared.pin(page);
        long number = PoolPages.number(frame.bytes());
        prepared.unpin(frame);
        return number;
    }

    @Override
    public long expected(int question) {
        return numbers[question];
    }

    @Override
    public String describe(int question) {
        return "the number that stands in page " + numbers[question];
    }

    @Override
    public void close() {
        if (file != null) {
            file.close();
        }
    }
}
