package storagelab.grader.bench.peers;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.closeTo;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import storagelab.grader.bench.engine.EngineWorkload;
import storagelab.grader.bench.engine.PhaseResult;
import storagelab.grader.bench.engine.PhaseResult.Figure;
import storagelab.grader.bench.peers.PeerComparison.Sample;
import storagelab.grader.bench.peers.PeerTarget.Pair;
import storagelab.grader.model.PeersResult.Cell;
import storagelab.grader.model.PeersResult.Outcome;
import storagelab.grader.model.PeersResult.Target;

@DisplayName("Figures of engines")
final class PeerFiguresTest {
    private static final EngineWorkload READ = EngineWorkload.READ_RANDOM;

    private final List<Sample> samples = new ArrayList<>();

    private void sample(String engine, int round, double perSecond, double pace) {
        samples.add(new Sample(engine, round, new PhaseResult(READ, perSecond, pace, Map.of(), "")));
    }

    private Cell cell(String engine) {
        return Objects.requireNonNull(new PeerFigures(samples).cell(READ, engine));
    }

    @Test
    @DisplayName("are medians over the rounds, with the slowest and the fastest")
    void medians() {
        sample("ours", 1, 30, 100);
        sample("ours", 2, 10, 100);
        sample("ours", 3, 20, 100);

        assertThat(cell("ours").median(), is(20.0));
        assertThat(cell("ours").low(), is(10.0));
        assertThat(cell("ours").high(), is(30.0));
        assertThat(new PeerFigures(samples).leftOut(), is(empty()));
        assertThat(new PeerFigures(samples).cell(READ, "lmdb"), is(nullValue()));
    }

    @Test
    @DisplayName("leave out a round in which the machine was busy, and say so")
    void disturbed() {
        sample("ours", 1, 30, 100);
        sample("ours", 2, 10, 84);
        sample("ours", 3, 20, 86);

        assertThat(cell("ours").median(), is(25.0));
        assertThat(cell("ours").low(), is(20.0));
        assertThat(cell("ours").disturbed(), is(false));
        assertThat(new PeerFigures(samples).leftOut(), contains("readrandom of ours in round 2 (84 %)"));
    }

    @Test
    @DisplayName("are kept and marked if the machine was busy in every round")
    void alwaysDisturbed() {
        sample("ours", 1, 30, 80);
        sample("ours", 2, 10, 60);
        sample("lmdb", 1, 5, 100);

        assertThat(cell("ours").median(), is(20.0));
        assertThat(cell("ours").disturbed(), is(true));
        assertThat(cell("lmdb").disturbed(), is(false));
        assertThat(new PeerFigures(samples).leftOut(), is(empty()));
        Target target = PeerTarget.timesAsFast(READ, 2, "lmdb").judge(new PeerFigures(samples));
        assertThat(target.outcome(), is(Outcome.OPEN));
    }

    @Test
    @DisplayName("of an engine that failed once are none")
    void failed() {
        sample("ours", 1, 30, 100);
        samples.add(new Sample("ours", 2, PhaseResult.problem(READ, "Wrong answer: record 4 was not found.")));

        assertThat(cell("ours").median(), is(Double.NaN));
        assertThat(cell("ours").problem(), is("Wrong answer: record 4 was not found."));
        assertThat(
                PeerTarget.timesAsFast(READ, 2, "lmdb")
                        .judge(new PeerFigures(samples))
                        .outcome(),
                is(Outcome.OPEN));
    }

    @Test
    @DisplayName("reach a target or miss it by a share of the bound; the fastest rival counts")
    void targets() {
        sample("ours", 1, 20, 100);
        sample("lmdb", 1, 16, 100);
        sample("lmdb-writemap", 1, 25, 100);

        PeerFigures figures = new PeerFigures(samples);
        Target met = PeerTarget.timesAsFast(READ, 1.25, "lmdb").judge(figures);
        assertThat(met, is(new Target("readrandom: at least 1.25 times lmdb", 1.25, 1.25, Outcome.MET, 0)));
        Target missed =
                PeerTarget.timesAsFast(READ, 1, "lmdb", "lmdb-writemap", "tupl").judge(figures);
        assertThat(missed.description(), is("readrandom: at least 1 times lmdb-writemap"));
        assertThat(missed.outcome(), is(Outcome.MISSED));
        assertThat(missed.missedBy(), is(closeTo(0.2, 1e-9)));
        Target open = PeerTarget.timesAsFast(READ, 1, "tupl", "mvstore").judge(figures);
        assertThat(open.description(), is("readrandom: at least 1 times tupl or mvstore"));
        assertThat(open.outcome(), is(Outcome.OPEN));
    }

