package storagelab.adaptive.experiment;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import storagelab.adaptive.AdaptiveCompaction;
import storagelab.adaptive.LoadWindow;
import storagelab.adaptive.TreeShape;
import storagelab.adaptive.experiment.ShapeLoad.Kind;
import storagelab.api.Metric;
import storagelab.compaction.CompactionPicker;
import storagelab.experiment.Axis;
import storagelab.experiment.Experiment;
import storagelab.experiment.ExperimentContext;
import storagelab.experiment.ExperimentResult;
import storagelab.experiment.Plot;
import storagelab.experiment.Prediction;
import storagelab.experiment.ResultTable;

/**
 * Four loads on trees of four shapes, and on one that changes its shape; then a load that becomes another one, and a third. Costs are
 * bytes read from files and written to them, see {@link ShapeLoad}; they do not depend on the machine.
 */
public final class AdaptiveExperiment implements Experiment {
    private static final int FLUSHES = 8; // of an observed load
    private static final double MEGABYTE = 1e6;
    private static final int PERCENT = 100;
    private static final List<Kind> CHANGING = List.of(Kind.UPDATES, Kind.SCANS, Kind.GETS);
    private static final List<TreeShape> BOUNDED = List.of(TreeShape.LEVELED, TreeShape.TIERED, TreeShape.LAZY_LEVELED);

    /** For the service loader. */
    public AdaptiveExperiment() {}

    /** A fixed shape, or the one that changes. */
    private record Player(@Nullable TreeShape shape) {
        static List<Player> all() {
            List<Player> players = new ArrayList<>();
            Arrays.stream(TreeShape.values()).forEach(shape -> players.add(new Player(shape)));
            players.add(new Player(null));
            return players;
        }

        CompactionPicker picker() {
            return shape == null
                    ? new AdaptiveCompaction(ShapeLoad.options(), TreeShape.LAZY_LEVELED)
                    : shape.picker(ShapeLoad.options());
        }

        String words() {
            return shape == null
                    ? "adaptive"
                    : shape.name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }
    }

    /** What a load has cost in megabytes, and what the tables have in the end. */
    private record Outcome(Player player, double cost, double kept, int changes) {}

    @Override
    public String id() {
        return "7.adaptive";
    }

    @Override
    public String question() {
        return "Does a tree that changes its shape cost as little as the best fixed shape, whatever the load?";
    }

    @Override
    public Prediction prediction() {
        return new Prediction.Amount(
                "A store is overwritten, then it is scanned, then it gets many gets, for the same number of puts each. One tree changes"
                        + " its shape after a load has cost too much. Of the bytes that the best tree of one shape reads and writes in all"
                        + " three, how many percent does it read and write?",
                "percent");
    }

