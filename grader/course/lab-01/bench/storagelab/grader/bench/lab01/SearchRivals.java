package storagelab.grader.bench.lab01;

import java.util.Arrays;
import java.util.Random;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import storagelab.grader.bench.worker.WrongAnswerException;
import storagelab.search.BinarySearch;
import storagelab.search.IntSequence;

/** Binary search of sorted integers, each present, beside {@link Arrays#binarySearch(int[], int)}. */
@State(Scope.Benchmark)
public class SearchRivals {
    private static final int QUESTIONS = 4_096;

    @Param("100000")
    private int length;

    private final int[] targets = new int[QUESTIONS];
    private int[] sorted = {};
    private IntSequence sequence = IntSequence.of();
    private int next;

    /** Fills both sides, and asks both every question once. */
    @Setup
    public void prepare() {
        Random random = new Random(Long.getLong("seed", 1));
        sorted = new int[length];
        for (int i = 0, element = -length; i < length; i++) {
            element += 1 + random.nextInt(3);
            sorted[i] = element;
        }
        sequence = IntSequence.of(sorted);
        for (int i = 0; i < QUESTIONS; i++) {
            targets[i] = sorted[random.nextInt(length)];
            int ours = BinarySearch.indexOf(sequence, targets[i]);
            int theirs = Arrays.binarySearch(sorted, targets[i]);
            if (ours != theirs) {
                throw new WrongAnswerException("indexOf(…, " + targets[i] + ") gave " + ours + " and not " + theirs);
            }
        }
    }

    private int target() {
        next = (next + 1) % QUESTIONS;
        return targets[next];
    }

    /** One search of ours. */
    @Benchmark
    public int ours() {
        return BinarySearch.indexOf(sequence, target());
    }

    /** One search of the JDK's. */
    @Benchmark
    public int jdk() {
        return Arrays.binarySearch(sorted, target());
    }
}
