package storagelab.grader.bench.peers;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import storagelab.grader.bench.engine.EngineWorkload;
import storagelab.grader.bench.engine.PhaseResult.Figure;
import storagelab.grader.model.PeersResult.Cell;
import storagelab.grader.model.PeersResult.Outcome;
import storagelab.grader.model.PeersResult.Target;

/**
 * Something that our engine is to reach.
 *
 * @param words what it is
 * @param rivals of whom the fastest is compared with, and named after the words; empty for nobody
 * @param bound the limit
 * @param bounds on which side of it the value has to be
 * @param value what is held against the bound
 */
record PeerTarget(String words, List<String> rivals, double bound, Bounds bounds, Measure value) {
    PeerTarget {
        rivals = List.copyOf(rivals);
    }

    /** Which values are good. */
    enum Bounds {
        AT_LEAST,
        AT_MOST
    }

    /** Takes a value out of the figures. */
    interface Measure {
        Value of(PeerFigures figures);
    }

    /**
     * A value.
     *
     * @param number {@code NaN} if it was not measured
     * @param rival whom we are compared with; empty if nobody or nobody was measured
     * @param disturbed whether the machine was busy
     */
    record Value(double number, String rival, boolean disturbed) {
        static final Value NONE = new Value(Double.NaN, "", false);
    }

    /** We do {@code workload} at least {@code times} as fast as the fastest of {@code rivals}. */
    static PeerTarget timesAsFast(EngineWorkload workload, double times, String... rivals) {
        List<String> names = List.of(rivals);
        return new PeerTarget(
                workload.id() + ": at least " + number(times) + " times ",
                names,
                times,
                Bounds.AT_LEAST,
                figures -> ours(figures, workload)
                        .flatMap(our ->
                                fastest(figures, workload, names).map(rival -> ratio(our, rival.cell(), rival.name())))
                        .orElse(Value.NONE));
    }

    /** We do {@code workload} at least {@code times} as fast as we do {@code other}. */
    static PeerTarget timesOurOwn(EngineWorkload workload, double times, EngineWorkload other) {
        return new PeerTarget(
                workload.id() + ": at least " + number(times) + " times our " + other.id(),
                List.of(),
                times,
                Bounds.AT_LEAST,
                figures -> ours(figures, workload)
                        .flatMap(our -> ours(figures, other).map(base -> ratio(our, base, "")))
                        .orElse(Value.NONE));
    }

    /** The {@code figure} of our {@code workload} is at most {@code bound}. */
    static PeerTarget atMost(EngineWorkload workload, Figure figure, double bound, String words) {
        return new PeerTarget(
                workload.id() + ": " + words + " at most " + number(bound),
                List.of(),
                bound,
                Bounds.AT_MOST,
                figures -> ours(figures, workload)
                        .map(our -> new Value(figure(our, figure), "", false))
                        .orElse(Value.NONE));
    }

    /** Our bulk load writes at least {@code share} of what the disk takes. */
    static PeerTarget shareOfTheDisk(double share) {
        return new PeerTarget(
                "bulkload: at least " + number(share) + " times this disk's sequential writes",
                List.of(),
                share,
                Bounds.AT_LEAST,
                figures -> ours(figures, EngineWorkload.BULK_LOAD)
                        .map(our -> new Value(
                                figure(our, Figure.FILE_BYTES_PER_SECOND) / figure(our, Figure.DISK_BYTES_PER_SECOND),
                                "",
                                our.disturbed()))
                        .orElse(Value.NONE));
    }

    /** What came of it. */
    Target judge(PeerFigures figures) {
        Value found = value.of(figures);
        String shown = words + (found.rival().isEmpty() ? String.join(" or ", rivals) : found.rival());
        boolean known = Double.isFinite(found.number()) && !found.disturbed();
        boolean reached = bounds == Bounds.AT_LEAST ? found.number() >= bound : found.number() <= bound;
        Outcome outcome = Outcome.OPEN;
        if (known) {
            outcome = reached ? Outcome.MET : Outcome.MISSED;
        }
        double missedBy = outcome == Outcome.MISSED ? Math.abs(found.number() - bound) / bound : 0;
        return new Target(shown, found.number(), bound, outcome, missedBy);
    }

    private static Optional<Cell> ours(PeerFigures figures, EngineWorkload workload) {
        return Optional.ofNullable(figures.cell(workload, EngineCatalog.OURS)).filter(PeerTarget::hasMedian);
    }

    private static boolean hasMedian(Cell cell) {
        return Double.isFinite(cell.median());
    }

    /** An engine and what it came to. */
    private record Rival(String name, Cell cell) {}

    private static Optional<Rival> fastest(PeerFigures figures, EngineWorkload workload, List<String> rivals) {
        return rivals.stream()
                .flatMap(name -> Stream.ofNullable(figures.cell(workload, name)).map(cell -> new Rival(name, cell)))
                .filter(rival -> hasMedian(rival.cell()))
                .max((a, b) -> Double.compare(a.cell().median(), b.cell().median()));
    }

    private static Value ratio(Cell our, Cell base, String rival) {
        return new Value(our.median() / base.median(), rival, our.disturbed() || base.disturbed());
    }

    private static double figure(Cell cell, Figure figure) {
        return cell.figures().getOrDefault(figure.name(), Double.NaN);
    }

    private static String number(double value) {
        return value == Math.rint(value)
                ? Long.toString((long) value)
                : String.format(Locale.ROOT, "%.2f", value).replaceAll("0+$", "");
    }
}
