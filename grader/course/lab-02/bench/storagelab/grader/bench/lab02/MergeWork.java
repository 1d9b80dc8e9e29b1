package storagelab.grader.bench.lab02;

import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import storagelab.api.Cursor;
import storagelab.api.Entry;
import storagelab.api.Slice;
import storagelab.cursor.MergingCursor;
import storagelab.grader.bench.worker.Workload;

/**
 * Ranges of a merge of eight sources with 100,000 keys, some overwritten, some deleted: a seek, and a hundred entries from
 * there; every fourth range is read backward.
 */
public final class MergeWork implements Workload {
    private static final int SOURCES = 8;
    private static final int KEYS = 100_000;
    private static final int LENGTH = 100;
    private static final int QUESTIONS = 512;

    private final Slice[] starts = new Slice[QUESTIONS];
    private final long[] answers = new long[QUESTIONS];
    private MergingCursor cursor = new MergingCursor(List.of());

    @Override
    public void prepare(Path directory, Random random) {
        MergeSources sources = MergeSources.overlapping(SOURCES, KEYS, random);
        List<Entry> merged = sources.merged();
        for (int i = 0; i < QUESTIONS; i++) {
            int from = LENGTH + random.nextInt(merged.size() - 2 * LENGTH);
            starts[i] = merged.get(from).key();
            List<Entry> range =
                    isBackward(i) ? merged.subList(from - LENGTH, from) : merged.subList(from, from + LENGTH);
            for (Entry entry : range) {
                answers[i] += MergeSources.digest(entry.key(), entry.value());
            }
        }
        cursor = new MergingCursor(sources.cursors());
    }

    @Override
    public int size() {
        return QUESTIONS;
    }

    @Override
    public long ask(int question) {
        return isBackward(question) ? before(starts[question]) : from(starts[question]);
    }

    @Override
    public long expected(int question) {
        return answers[question];
    }

    @Override
    public String describe(int question) {
        return "a digest of the " + LENGTH + " entries " + (isBackward(question) ? "before " : "from ")
                + starts[question] + " in a merge of eight sources";
    }

    @Override
    public void close() {
        cursor.close();
    }

    private long from(Slice key) {
        Cursor merge = cursor;
        long digest = 0;
        merge.seek(key);
        for (int i = 0; i < LENGTH && merge.isValid(); i++) {
            digest += MergeSources.digest(merge.key(), merge.value());
            merge.next();
        }
        return digest;
    }

    private long before(Slice key) {
        Cursor merge = cursor;
        long digest = 0;
        merge.seekBefore(key);
        for (int i = 0; i < LENGTH && merge.isValid(); i++) {
            digest += MergeSources.digest(merge.key(), merge.value());
            merge.prev();
        }
        return digest;
    }

    private static boolean isBackward(int question) {
        return question % 4 == 3;
    }
}
