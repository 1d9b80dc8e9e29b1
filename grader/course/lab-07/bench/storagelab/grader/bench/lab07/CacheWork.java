package storagelab.grader.bench.lab07;

import java.nio.file.Path;
import java.util.Random;
import storagelab.cache.Traces;
import storagelab.grader.bench.worker.Workload;

/** A question wants 16 pages by Zipf's law, each of them twice, and asks how often the second time found it. */
public final class CacheWork implements Workload {
    private static final int SLOTS = 1_000;
    private static final int PAGES = 10_000;
    private static final int REQUESTS = 16;
    private static final int QUESTIONS = 2_048;

    private int[] trace = {};
    private PageMemory memory = new PageMemory(SLOTS, PAGES);

    @Override
    public void prepare(Path directory, Random random) {
        trace = Traces.zipf(PAGES, QUESTIONS * REQUESTS, random);
        memory = new PageMemory(SLOTS, PAGES);
    }

    @Override
    public int size() {
        return QUESTIONS;
    }

    @Override
    public long ask(int question) {
        int found = 0;
        int first = question * REQUESTS;
        for (int i = first; i < first + REQUESTS; i++) {
            boolean unused = memory.want(trace[i]);
            if (memory.want(trace[i])) {
                found++;
            }
        }
        return found;
    }

    @Override
    public long expected(int question) {
        return REQUESTS;
    }

    @Override
    public String describe(int question) {
        return "of 16 pages that are wanted twice in a row, those that are there the second time";
    }

    @Override
    public void close() {}
}
