package storagelab.grader.bench.lab02;

import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import storagelab.api.Cursor;
import storagelab.api.KeyRange;
import storagelab.api.Slice;
import storagelab.grader.bench.worker.Workload;

/** The posts of a user: a cursor is made, walked through, every fourth backward, and closed. */
public final class StoreRangeWork implements Workload {
    private final KeyRange[] ranges = new KeyRange[StoreRanges.USERS];
    private final long[] answers = new long[StoreRanges.USERS];
    private @Nullable StoreRanges ranged;

    @Override
    public void prepare(Path directory, Random random) {
        StoreRanges filled = new StoreRanges(directory, random);
        ranged = filled;
        for (int user = 0; user < StoreRanges.USERS; user++) {
            KeyRange range = KeyRange.prefix(StoreRanges.user(user));
            ranges[user] = range;
            for (Map.Entry<Slice, Slice> entry : filled.content.entrySet()) {
                if (range.contains(entry.getKey())) {
                    answers[user] += MergeSources.digest(entry.getKey(), entry.getValue());
                }
            }
        }
    }

    @Override
    public int size() {
        return StoreRanges.USERS;
    }

    @Override
    public long ask(int question) {
        StoreRanges filled = ranged;
        if (filled == null) {
            throw new IllegalStateException("not prepared");
        }
        long digest = 0;
        try (Cursor cursor = filled.store.cursor(ranges[question])) {
            if (question % 4 == 3) {
                for (cursor.seekToLast(); cursor.isValid(); cursor.prev()) {
                    digest += MergeSources.digest(cursor.key(), cursor.value());
                }
            } else {
                for (cursor.seekToFirst(); cursor.isValid(); cursor.next()) {
                    digest += MergeSources.digest(cursor.key(), cursor.value());
                }
            }
        }
        return digest;
    }

    @Override
    public long expected(int question) {
        return answers[question];
    }

    @Override
    public String describe(int question) {
        return "a digest of the entries in " + ranges[question] + " of a store of 8,000";
    }

    @Override
    public void close() {
        StoreRanges filled = ranged;
        if (filled != null) {
            filled.store.close();
        }
    }
}
