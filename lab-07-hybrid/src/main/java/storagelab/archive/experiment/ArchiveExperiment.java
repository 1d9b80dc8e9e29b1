package storagelab.archive.experiment;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import storagelab.api.Slice;
import storagelab.api.WriteBatch;
import storagelab.archive.ArchiveOptions;
import storagelab.archive.ArchiveTier;
import storagelab.archive.CountingObjectStore;
import storagelab.archive.MemoryObjectStore;
import storagelab.archive.ObjectPrices;
import storagelab.archive.RequestCounts;
import storagelab.experiment.Axis;
import storagelab.experiment.Experiment;
import storagelab.experiment.ExperimentContext;
import storagelab.experiment.ExperimentResult;
import storagelab.experiment.Plot;
import storagelab.experiment.Plot.Style;
import storagelab.experiment.Prediction;
import storagelab.experiment.Quantity;
import storagelab.experiment.ResultTable;
import storagelab.sstable.Compression;

/** Orders are written to an archive once, and few are read: counted are the requests and bytes, for objects of several sizes. */
public final class ArchiveExperiment implements Experiment {
    private static final List<Integer> OBJECT_KIB = List.of(16, 64, 256, 1_024, 4_096);
    private static final int PREDICTED_KIB = 4_096;
    private static final int BLOCK_BYTES = 16 << 10;
    private static final int ORDER_BYTES = 100;
    private static final int READ_ONE_IN = 100;
    private static final long ALL_INDEXES = 1L << 30;
    private static final long OVERLAY = 1L << 30;
    private static final double MILLION = 1e6;
    private static final double REQUEST_MILLIS = 30; // until the first byte comes: assumed, and the same for all
    private static final double BYTES_PER_MILLI = 50_000; // assumed

    /** For the service loader. */
    public ArchiveExperiment() {}

    @Override
    public String id() {
        return "7.archive";
    }

    @Override
    public String question() {
        return "What does it cost to keep cold orders in an object store?";
    }

    @Override
    public Prediction prediction() {
        return new Prediction.Amount(
                "Orders of 100 bytes go to an archive, in objects of 4 MiB. 1,000 puts cost 0.5 cents, 1,000 gets 0.04 cents, and a gigabyte 2.3 "
                        + "cents a month. In the first month, one of 100 orders is read, once. The indexes of all objects are in memory. Of the bill "
                        + "of this month, which part is for reading?",
                "%");
    }

    /** What objects of one size took, for each order written, or each one read. */
    private record Measured(int objectKib, boolean hasIndexes, long orders, long reads, Costs costs) {
        double getsPerRead() {
            return (double) costs.reading.gets() / reads;
        }

        double bytesPerRead() {
            return (double) costs.reading.bytesDown() / reads;
        }

        double millisPerRead() {
            return getsPerRead() * REQUEST_MILLIS + bytesPerRead() / BYTES_PER_MILLI;
        }

        /** Cents for a million orders. */
        double writingCents() {
            return cents(ObjectPrices.defaults().bill(costs.writing, 0, 0));
        }

        double readingCents() {
            return cents(ObjectPrices.defaults().bill(costs.reading, 0, 0));
        }

        double storingCents() {
            return cents(ObjectPrices.defaults().bill(costs.none(), costs.storedBytes, 1));
        }

        private double cents(ObjectPrices.Bill bill) {
            return 100 * bill.total() * MILLION / orders;
        }
    }

    /** Requests, and what is stored. */
    private record Costs(RequestCounts writing, RequestCounts reading, long storedBytes) {
        RequestCounts none() {
            return reading.since(reading);
        }
    }

    @Override
    public ExperimentResult run(ExperimentContext context) {
        int orders = context.pick(200_000, 100_000);
        List<Measured> all = new ArrayList<>();
        for (boolean hasIndexes : new boolean[] {false, true}) {
            for (int objectKib : OBJECT_KIB) {
                context.progress("objects of " + objectKib + " KiB", (double) all.size() / (2 * OBJECT_KIB.size()));
                all.add(measure(context, objectKib, hasIndexes, orders));
            }
        }
        Measured predicted = find(all, PREDICTED_KIB, true);
        double sum = predicted.writingCents() + predicted.readingCents() + predicted.storingCents();
        double answer = 100 * predicted.readingCents() / sum;
        return new ExperimentResult(table(all), plots(all), answer, observation(all, answer));
    }

