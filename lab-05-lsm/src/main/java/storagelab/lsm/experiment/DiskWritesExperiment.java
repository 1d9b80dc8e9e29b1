package storagelab.lsm.experiment;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import storagelab.api.Slice;
import storagelab.experiment.Axis;
import storagelab.experiment.Experiment;
import storagelab.experiment.ExperimentContext;
import storagelab.experiment.ExperimentResult;
import storagelab.experiment.Plot;
import storagelab.experiment.Prediction;
import storagelab.experiment.Quantity;
import storagelab.experiment.ResultTable;
import storagelab.experiment.Stopwatch;
import storagelab.file.FileMetrics;
import storagelab.file.StatsRecorder;
import storagelab.file.StoreFile;

/**
 * Orders of a hundred bytes go to the disk in six ways: appended to a log, or each by writing the page anew that it
 * belongs into, page after page or at random places; and each of these with one sync at the end, or with one for every
 * order.
 *
 * <p>Disks write whole sectors or more, and a page at a random place is another place for each. What that costs is a
 * matter of the disk; how much is written is not.
 */
public final class DiskWritesExperiment implements Experiment {
    private static final int PAGE_BYTES = 4096;
    private static final int ROUNDS = 3;
    private static final double NANOS_PER_SECOND = 1e9;
    private static final double NANOS_PER_MICRO = 1e3;

    /** For the service loader. */
    public DiskWritesExperiment() {}

    @Override
    public String id() {
        return "5.disk-writes";
    }

    @Override
    public String question() {
        return "What does this disk like to write?";
    }

    @Override
    public Prediction prediction() {
        return new Prediction.Amount(
                "Orders of 100 bytes are put on this disk, with one sync at the end of them all. How many times as long as "
                        + "appending them does it take to write, for each, a page of 4 KiB at a random place?",
                "times as long");
    }

    /** What is written for an order, and where. */
    private enum Place {
        LOG("appended to a log", Orders.VALUE_BYTES),
        NEXT_PAGE("a page each, one behind the other", PAGE_BYTES),
        RANDOM_PAGE("a page each, at random places", PAGE_BYTES);

        private final String words;
        private final int bytes;

        Place(String words, int bytes) {
            this.words = words;
            this.bytes = bytes;
        }
    }

    /** When it is synced. */
    private enum Sync {
        AT_THE_END("one sync at the end"),
        EACH("a sync for each");

        private final String words;

        Sync(String words) {
            this.words = words;
        }
    }

    /** What orders cost in one of the ways. */
    private record Cost(Place place, Sync sync, int orders, long bytes, long syncs, double nanos) {
        double micros() {
            return nanos / NANOS_PER_MICRO;
        }

        double mebibytesPerSecond() {
            return place.bytes * NANOS_PER_SECOND / nanos / (1 << 20);
        }
    }

    @Override
    public ExperimentResult run(ExperimentContext context) throws IOException {
        Path pages = context.directory().resolve("pages");
        fill(pages, context.pick(128, 16) << 20);
        List<Cost> costs = new ArrayList<>();
        for (Sync sync : Sync.values()) {
            for (Place place : Place.values()) {
                double done = costs.size() / (double) (Sync.values().length * Place.values().length);
                context.progress(place.words + ", " + sync.words, done);
                costs.add(measure(context, place, sync, pages));
            }
        }
        double factor =
                of(costs, Place.RANDOM_PAGE, Sync.AT_THE_END).nanos / of(costs, Place.LOG, Sync.AT_THE_END).nanos;
        return new ExperimentResult(
                table(costs),
                List.of(
                        plot(costs, "Time of an order, this disk", Axis.logarithmic("time", "µs"), Cost::micros),
                        plot(
                                costs,
                                "Bytes that are written a second, this disk",
                                Axis.logarithmic("written", "MiB/s"),
                                Cost::mebibytesPerSecond)),
                factor,
                observation(costs, factor));
    }

