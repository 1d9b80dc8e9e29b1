package storagelab.hybrid.experiment;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.LongSupplier;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.apache.commons.io.file.PathUtils;
import storagelab.api.Durability;
import storagelab.api.OrderedStore;
import storagelab.api.WriteBatch;
import storagelab.cost.Calibration;
import storagelab.cost.HardwareProfile;
import storagelab.experiment.Axis;
import storagelab.experiment.Experiment;
import storagelab.experiment.ExperimentContext;
import storagelab.experiment.ExperimentResult;
import storagelab.experiment.Plot;
import storagelab.experiment.Prediction;
import storagelab.experiment.Quantity;
import storagelab.experiment.ResultTable;
import storagelab.file.FileMetrics;

/** The decision matrix: a B+tree, an LSM tree and the hybrid store, on five loads, by speed, by bytes written and by space: medians of three rounds, in which the stores are measured in turn. */
public final class MatrixExperiment implements Experiment {
    private static final int ROUNDS = 3;
    private static final int STARS = 5;
    private static final int BATCH = 100;
    private static final double KILO = 1_000;
    private static final double MEGA = 1 << 20;
    private static final double NANOS = 1e9;
    private static final double LATE = 0.999; // of a thousand requests, one takes longer

    /** For the service loader. */
    public MatrixExperiment() {}

    @Override
    public String id() {
        return "7.matrix";
    }

    @Override
    public String question() {
        return "Which store for which load: a B+tree, an LSM tree, or one that is both?";
    }

    @Override
    public Prediction prediction() {
        return new Prediction.Amount(
                "A shop reads and changes 4,000 prices, and writes orders. A B+tree, an LSM tree and a hybrid store have the same memory, a tenth of the "
                        + "data, and the same log. How many requests a second does the hybrid store answer, if the better one of the two trees answers 100?",
                "requests");
    }

    /** What one store did for one load. */
    private record Cell(
            MatrixLoad load,
            MatrixStore store,
            double perSecond,
            double lateMicros,
            double writtenBytes,
            double megabytes) {
        /** The median of each number, of an odd number of rounds. */
        static Cell median(List<Cell> rounds) {
            Cell any = rounds.get(0);
            return new Cell(
                    any.load,
                    any.store,
                    median(rounds, Cell::perSecond),
                    median(rounds, Cell::lateMicros),
                    median(rounds, Cell::writtenBytes),
                    median(rounds, Cell::megabytes));
        }

        private static double median(List<Cell> rounds, ToDoubleFunction<Cell> value) {
            return rounds.stream().mapToDouble(value).sorted().toArray()[rounds.size() / 2];
        }
    }

    @Override
    public ExperimentResult run(ExperimentContext context) {
        int orders = context.pick(300_000, 6_000);
        int requests = context.pick(600_000, 8_000);
        long memoryBytes = context.pick(4 << 20, 1 << 20);
        HardwareProfile machine = Calibration.measure(context.directory(), context::nanoTime, context.seed());
        List<Cell> cells = new ArrayList<>();
        int rounds = context.pick(ROUNDS, 1);
        int all = MatrixLoad.values().length * rounds;
        for (MatrixLoad load : MatrixLoad.values()) {
            List<Cell> measured = new ArrayList<>();
            for (int round = 0; round < rounds; round++) {
                context.progress(load.title(), (double) (load.ordinal() * rounds + round) / all);
                for (MatrixStore store : MatrixStore.values()) { // in turn: each meets the machine as the others do
                    Path directory = context.directory().resolve(load.title() + "-" + measured.size());
                    measured.add(
                            new Trial(load, store, directory, machine, context).run(orders, requests, memoryBytes));
                }
            }
            for (MatrixStore store : MatrixStore.values()) {
                cells.add(Cell.median(
                        measured.stream().filter(cell -> cell.store == store).toList()));
            }
        }
        Cell hybrid = find(cells, MatrixLoad.MIXED, MatrixStore.HYBRID);
        double answer = 100 * hybrid.perSecond / best(cells, MatrixLoad.MIXED, Cell::perSecond);
        return new ExperimentResult(table(cells), plots(cells), answer, observation(cells, answer));
    }

    /** A store that is filled, gets half of the requests to settle, and then the rest, which are measured. */
    private record Trial(
            MatrixLoad load, MatrixStore store, Path directory, HardwareProfile machine, ExperimentContext context) {
        Cell run(int orders, int requests, long memoryBytes) {
            Cell open = runOpen(orders, requests, memoryBytes);
            double megabytes = megabytes(directory);
            delete(directory);
            return new Cell(load, store, open.perSecond, open.lateMicros, open.writtenBytes, megabytes);
        }

        /** The space is not known while the store is open: merges come and go. */
        private Cell runOpen(int orders, int requests, long memoryBytes) {
            StepClock clock = new StepClock();
            MatrixStore.Opened opened = store.open(directory, memoryBytes, clock, machine);
            try (OrderedStore entries = opened.entries()) {
                SplittableRandom random = new SplittableRandom(context.seed());
                fill(entries, orders, random);
                MatrixLoad.Run run = load.new Run(entries, random, orders, requests);
                long[] nanos = new long[requests - requests / 2];
                long sum = 0; // the time of a round is not in it: a store makes rounds in a thread of its own
                long written = 0;
                long read = 0;
                for (int i = 0; i < requests; i++) {
                    int measured = i - requests / 2;
                    if (measured == 0) {
                        written = entries.stats().get(FileMetrics.BYTES_WRITTEN);
                    }
                    LongSupplier request = run.next();
                    long before = context.nanoTime();
                    read += request.getAsLong();
                    long took = context.nanoTime() - before;
                    if (measured >= 0) {
                        nanos[measured] = took;
                        sum += took;
                    }
                    clock.step();
                    opened.afterOperation().run();
                }
                double seconds = sum / NANOS;
                double bytes = (double) entries.stats().get(FileMetrics.BYTES_WRITTEN) - written;
                if (read < 0) {
                    throw new IllegalStateException("values with less than no bytes");
                }
                Arrays.sort(nanos);
                return new Cell(
                        load,
                        store,
                        nanos.length / seconds,
                        nanos[(int) (nanos.length * LATE)] / KILO,
                        bytes / nanos.length,
                        0);
            }
        }
    }