    private static Measured measure(ExperimentContext context, int objectKib, boolean hasIndexes, int orders) {
        SplittableRandom random = new SplittableRandom(context.seed());
        CountingObjectStore store = new CountingObjectStore(new MemoryObjectStore());
        ArchiveOptions options = ArchiveOptions.defaults("orders")
                .withCompression(Compression.NONE)
                .withSizes(new ArchiveOptions.Sizes(objectKib << 10, BLOCK_BYTES, 1 << 20))
                .withMemory(new ArchiveOptions.Memory(OVERLAY, 0, hasIndexes ? ALL_INDEXES : 0))
                .withRecentMax(Integer.MAX_VALUE);
        try (ArchiveTier archive = ArchiveTier.open(
                context.directory().resolve(objectKib + (hasIndexes ? "-indexes" : "")), store, options)) {
            RequestCounts opened = store.counts();
            byte[] order = new byte[ORDER_BYTES];
            for (int i = 0; i < orders; i++) {
                random.nextBytes(order);
                archive.apply(i + 1L, new WriteBatch().put(key(i), Slice.wrap(order.clone())));
            }
            archive.checkpoint();
            RequestCounts written = store.counts();
            if (hasIndexes) {
                readOneOfEach(archive, orders);
            }
            RequestCounts before = store.counts();
            int reads = orders / READ_ONE_IN;
            for (int i = 0; i < reads; i++) {
                Slice key = key(random.nextInt(orders));
                if (archive.get(key).isEmpty()) {
                    throw new AssertionError(key + " is missing");
                }
            }
            RequestCounts reading = store.counts().since(before);
            long stored =
                    store.listAll("").stream().mapToLong(one -> one.sizeBytes()).sum();
            return new Measured(
                    objectKib, hasIndexes, orders, reads, new Costs(written.since(opened), reading, stored));
        }
    }

    /** After this the indexes of all objects are in memory. */
    private static void readOneOfEach(ArchiveTier archive, int orders) {
        for (int i = 0; i < orders; i += READ_ONE_IN) {
            if (archive.get(key(i)).isEmpty()) {
                throw new AssertionError(key(i) + " is missing");
            }
        }
    }

    private static Slice key(int number) {
        return Slice.utf8("order/%09d".formatted(number));
    }

    private static Measured find(List<Measured> all, int objectKib, boolean hasIndexes) {
        return all.stream()
                .filter(one -> one.objectKib == objectKib && one.hasIndexes == hasIndexes)
                .findFirst()
                .orElseThrow();
    }

    private static ResultTable table(List<Measured> all) {
        ResultTable.Builder table = ResultTable.builder()
                .column("object", "KiB")
                .column("indexes in memory")
                .column("writing a million", "cents")
                .column("storing a million for a month", "cents")
                .column("reading 1 % of a million", "cents")
                .column("gets a read", "gets")
                .column("read for an order", "KiB")
                .column("a read takes, by assumption", "ms");
        all.forEach(one -> table.row(
                one.objectKib,
                one.hasIndexes ? "all" : "none",
                one.writingCents(),
                one.storingCents(),
                one.readingCents(),
                one.getsPerRead(),
                one.bytesPerRead() / 1_024,
                one.millisPerRead()));
        return table.build();
    }

    private static List<Plot> plots(List<Measured> all) {
        Plot.SeriesBuilder writing = Plot.Series.named("writing, once");
        Plot.SeriesBuilder storing = Plot.Series.named("storing, a month");
        Plot.SeriesBuilder reading = Plot.Series.named("reading one of 100");
        Plot.SeriesBuilder without = Plot.Series.named("no index in memory");
        Plot.SeriesBuilder with = Plot.Series.named("all indexes in memory");
        for (int objectKib : OBJECT_KIB) {
            Measured one = find(all, objectKib, true);
            writing.add(objectKib, one.writingCents());
            storing.add(objectKib, one.storingCents());
            reading.add(objectKib, one.readingCents());
            with.add(objectKib, one.millisPerRead());
            without.add(objectKib, find(all, objectKib, false).millisPerRead());
        }
        return List.of(
                new Plot.Curves(
                        "What a million orders cost in an archive",
                        Axis.logarithmic("object", "KiB"),
                        Axis.logarithmic("cost", "cents"),
                        List.of(
                                writing.as(Style.MARKS_AND_LINE),
                                storing.as(Style.MARKS_AND_LINE),
                                reading.as(Style.MARKS_AND_LINE))),
                new Plot.Curves(
                        "How long the read of an order takes, at 30 ms a request and 50 MB a second",
                        Axis.logarithmic("object", "KiB"),
                        Axis.linear("a read", "ms"),
                        List.of(without.as(Style.MARKS_AND_LINE), with.as(Style.MARKS_AND_LINE))));
    }

    private static String observation(List<Measured> all, double answer) {
        Measured small = find(all, OBJECT_KIB.get(0), true);
        Measured large = find(all, PREDICTED_KIB, true);
        Measured blind = find(all, PREDICTED_KIB, false);
        return "In objects of 4 MiB, writing a million orders costs " + Quantity.number(large.writingCents())
                + " cents, storing them for a month " + Quantity.number(large.storingCents())
                + ", and reading one of 100 once " + Quantity.number(large.readingCents()) + ": "
                + Quantity.number(answer) + " % of the bill is for reading. In objects of 16 KiB, writing costs "
                + Quantity.number(small.writingCents())
                + " cents. Without the indexes in memory, a read of an object of 4 MiB is "
                + Quantity.number(blind.getsPerRead()) + " gets and " + Quantity.number(blind.bytesPerRead() / 1_024)
                + " KiB; with them " + Quantity.number(large.getsPerRead()) + " and "
                + Quantity.number(large.bytesPerRead() / 1_024) + " KiB.";
    }
}