    /** A file of pages that are there already: whoever changes one finds room for it. */
    private static void fill(Path pages, int bytes) {
        try (StoreFile file = StoreFile.create(pages, new StatsRecorder())) {
            Slice piece = Slice.wrap(new byte[1 << 20]);
            while (file.sizeBytes() < bytes) {
                file.append(piece);
            }
            file.sync();
        }
    }

    private static Cost measure(ExperimentContext context, Place place, Sync sync, Path pages) throws IOException {
        int orders = sync == Sync.EACH ? context.pick(200, 40) : context.pick(20_000, 2_000);
        StatsRecorder stats = new StatsRecorder();
        SplittableRandom random = new SplittableRandom(context.seed());
        Path log = context.directory().resolve("log-" + sync);
        try (StoreFile file =
                place == Place.LOG ? StoreFile.create(log, stats) : StoreFile.openForWriting(pages, stats)) {
            ByteBuffer bytes = ByteBuffer.wrap(new byte[place.bytes]);
            long places = file.sizeBytes() / place.bytes;
            long[] written = {0};
            double nanos = new Stopwatch(context).medianNanos(ROUNDS, () -> {
                for (int i = 0; i < orders; i++) {
                    long number = place == Place.RANDOM_PAGE ? random.nextLong(places) : written[0]++;
                    file.write(number * place.bytes, bytes);
                    if (sync == Sync.EACH || i == orders - 1) {
                        file.sync();
                    }
                }
            });
            long all = (long) ROUNDS * orders;
            return new Cost(
                    place,
                    sync,
                    orders,
                    stats.get(FileMetrics.BYTES_WRITTEN) / all,
                    stats.get(FileMetrics.SYNCS) / ROUNDS,
                    nanos / orders);
        }
    }

    private static ResultTable table(List<Cost> costs) {
        ResultTable.Builder table = ResultTable.builder()
                .column("orders are")
                .column("with")
                .column("orders")
                .column("syncs")
                .column("written an order", "bytes")
                .column("time an order", "µs")
                .column("written", "MiB/s");
        for (Cost cost : costs) {
            table.row(
                    cost.place.words,
                    cost.sync.words,
                    cost.orders,
                    cost.syncs,
                    cost.bytes,
                    cost.micros(),
                    cost.mebibytesPerSecond());
        }
        return table.build();
    }

    private static Plot plot(List<Cost> costs, String title, Axis y, ToDoubleFunction<Cost> figure) {
        List<Plot.Group> groups = Arrays.stream(Sync.values())
                .map(sync -> new Plot.Group(
                        sync.words,
                        costs.stream()
                                .filter(cost -> cost.sync == sync)
                                .map(figure::applyAsDouble)
                                .toList()))
                .toList();
        List<String> places =
                Arrays.stream(Place.values()).map(place -> place.words).toList();
        return new Plot.Bars(title, places, y, groups);
    }

    private static Cost of(List<Cost> costs, Place place, Sync sync) {
        return costs.stream()
                .filter(cost -> cost.place == place && cost.sync == sync)
                .findFirst()
                .orElseThrow();
    }

    private static String observation(List<Cost> costs, double factor) {
        return "With one sync at the end, an order took "
                + time(costs, Place.LOG, Sync.AT_THE_END) + " when it was appended to a log, "
                + time(costs, Place.NEXT_PAGE, Sync.AT_THE_END) + " when it was a page in a row, and "
                + time(costs, Place.RANDOM_PAGE, Sync.AT_THE_END) + " when it was a page at a random place, "
                + Quantity.number(factor) + " times as long as in the log. With a sync for each it took "
                + time(costs, Place.LOG, Sync.EACH) + ", " + time(costs, Place.NEXT_PAGE, Sync.EACH) + " and "
                + time(costs, Place.RANDOM_PAGE, Sync.EACH) + ": then all that counts is the sync.";
    }

    private static String time(List<Cost> costs, Place place, Sync sync) {
        return Quantity.duration(of(costs, place, sync).nanos);
    }
}