    private static void fill(OrderedStore store, int orders, SplittableRandom random) {
        WriteBatch batch = new WriteBatch();
        for (int i = 0; i < MatrixLoad.PRODUCTS * MatrixLoad.SEASONS; i++) {
            batch = added(store, batch.put(MatrixLoad.price(i), Shop.value(random)));
        }
        for (int i = 0; i < orders; i++) {
            batch = added(store, batch.put(MatrixLoad.order(i), Shop.value(random)));
        }
        store.write(batch, Durability.BUFFERED);
    }

    private static WriteBatch added(OrderedStore store, WriteBatch batch) {
        if (batch.operations().size() < BATCH) {
            return batch;
        }
        store.write(batch, Durability.BUFFERED);
        return new WriteBatch();
    }

    private static double megabytes(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            long bytes = 0;
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                bytes += Files.size(file);
            }
            return bytes / MEGA;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path directory) {
        try {
            PathUtils.deleteDirectory(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Cell find(List<Cell> cells, MatrixLoad load, MatrixStore store) {
        return cells.stream()
                .filter(cell -> cell.load == load && cell.store == store)
                .findFirst()
                .orElseThrow();
    }

    /** The greatest value of the two single engines. */
    private static double best(List<Cell> cells, MatrixLoad load, ToDoubleFunction<Cell> value) {
        return cells.stream()
                .filter(cell -> cell.load == load && cell.store != MatrixStore.HYBRID)
                .mapToDouble(value)
                .max()
                .orElseThrow();
    }

    /** Five stars for the best of a load; for others, five times the best share of it, rounded, and one at least. */
    private static String stars(List<Cell> cells, Cell cell, ToDoubleFunction<Cell> value) {
        double best = cells.stream()
                .filter(other -> other.load == cell.load)
                .mapToDouble(value)
                .max()
                .orElseThrow();
        double share = best == 0 ? 1 : value.applyAsDouble(cell) / best;
        return "*".repeat(Math.max(1, (int) Math.round(STARS * share)));
    }

    private static ResultTable table(List<Cell> cells) {
        ResultTable.Builder table = ResultTable.builder()
                .column("load")
                .column("store")
                .column("requests", "k/s")
                .column("99.9 %", "us")
                .column("written a request", "bytes")
                .column("space", "MiB")
                .column("speed")
                .column("writes")
                .column("room");
        cells.forEach(cell -> table.row(
                cell.load.title(),
                cell.store.title(),
                cell.perSecond / KILO,
                cell.lateMicros,
                cell.writtenBytes,
                cell.megabytes,
                stars(cells, cell, Cell::perSecond),
                stars(cells, cell, other -> 1 / (1 + other.writtenBytes)),
                stars(cells, cell, other -> 1 / other.megabytes)));
        return table.build();
    }

    private static List<Plot> plots(List<Cell> cells) {
        List<String> loads =
                Arrays.stream(MatrixLoad.values()).map(MatrixLoad::title).toList();
        return List.of(
                new Plot.Bars(
                        "Requests",
                        loads,
                        Axis.linear("requests", "k/s"),
                        groups(cells, cell -> cell.perSecond / KILO)),
                new Plot.Bars(
                        "What is written",
                        loads,
                        Axis.linear("written a request", "bytes"),
                        groups(cells, Cell::writtenBytes)));
    }

    private static List<Plot.Group> groups(List<Cell> cells, ToDoubleFunction<Cell> value) {
        return Arrays.stream(MatrixStore.values())
                .map(store -> new Plot.Group(
                        store.title(),
                        Arrays.stream(MatrixLoad.values())
                                .map(load -> value.applyAsDouble(find(cells, load, store)))
                                .toList()))
                .toList();
    }

    private static String observation(List<Cell> cells, double answer) {
        Cell hybrid = find(cells, MatrixLoad.MIXED, MatrixStore.HYBRID);
        Cell tree = find(cells, MatrixLoad.MIXED, MatrixStore.BTREE);
        Cell lsm = find(cells, MatrixLoad.MIXED, MatrixStore.LSM);
        return "In the shop the hybrid store answers " + Quantity.number(answer)
                + " requests where the better one of the two trees answers 100. For each request it writes "
                + Quantity.number(hybrid.writtenBytes) + " bytes, the B+tree " + Quantity.number(tree.writtenBytes)
                + ", and the LSM tree " + Quantity.number(lsm.writtenBytes)
                + "; the log is among them, and a drive wears out by them. The best store of a load has five stars in a column; the others have five times their share of"
                + " it, rounded, and one at least. The share is that of the requests a second, or the inverse one of the bytes.";
    }
}
