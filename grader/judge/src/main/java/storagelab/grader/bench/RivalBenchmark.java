package storagelab.grader.bench;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import storagelab.grader.bench.worker.JmhTask;

/**
 * A structure of a lab beside one of the JDK. Either a JMH class with a method for each side, or a {@link
 * storagelab.grader.bench.worker.CostProbe} whose costs have the rival's as their limits, such as bytes an entry.
 *
 * <p>A JMH class checks in its set-up that both sides answer alike, and throws if they do not. Its methods return what
 * they computed or give it to a {@code Blackhole}. A random choice comes from {@code Long.getLong("seed")}.
 *
 * @param id such as {@code "3.memtable-get"}
 * @param title a few words
 * @param type name of the JMH class, or of the probe
 * @param rival whom we are compared with; empty if nobody
 * @param ours our method; {@code null} if costs are counted
 * @param theirs the rival's method; {@code null} if there is none
 * @param targets what is to be shown
 */
public record RivalBenchmark(
        String id,
        String title,
        String type,
        String rival,
        @Nullable JmhTask ours,
        @Nullable JmhTask theirs,
        List<RivalTarget> targets) {
    public RivalBenchmark {
        targets = List.copyOf(targets);
    }

    /** Begins a comparison of times, made by the JMH class {@code type}. */
    public static Builder timed(String id, String title, String type) {
        return new Builder(id, title, type);
    }

    /** A comparison of what the {@link storagelab.grader.bench.worker.CostProbe} {@code probe} counts. */
    public static RivalBenchmark counted(String id, String title, String probe, String rival) {
        return new RivalBenchmark(id, title, probe, rival, null, null, List.of());
    }

    /** A comparison of times as it is put together. */
    public static final class Builder {
        private final String id;
        private final String title;
        private final String type;
        private final List<RivalTarget> targets = new ArrayList<>();
        private final Map<String, String> params = new HashMap<>();
        private String rival = "";
        private String ours = "";
        private String theirs = "";
        private boolean singleShot;
        private int threads = 1;
        private int operations;

        private Builder(String id, String title, String type) {
            this.id = id;
            this.title = title;
            this.type = type;
        }

        /** Whom we are compared with, and the methods of the JMH class. */
        public Builder against(String name, String ourMethod, String theirMethod) {
            rival = name;
            ours = ourMethod;
            theirs = theirMethod;
            return this;
        }

        /** There is nobody to compare with, only a target. */
        public Builder alone(String ourMethod) {
            ours = ourMethod;
            return this;
        }

        /** The value of a {@code @Param} field. */
        public Builder with(String param, String value) {
            params.put(param, value);
            return this;
        }

        /** How many threads call the method; 1 if nothing is said. */
        public Builder threads(int count) {
            threads = count;
            return this;
        }

        /** How many operations one call does, where the annotation {@code @OperationsPerInvocation} can't know. */
        public Builder operations(int aCall) {
            operations = aCall;
            return this;
        }

        /** A round is one call, on what {@code @Setup(Level.Iteration)} made: for filling empty structures. */
        public Builder singleShot() {
            singleShot = true;
            return this;
        }

        /** One more thing that is to be shown. */
        public Builder target(RivalTarget target) {
            targets.add(target);
            return this;
        }

        /** The comparison. */
        public RivalBenchmark build() {
            return new RivalBenchmark(
                    id, title, type, rival, task(ours), theirs.isEmpty() ? null : task(theirs), targets);
        }

        private JmhTask task(String method) {
            return new JmhTask(method, params, threads, singleShot, operations);
        }
    }
}
