package storagelab.testkit.wal;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import storagelab.api.Slice;
import storagelab.api.WriteBatch;
import storagelab.file.StatsRecorder;
import storagelab.log.BatchRecord;
import storagelab.wal.LogScan;
import storagelab.wal.Lsn;
import storagelab.wal.WriteAheadLog;

/** Batches whose content follows from their sequence, and a log that is read back into a list of them. */
public final class History {
    private History() {}

    /** The batch whose first operation has {@code sequence}: one to three operations, and values of different lengths. */
    public static WriteBatch batch(long sequence) {
        WriteBatch batch = new WriteBatch();
        for (long s = sequence; s < sequence + operations(sequence); s++) {
            Slice key = Slice.utf8("key " + s % 17);
            if (s % 5 == 0) {
                batch.delete(key);
            } else {
                batch.put(key, Slice.utf8(("value " + s + " ").repeat((int) (s * 7 % 23))));
            }
        }
        return batch;
    }

    /** How many operations that batch has: one to three. */
    public static int operations(long sequence) {
        return (int) (sequence * 31 % 3) + 1;
    }

    /** Appends the batch that comes next. */
    public static Lsn append(WriteAheadLog log) {
        long sequence = log.lastSequence() + 1;
        return log.append(sequence, List.of(batch(sequence)));
    }

    /** Appends a number of batches. */
    public static void append(WriteAheadLog log, int batches) {
        for (int i = 0; i < batches; i++) {
            append(log);
        }
    }

    /** All batches of the log after a sequence. */
    public static List<BatchRecord> read(Path directory, long afterSequence) {
        List<BatchRecord> batches = new ArrayList<>();
        try (LogScan scan = LogScan.open(directory, afterSequence, new StatsRecorder())) {
            for (BatchRecord next = scan.next(); next != null; next = scan.next()) {
                batches.add(next);
            }
        }
        return batches;
    }

    /**
     * Fails unless these are consecutive batches of this history, the first of which has {@code afterSequence + 1}. Returns the
     * last sequence.
     */
    public static long assertFollows(long afterSequence, List<BatchRecord> batches) {
        long last = afterSequence;
        for (BatchRecord found : batches) {
            WriteBatch expected = batch(found.sequence());
            assertThat("batch " + found.sequence(), found.batch().toString(), is(expected.toString()));
            if (found != batches.get(0)) {
                assertThat("the batch after sequence " + last, found.sequence(), is(last + 1));
            }
            last = found.sequence() + expected.operations().size() - 1;
        }
        return last;
    }
}
