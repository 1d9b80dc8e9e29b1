package storagelab.grader.bench.lab07;

import java.nio.file.Path;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import storagelab.grader.bench.worker.Workload;

/** A question moves 100 entries to the other tier, in steps of 50, and adds up how many have moved and the number in the value of one of them. */
public final class MoveWork implements Workload {
    private static final int ENTRIES = 100;
    private static final int RANGES = 20;
    private static final int QUESTIONS = 2 * RANGES;

    private @Nullable Tiers tiers;

    @Override
    public void prepare(Path directory, Random random) {
        tiers = new Tiers(RANGES * ENTRIES, (long) ENTRIES / 2 * Goods.ENTRY_BYTES);
    }

    @Override
    public int size() {
        return QUESTIONS;
    }

    @Override
    public long ask(int question) {
        Tiers open = tiers;
        if (open == null) {
            throw new IllegalStateException("not prepared");
        }
        int first = first(question);
        String to = question < RANGES ? Tiers.SECOND : Tiers.FIRST;
        return open.move(first, first + ENTRIES, to).entries() + open.get(first + ENTRIES / 2);
    }

    @Override
    public long expected(int question) {
        return (long) ENTRIES + first(question) + ENTRIES / 2;
    }

    private static int first(int question) {
        return question % RANGES * ENTRIES;
    }

    @Override
    public String describe(int question) {
        return "100, for that many entries that move, and the number of an entry among them";
    }

    @Override
    public void close() {
        Tiers open = tiers;
        if (open != null) {
            open.close();
        }
    }
}
