package storagelab.query.plan;

import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import storagelab.query.Row;

/** A node of a plan while it is executed: it pulls rows from its inputs, and counts what it does. */
abstract class Operator implements RowCursor {
    private final List<Operator> inputs;
    final WorkCounter counter = new WorkCounter();
    private @Nullable LongSupplier clock;
    private long returned;
    private long nanos;
    private boolean wasExhausted;

    Operator(Operator... inputs) {
        this.inputs = List.of(inputs);
    }

    /** The next row; null after the last. */
    abstract @Nullable Row advance();

    /** Releases what this operator itself holds. */
    void release() {}

    /** Has the time of every call taken from now on, here and in all inputs. */
    final void measureWith(LongSupplier nanoTime) {
        clock = nanoTime;
        inputs.forEach(input -> input.measureWith(nanoTime));
    }

    @Override
    public final @Nullable Row next() {
        LongSupplier nanoTime = clock;
        long start = nanoTime == null ? 0 : nanoTime.getAsLong();
        Row row = advance();
        if (nanoTime != null) {
            nanos += nanoTime.getAsLong() - start;
        }
        if (row == null) {
            wasExhausted = true;
        } else {
            returned++;
        }
        return row;
    }

    @Override
    public final void close() {
        release();
        inputs.forEach(Operator::close);
    }

    final List<Operator> inputs() {
        return inputs;
    }

    /** How many rows it has returned. */
    final long returned() {
        return returned;
    }

    /** Whether it was asked until it had no more rows. */
    final boolean wasExhausted() {
        return wasExhausted;
    }

    /** How long its calls took, those of its inputs included. */
    final long nanos() {
        return nanos;
    }

    /** What it and its inputs have done. */
    final Work totalWork() {
        Work total = counter.toWork();
        for (Operator input : inputs) {
            total = total.plus(input.totalWork());
        }
        return total;
    }
}