    @Override
    public ExperimentResult run(ExperimentContext context) {
        ResultTable.Builder table = ResultTable.builder()
                .column("load")
                .column("shape")
                .column("read and written", "MB")
                .column("kept", "MB")
                .column("changes");
        List<List<Outcome>> byLoad = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            context.progress(kind.words(), byLoad.size() / (Kind.values().length + 1.0));
            List<Outcome> outcomes = Player.all().stream()
                    .map(player -> settled(context, player, kind))
                    .toList();
            outcomes.forEach(outcome ->
                    table.row(kind.words(), outcome.player.words(), outcome.cost, outcome.kept, outcome.changes));
            byLoad.add(outcomes);
        }
        context.progress("a load that changes", Kind.values().length / (Kind.values().length + 1.0));
        List<Plot.Series> curves = new ArrayList<>();
        double best = Double.MAX_VALUE;
        double adaptive = 0;
        for (Player player : Player.all()) {
            if (player.shape != null && !BOUNDED.contains(player.shape)) {
                continue;
            }
            Plot.SeriesBuilder points = Plot.Series.named(player.words());
            Outcome outcome = changing(context, player, points);
            curves.add(points.as(Plot.Style.MARKS_AND_LINE));
            table.row("one after the other", player.words(), outcome.cost, outcome.kept, outcome.changes);
            if (player.shape == null) {
                adaptive = outcome.cost;
            } else {
                best = Math.min(best, outcome.cost);
            }
        }
        List<Plot> plots = List.of(
                bars(byLoad),
                new Plot.Curves(
                        "Updates, scans, gets: bytes read and written so far",
                        Axis.linear("flushes", ""),
                        Axis.linear("read and written", "MB"),
                        curves));
        double percent = PERCENT * adaptive / best;
        return new ExperimentResult(table.build(), plots, percent, observation(byLoad, percent));
    }

    private static Outcome settled(ExperimentContext context, Player player, Kind kind) {
        int settle = context.pick(16, 4);
        int measure = context.pick(8, 4);
        CompactionPicker picker = player.picker();
        int changes = 0;
        Path directory = context.directory().resolve(kind + "-" + player.words());
        try (ShapeLoad load = new ShapeLoad(directory, picker, kind, context.seed())) {
            load.fill(kind);
            long before = 0;
            for (int i = 0; i < settle + measure; i++) {
                before = i == settle ? load.costBytes() : before;
                changes += observed(picker, load.run(kind, FLUSHES));
            }
            return outcome(player, load, load.costBytes() - before, changes);
        }
    }

    private static Outcome changing(ExperimentContext context, Player player, Plot.SeriesBuilder points) {
        int windows = context.pick(12, 4);
        CompactionPicker picker = player.picker();
        int changes = 0;
        int flushes = 0;
        Path directory = context.directory().resolve("changing-" + player.words());
        try (ShapeLoad load = new ShapeLoad(directory, picker, Kind.UPDATES, context.seed())) {
            load.fill(Kind.UPDATES);
            long before = load.costBytes();
            for (Kind kind : CHANGING) {
                for (int i = 0; i < windows; i++) {
                    changes += observed(picker, load.run(kind, FLUSHES));
                    flushes += FLUSHES;
                    points.add(flushes, (load.costBytes() - before) / MEGABYTE);
                }
            }
            return outcome(player, load, load.costBytes() - before, changes);
        }
    }

    private static int observed(CompactionPicker picker, LoadWindow load) {
        return picker instanceof AdaptiveCompaction adaptive && adaptive.observe(load) ? 1 : 0;
    }

    private static Outcome outcome(Player player, ShapeLoad load, long costBytes, int changes) {
        return new Outcome(
                player, costBytes / MEGABYTE, load.store().stats().get(Metric.TABLE_BYTES) / MEGABYTE, changes);
    }

    private static Plot bars(List<List<Outcome>> byLoad) {
        List<Plot.Group> groups = new ArrayList<>();
        for (int player = 0; player < byLoad.get(0).size(); player++) {
            List<Double> heights = new ArrayList<>();
            for (List<Outcome> outcomes : byLoad) {
                heights.add(Math.rint(PERCENT * outcomes.get(player).cost / adaptive(outcomes).cost));
            }
            groups.add(new Plot.Group(byLoad.get(0).get(player).player.words(), heights));
        }
        return new Plot.Bars(
                "Bytes read and written, by load; 100 is the tree that changes",
                Arrays.stream(Kind.values()).map(Kind::words).toList(),
                Axis.linear("of the adaptive tree's", "%"),
                groups);
    }

    private static Outcome adaptive(List<Outcome> outcomes) {
        return outcomes.get(outcomes.size() - 1);
    }

    private static String observation(List<List<Outcome>> byLoad, double percent) {
        String words = byLoad.stream()
                .map(outcomes -> {
                    Kind kind = List.of(Kind.values()).get(byLoad.indexOf(outcomes));
                    Outcome best = outcomes.stream()
                            .filter(outcome -> outcome.player.shape != null && kind.isBounded(outcome.player.shape))
                            .reduce((one, other) -> one.cost <= other.cost ? one : other)
                            .orElseThrow();
                    return String.format(
                            Locale.ROOT,
                            "%s: %s is the best fixed shape that stays bounded, and the adaptive tree costs %.1f %% of it",
                            kind.words(),
                            best.player.words(),
                            PERCENT * adaptive(outcomes).cost / best.cost);
                })
                .collect(Collectors.joining("; "));
        return String.format(
                Locale.ROOT,
                "%s. With the three loads one after the other, the adaptive tree costs %.1f %% of the best fixed shape.",
                words,
                percent);
    }
}
