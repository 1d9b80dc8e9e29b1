package storagelab.grader.bench.lab06;

import storagelab.api.WriteBatch;

/** An engine that keeps only sums of what it was told to apply, so that what is measured is recovery and not the engine. */
final class ReplayedEngine extends MeasuredEngine {
    private long last;
    private long batches;
    private long operations;
    private long sum;

    /** An engine that has the operations up to a sequence. */
    ReplayedEngine(long last) {
        this.last = last;
    }

    @Override
    public void apply(long sequence, WriteBatch batch) {
        if (sequence <= last) {
            throw new IllegalArgumentException("a batch at " + sequence + " of an engine that has " + last);
        }
        batches++;
        long at = sequence;
        for (WriteBatch.Operation operation : batch.operations()) {
            sum += at * number(operation);
            at++;
        }
        operations += at - sequence;
        last = at - 1;
    }

    /** A number for an operation: that of the value, or of a deletion the end of the key. */
    static long number(WriteBatch.Operation operation) {
        return operation instanceof WriteBatch.Put put
                ? Accounts.number(put.value())
                : operation.key().wordAt(Accounts.KEY_BYTES - Long.BYTES);
    }

    /** How often {@link #apply} was called. */
    long batches() {
        return batches;
    }

    /** How many operations were applied. */
    long operations() {
        return operations;
    }

    /** Of the {@link #number} of each operation, times its sequence. */
    long sum() {
        return sum;
    }

    @Override
    public long lastSequence() {
        return last;
    }
}
