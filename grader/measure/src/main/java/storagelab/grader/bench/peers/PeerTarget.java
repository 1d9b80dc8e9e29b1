package storagelab.grader.bench.peers;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import storagelab.grader.bench.engine.EngineWorkload;
import storagelab.grader.bench.engine.PhaseResult.Figure;
import storagelab.grader.bench.peers.PeerTarget.Limit.Side;
import storagelab.grader.model.PeersResult.Cell;
import storagelab.grader.model.PeersResult.Outcome;
import storagelab.grader.model.PeersResult.Target;

/**
 * Something that our engine is to reach.
 *
 * @param needs what has to be done to tell
 * @param words what it is
 * @param limit what is allowed
 * @param measure gives the value that is held against the limit
 */
record PeerTarget(Set<EngineWorkload> needs, String words, Limit limit, Measure measure) {
    PeerTarget {
        needs = Set.copyOf(needs);
    }

    /**
     * What is allowed.
     *
     * @param side on which the value has to be
     * @param bound the end of it
     */
    record Limit(Side side, double bound) {
        /** Where a value has to be. */
        enum Side {
            AT_LEAST,
            AT_MOST
        }

        private boolean allows(double value) {
            return side == Side.AT_LEAST ? value >= bound : value <= bound;
        }

        /** How far a value is beyond the bound, as a share of it; of one that has to be 0, the value itself. */
        private double missedBy(double value) {
            return Math.abs(value - bound) / (bound == 0 ? 1 : bound);
        }

        private String describe() {
            return (side == Side.AT_LEAST ? "at least " : "at most ") + number(bound);
        }
    }

    /** Takes a value out of the figures. */
    private interface Measure {
        Value of(PeerFigures figures);
    }

    /**
     * A value.
     *
     * @param number {@code NaN} if it was not measured
     * @param rival whom we are compared with; empty for nobody
     * @param disturbed whether the machine was busy
     */
    private record Value(double number, String rival, boolean disturbed) {
        static Value missing(String rival) {
            return new Value(Double.NaN, rival, false);
        }
    }

    /** We do {@code workload} at least {@code times} as fast as the fastest of {@code rivals}. */
    static PeerTarget timesAsFast(EngineWorkload workload, double times, String... rivals) {
        List<String> names = List.of(rivals);
        Limit limit = new Limit(Side.AT_LEAST, times);
        return new PeerTarget(
                Set.of(workload),
                workload.id() + ": " + limit.describe() + " times ",
                limit,
                figures -> ours(figures, workload)
                        .flatMap(our ->
                                fastest(figures, workload, names).map(rival -> ratio(our, rival.cell(), rival.name())))
                        .orElse(Value.missing(String.join(" or ", names))));
    }

    /** The first of two engines does {@code workload} at least {@code times} as fast as the second. */
    static PeerTarget timesAsFast(EngineWorkload workload, double times, Pair engines) {
        Limit limit = new Limit(Side.AT_LEAST, times);
        return new PeerTarget(
                Set.of(workload),
                workload.id() + ": " + engines.ours() + " " + limit.describe() + " times ",
                limit,
                figures -> measured(figures, workload, engines.ours())
                        .flatMap(our -> measured(figures, workload, engines.rival())
                                .map(rival -> ratio(our, rival, engines.rival())))
                        .orElse(Value.missing(engines.rival())));
    }

    /** We do {@code workload} at least {@code times} as fast as we do {@code other}. */
    static PeerTarget timesOurOwn(EngineWorkload workload, double times, EngineWorkload other) {
        Limit limit = new Limit(Side.AT_LEAST, times);
        return new PeerTarget(
                Set.of(workload, other),
                workload.id() + ": " + limit.describe() + " times our " + other.id(),
                limit,
                figures -> ours(figures, workload)
                        .flatMap(our -> ours(figures, other).map(base -> ratio(our, base, "")))
                        .orElse(Value.missing("")));
    }

    /** The {@code figure} of our {@code workload} is at most {@code bound}. */
    static PeerTarget atMost(EngineWorkload workload, Figure figure, double bound, String words) {
        Limit limit = new Limit(Side.AT_MOST, bound);
        return new PeerTarget(
                Set.of(workload),
                workload.id() + ": " + words + " " + limit.describe(),
                limit,
                figures -> ours(figures, workload)
                        .map(our -> new Value(figure(our, figure), "", false))
                        .orElse(Value.missing("")));
    }

    /** The {@code figure} of the first of two engines is at most {@code times} that of the second. */
    static PeerTarget atMostThatOf(EngineWorkload workload, Figure figure, double times, Pair engines) {
        Limit limit = new Limit(Side.AT_MOST, times);
        return new PeerTarget(
                Set.of(workload),
                workload.id() + ": " + describe(figure) + ", " + engines.ours() + " " + limit.describe() + " times ",
                limit,
                figures -> measured(figures, workload, engines.ours())
                        .flatMap(our -> measured(figures, workload, engines.rival())
                                .map(rival ->
                                        new Value(figure(our, figure) / figure(rival, figure), engines.rival(), false)))
                        .orElse(Value.missing(engines.rival())));
    }

    /** Two engines. */
    record Pair(String ours, String rival) {}

    private static String describe(Figure figure) {
        return switch (figure) {
            case WRITE_AMPLIFICATION -> "written";
            case FILE_TO_DATA -> "files";
            default -> figure.name();
        };
    }

    /** All but a thousandth of our operations take at most {@code times} their median and one sync. */
    static PeerTarget tailOf(EngineWorkload workload, double times) {
        Limit limit = new Limit(Side.AT_MOST, 1);
        return new PeerTarget(
                Set.of(workload),
                workload.id() + ": p99.9 over " + number(times) + " medians and a sync " + limit.describe(),
                limit,
                figures -> ours(figures, workload)
                        .map(our -> new Value(
                                figure(our, Figure.MICROS_P999)
                                        / (times * figure(our, Figure.MICROS_MEDIAN) + figure(our, Figure.MICROS_SYNC)),
                                "",
                                our.disturbed()))
                        .orElse(Value.missing("")));
    }

    /** Our bulk load writes at least {@code share} of what the disk takes. */
    static PeerTarget shareOfTheDisk(double share) {
        Limit limit = new Limit(Side.AT_LEAST, share);
        return new PeerTarget(
                Set.of(EngineWorkload.BULK_LOAD),
                "bulkload: " + limit.describe() + " times this disk's sequential writes",
                limit,
                figures -> ours(figures, EngineWorkload.BULK_LOAD)
                        .map(our -> new Value(
                                figure(our, Figure.FILE_BYTES_PER_SECOND) / figure(our, Figure.DISK_BYTES_PER_SECOND),
                                "",
                                our.disturbed()))
                        .orElse(Value.missing("")));
    }

    /** What came of it. */
    Target judge(PeerFigures figures) {
        Value value = measure.of(figures);
        Outcome outcome = Outcome.OPEN;
        if (Double.isFinite(value.number()) && !value.disturbed()) {
            outcome = limit.allows(value.number()) ? Outcome.MET : Outcome.MISSED;
        }
        double missedBy = outcome == Outcome.MISSED ? limit.missedBy(value.number()) : 0;
        return new Target(words + value.rival(), value.number(), limit.bound(), outcome, missedBy);
    }

    private static Optional<Cell> ours(PeerFigures figures, EngineWorkload workload) {
        return measured(figures, workload, EngineCatalog.OURS);
    }

    private static Optional<Cell> measured(PeerFigures figures, EngineWorkload workload, String engine) {
        return Optional.ofNullable(figures.cell(workload, engine)).filter(PeerTarget::hasMedian);
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