    @Test
    @DisplayName("have other targets: against ourselves, at most so much, a share of the disk")
    void otherTargets() {
        sample("ours", 1, 20, 100);
        figures(EngineWorkload.READ_RANDOM_2, Map.of());
        figures(EngineWorkload.LARGE_READ, Map.of(Figure.PAGE_READS_PER_GET, 1.5));
        figures(
                EngineWorkload.BULK_LOAD,
                Map.of(Figure.FILE_BYTES_PER_SECOND, 60.0, Figure.DISK_BYTES_PER_SECOND, 100.0));

        PeerFigures figures = new PeerFigures(samples);
        assertThat(
                PeerTarget.timesOurOwn(EngineWorkload.READ_RANDOM_2, 1.7, READ).judge(figures),
                is(new Target("readrandom2: at least 1.7 times our readrandom", 2, 1.7, Outcome.MET, 0)));
        Target reads = PeerTarget.atMost(EngineWorkload.LARGE_READ, Figure.PAGE_READS_PER_GET, 1.2, "page reads,")
                .judge(figures);
        assertThat(reads.description(), is("big-read: page reads, at most 1.2"));
        assertThat(reads.outcome(), is(Outcome.MISSED));
        assertThat(reads.missedBy(), is(closeTo(0.25, 1e-9)));
        assertThat(PeerTarget.shareOfTheDisk(0.5).judge(figures).outcome(), is(Outcome.MET));
    }

    @Test
    @DisplayName("have targets of two engines' figures, of nothing at all, and of the slowest operations")
    void figuresOfOthers() {
        engine("ours", EngineWorkload.LARGE_LOAD, Map.of(Figure.WRITE_AMPLIFICATION, 3.0));
        engine("rocksdb", EngineWorkload.LARGE_LOAD, Map.of(Figure.WRITE_AMPLIFICATION, 4.0));
        engine("ours", EngineWorkload.REOPEN_KILL, Map.of(Figure.RECORDS_LOST, 7.0));
        engine(
                "ours",
                EngineWorkload.OVERLOAD,
                Map.of(Figure.MICROS_MEDIAN, 2.0, Figure.MICROS_P999, 150.0, Figure.MICROS_SYNC, 80.0));

        PeerFigures figures = new PeerFigures(samples);
        Pair pair = new Pair("ours", "rocksdb");
        assertThat(
                PeerTarget.atMostThatOf(EngineWorkload.LARGE_LOAD, Figure.WRITE_AMPLIFICATION, 1, pair)
                        .judge(figures),
                is(new Target("big-load: written, ours at most 1 times rocksdb", 0.75, 1, Outcome.MET, 0)));
        Target lost = PeerTarget.atMost(EngineWorkload.REOPEN_KILL, Figure.RECORDS_LOST, 0, "records lost,")
                .judge(figures);
        assertThat(lost.outcome(), is(Outcome.MISSED));
        assertThat(lost.missedBy(), is(7.0));
        Target tail = PeerTarget.tailOf(EngineWorkload.OVERLOAD, 10).judge(figures);
        assertThat(tail.description(), is("overload: p99.9 over 10 medians and a sync at most 1"));
        assertThat(tail.value(), is(closeTo(1.5, 1e-9)));
        assertThat(
                PeerTarget.atMostThatOf(EngineWorkload.FILL_RANDOM, Figure.FILE_TO_DATA, 1, pair)
                        .judge(figures)
                        .outcome(),
                is(Outcome.OPEN));
    }

    private void engine(String name, EngineWorkload workload, Map<Figure, Double> seen) {
        samples.add(new Sample(name, 1, new PhaseResult(workload, 40, 100, seen, "")));
    }

    private void figures(EngineWorkload workload, Map<Figure, Double> seen) {
        engine("ours", workload, seen);
    }
}
