package storagelab.testkit.hybrid;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import storagelab.api.KeyRange;
import storagelab.api.Slice;
import storagelab.cost.EngineCosts;
import storagelab.hybrid.Decision;
import storagelab.hybrid.Evidence;
import storagelab.hybrid.RoundListener;
import storagelab.hybrid.Verdict;
import storagelab.recovery.EngineKind;
import storagelab.workload.RangeStatistics;

/** Rounds of a router that tests make up: a range after the other, from the empty key on. */
public final class Rounds {
    private final long atMillis;
    private final double seconds;
    private final List<Decision> decisions = new ArrayList<>();
    private final List<RangeStatistics> load = new ArrayList<>();
    private Slice from = Slice.EMPTY;

    private Rounds(long atMillis, double seconds) {
        this.atMillis = atMillis;
        this.seconds = seconds;
    }

    /**
     * What a range is asked for in a second.
     *
     * @param reads gets
     * @param writes puts
     * @param scans short ones
     */
    public record Asked(double reads, double writes, double scans) {
        /** Reads, and nothing else. */
        public static Asked reads(double reads) {
            return new Asked(reads, 0, 0);
        }
    }

    /** A round without ranges yet, whose counts stand for eight seconds. */
    public static Rounds at(long millis) {
        return new Rounds(millis, 8);
    }

    /** Adds the range up to {@code to}, the last one with {@code "∞"}; it has 1,024 bytes and costs 1 µs for each request on either engine. */
    public Rounds range(String to, EngineKind engine, Verdict verdict, Asked asked) {
        double requests = asked.reads + asked.writes + asked.scans;
        return range(to, engine, verdict, asked, new EngineCosts(requests, requests));
    }

    private Rounds range(String to, EngineKind engine, Verdict verdict, Asked asked, EngineCosts costs) {
        KeyRange range = to.equals("∞") ? KeyRange.from(from) : KeyRange.of(from, Slice.utf8(to));
        double requests = asked.reads + asked.writes + asked.scans;
        Evidence evidence = new Evidence(atMillis, costs, requests, Duration.ZERO, 0, 0, 1_024);
        decisions.add(new Decision(range, engine, verdict, evidence));
        load.add(new RangeStatistics(
                range,
                asked.reads * seconds / 2,
                asked.reads * seconds / 2,
                asked.scans * seconds / 4,
                asked.scans * seconds * 3 / 4,
                0,
                asked.writes * seconds * 3 / 4,
                asked.writes * seconds / 4,
                0,
                0));
        from = to.equals("∞") ? from : Slice.utf8(to);
        return this;
    }

    /** The last range costs {@code costs} and has {@code bytes} bytes. */
    public Rounds with(EngineCosts costs, long bytes) {
        int last = decisions.size() - 1;
        Decision decision = decisions.get(last);
        Evidence old = decision.evidence();
        decisions.set(
                last,
                new Decision(
                        decision.range(),
                        decision.from(),
                        decision.verdict(),
                        new Evidence(atMillis, costs, old.requestsPerSecond(), Duration.ZERO, 0, 0, bytes)));
        return this;
    }

    /** What the router has decided. */
    public List<Decision> decisions() {
        return decisions;
    }

    /** The load of the same ranges. */
    public List<RangeStatistics> load() {
        return load;
    }

    /** How many seconds of requests the load stands for. */
    public double seconds() {
        return seconds;
    }

    /** Tells {@code listener} the round. */
    public void tell(RoundListener listener) {
        listener.decided(decisions, load, seconds);
    }
}
