package storagelab.grader.bench.lab07;

import java.nio.file.Path;
import java.util.Random;
import storagelab.grader.bench.worker.Workload;

/** A question is a round of the router over 16 ranges, each of which was asked for a little. It asks how many ranges the round has looked at, and how many have moved. */
public final class RouterWork implements Workload {
    private static final int QUESTIONS = 256;
    private static final int PUTS = 4;

    private RoutedRanges ranges = new RoutedRanges();

    @Override
    public void prepare(Path directory, Random random) {
        ranges = new RoutedRanges();
    }

    @Override
    public int size() {
        return QUESTIONS;
    }

    @Override
    public long ask(int question) {
        for (int range = 0; range < RoutedRanges.RANGES; range++) {
            ranges.ask(range, 0, PUTS);
        }
        int moves = ranges.round().size();
        return ranges.looked() + 100L * moves;
    }

    @Override
    public long expected(int question) {
        return RoutedRanges.RANGES;
    }

    @Override
    public String describe(int question) {
        return "ranges that a round has looked at, and a hundred times those that it has moved,";
    }

    @Override
    public void close() {}
}
