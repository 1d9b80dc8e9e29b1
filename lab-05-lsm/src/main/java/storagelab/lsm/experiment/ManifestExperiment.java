package storagelab.lsm.experiment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import storagelab.api.Slice;
import storagelab.api.ValueKind;
import storagelab.experiment.Axis;
import storagelab.experiment.Experiment;
import storagelab.experiment.ExperimentContext;
import storagelab.experiment.ExperimentResult;
import storagelab.experiment.Plot;
import storagelab.experiment.Plot.Style;
import storagelab.experiment.Prediction;
import storagelab.experiment.Quantity;
import storagelab.experiment.ResultTable;
import storagelab.experiment.Stopwatch;
import storagelab.file.FileMetrics;
import storagelab.file.StatsRecorder;
import storagelab.manifest.FileMetadata;
import storagelab.manifest.ManifestFormat;
import storagelab.manifest.TextManifest;
import storagelab.manifest.VersionEdit;
import storagelab.manifest.VersionSet;
import storagelab.sstable.InternalKey;

/**
 * A store has more and more tables, and each flush adds one: what it writes and how long it takes until that is on the
 * disk, with a text file that lists all tables and with a log of edits.
 */
public final class ManifestExperiment implements Experiment {
    private static final List<Integer> LIVE_TABLES = List.of(10, 100, 1_000, 10_000);
    private static final int PREDICTED = 10_000; // of LIVE_TABLES
    private static final int LEVEL = 4;
    private static final long TABLE_BYTES = 2 << 20;
    private static final double NANOS_PER_MICRO = 1e3;

    /** For the service loader. */
    public ManifestExperiment() {}

    @Override
    public String id() {
        return "5.manifest";
    }

    @Override
    public String question() {
        return "What does it cost to remember that there is one more table?";
    }

    @Override
    public Prediction prediction() {
        return new Prediction.Amount(
                "The tables of a store are listed in a text file, a line each. For every flush the list is written anew. How "
                        + "many KiB does a flush write to it when there are 10,000 tables?",
                "KiB");
    }

    /** Somebody who remembers which tables there are. */
    private interface Memory extends AutoCloseable {
        void apply(VersionEdit edit);

        @Override
        void close();
    }

    /** How tables are remembered. */
    private enum Kind {
        TEXT("text file, replaced") {
            @Override
            Memory open(Path directory, StatsRecorder stats) {
                TextManifest manifest = TextManifest.open(directory, stats);
                return new Memory() {
                    @Override
                    public void apply(VersionEdit edit) {
                        manifest.apply(edit);
                    }

                    @Override
                    public void close() {} // it keeps no file open
                };
            }
        },
        EDITS("log of edits") {
            @Override
            Memory open(Path directory, StatsRecorder stats) {
                VersionSet versions = VersionSet.create(directory, stats, ManifestFormat.LEVELDB);
                return new Memory() {
                    @Override
                    public void apply(VersionEdit edit) {
                        versions.apply(edit);
                    }

                    @Override
                    public void close() {
                        versions.close();
                    }
                };
            }
        };

        private final String words;

        Kind(String words) {
            this.words = words;
        }

        abstract Memory open(Path directory, StatsRecorder stats);
    }

    /** What a flush costs when there are so many tables. */
    private record Cost(Kind kind, int tables, double bytes, double syncs, double nanos) {}

