package storagelab.grader.bench.worker;

import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * The JMH benchmark of every {@link Workload}: one question after the other, each answer compared with the right one.
 * A JVM times one workload, so that the call of it is bound to one class and costs nothing.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class TimedWorkload {
    private static volatile @Nullable Workload chosen;
    private static volatile long wrongAnswers;

    private final Workload workload = takeChosen();
    private int next;

    /** Decides what this JVM times. */
    static void choose(Workload workload) {
        chosen = workload;
    }

    /** How many answers were wrong while the clock ran. */
    static long wrongAnswers() {
        return wrongAnswers;
    }

    private static Workload takeChosen() {
        Workload taken = chosen;
        if (taken == null) {
            throw new IllegalStateException("no workload was chosen");
        }
        return taken;
    }

    /** One question. */
    @Benchmark
    public long ask() {
        int question = next;
        next = question + 1 == workload.size() ? 0 : question + 1;
        long answer = workload.ask(question);
        if (answer != workload.expected(question)) {
            countWrong();
        }
        return answer;
    }

    private static synchronized void countWrong() {
        wrongAnswers++;
    }
}