    @Override
    public ExperimentResult run(ExperimentContext context) throws IOException {
        List<Cost> costs = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            for (int tables : LIVE_TABLES) {
                context.progress(
                        kind.words + ", " + tables + " tables",
                        costs.size() / (double) (Kind.values().length * LIVE_TABLES.size()));
                costs.add(measure(context, kind, tables));
            }
        }
        return new ExperimentResult(
                table(costs),
                List.of(
                        plot(
                                costs,
                                "What a flush writes to remember its table",
                                Axis.logarithmic("written", "bytes"),
                                Cost::bytes),
                        plot(
                                costs,
                                "How long it takes until it is on this disk",
                                Axis.logarithmic("time", "µs"),
                                cost -> cost.nanos / NANOS_PER_MICRO)),
                of(costs, Kind.TEXT, PREDICTED).bytes / 1024,
                observation(costs));
    }

    private static Cost measure(ExperimentContext context, Kind kind, int tables) throws IOException {
        int flushes = context.pick(40, 10);
        Path directory = Files.createDirectory(context.directory().resolve(kind + "-" + tables));
        StatsRecorder stats = new StatsRecorder();
        try (Memory memory = kind.open(directory, stats)) {
            VersionEdit all = new VersionEdit();
            for (int i = 0; i < tables; i++) {
                all.add(LEVEL, table(1_000_000 + i, 2L * i, 2L * i + 1));
            }
            memory.apply(all.setLogNumber(1).setNextFileNumber(2_000_000).setLastSequence(1));
            long bytesBefore = stats.get(FileMetrics.BYTES_WRITTEN);
            long syncsBefore = stats.get(FileMetrics.SYNCS);
            int[] flushed = {0};
            long nanos = new Stopwatch(context).medianNanos(flushes, () -> {
                int number = 2_000_001 + flushed[0]++;
                memory.apply(new VersionEdit()
                        .add(0, table(number, 0, 2L * tables))
                        .setLogNumber(number)
                        .setNextFileNumber(number + 1)
                        .setLastSequence(number));
            });
            return new Cost(
                    kind,
                    tables,
                    (stats.get(FileMetrics.BYTES_WRITTEN) - bytesBefore) / (double) flushes,
                    (stats.get(FileMetrics.SYNCS) - syncsBefore) / (double) flushes,
                    nanos);
        }
    }

    private static FileMetadata table(long number, long first, long last) {
        return new FileMetadata(number, TABLE_BYTES, internalKey(first), internalKey(last));
    }

    private static Slice internalKey(long order) {
        return InternalKey.of(Orders.key(order), 1, ValueKind.VALUE);
    }

    private static ResultTable table(List<Cost> costs) {
        ResultTable.Builder table = ResultTable.builder()
                .column("tables are remembered in a")
                .column("tables")
                .column("written a flush", "bytes")
                .column("syncs a flush")
                .column("time a flush", "µs");
        for (Cost cost : costs) {
            table.row(cost.kind.words, cost.tables, cost.bytes, cost.syncs, cost.nanos / NANOS_PER_MICRO);
        }
        return table.build();
    }

    private static Plot plot(List<Cost> costs, String title, Axis y, ToDoubleFunction<Cost> figure) {
        List<Plot.Series> series = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            Plot.SeriesBuilder points = Plot.Series.named(kind.words);
            costs.stream()
                    .filter(cost -> cost.kind == kind)
                    .forEach(cost -> points.add(cost.tables, figure.applyAsDouble(cost)));
            series.add(points.as(Style.MARKS_AND_LINE));
        }
        return new Plot.Curves(title, Axis.logarithmic("tables", ""), y, series);
    }

    private static Cost of(List<Cost> costs, Kind kind, int tables) {
        return costs.stream()
                .filter(cost -> cost.kind == kind && cost.tables == tables)
                .findFirst()
                .orElseThrow();
    }

    private static String observation(List<Cost> costs) {
        Cost text = of(costs, Kind.TEXT, PREDICTED);
        Cost edits = of(costs, Kind.EDITS, PREDICTED);
        Cost few = of(costs, Kind.TEXT, LIVE_TABLES.get(0));
        return "To remember one more table beside " + Quantity.number(text.tables)
                + ", the text file was written anew, "
                + Quantity.bytes(text.bytes) + ", which took " + Quantity.duration(text.nanos)
                + "; the log of edits got " + Quantity.bytes(edits.bytes) + ", which took "
                + Quantity.duration(edits.nanos) + ". Beside " + few.tables + " tables the text file was "
                + Quantity.bytes(few.bytes) + " and took " + Quantity.duration(few.nanos) + ".";
    }
}
