package storagelab.btree.experiment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import storagelab.api.Cursor;
import storagelab.api.KeyRange;
import storagelab.api.Metric;
import storagelab.api.Slice;
import storagelab.btree.BTreeOptions;
import storagelab.btree.BTreeStore;
import storagelab.btree.MemoryPages;
import storagelab.btree.PageSource;
import storagelab.btree.StoredValue;
import storagelab.btree.TreeInsert;
import storagelab.btree.TreeVerifier;
import storagelab.btree.TreeVerifier.TreeShape;
import storagelab.experiment.Axis;
import storagelab.experiment.Experiment;
import storagelab.experiment.ExperimentContext;
import storagelab.experiment.ExperimentResult;
import storagelab.experiment.Plot;
import storagelab.experiment.Plot.Style;
import storagelab.experiment.Prediction;
import storagelab.experiment.Quantity;
import storagelab.experiment.ResultTable;
import storagelab.page.PageLayout;

/**
 * The same entries go into a tree in ascending, descending and random order, and by bulk load: how often pages are
 * split, how full they are then, and how large the file becomes.
 */
public final class FillExperiment implements Experiment {
    private static final int PAGE_BYTES = PageLayout.DEFAULT_PAGE_BYTES;
    private static final int SAMPLES_FROM = 500;
    private static final double SAMPLES_APART = 1.15;
    private static final double PERCENT = 100;
    private static final double LN_2 = Math.log(2);

    /** For the service loader. */
    public FillExperiment() {}

    @Override
    public String id() {
        return "4.fill";
    }

    @Override
    public String question() {
        return "How full are the pages of a tree, and what does that depend on?";
    }

    @Override
    public Prediction prediction() {
        return new Prediction.Amount(
                "Entries are put in random order, and a page that is full is split in the middle. What percentage of the "
                        + "leaves is in use in the end?",
                "%");
    }

    /** In which order the entries come. */
    private enum Order {
        ASCENDING("ascending"),
        DESCENDING("descending"),
        RANDOM("random");

        private final String words;

        Order(String words) {
            this.words = words;
        }

        int[] numbers(int count, long seed) {
            return switch (this) {
                case ASCENDING -> IntStream.range(0, count).toArray();
                case DESCENDING ->
                    IntStream.range(0, count).map(i -> count - 1 - i).toArray();
                case RANDOM -> Articles.shuffled(count, new SplittableRandom(seed));
            };
        }
    }

    /** A store that was filled, and what it took. */
    private record Filled(String order, TreeShape shape, long fileBytes, long pagesWritten) {
        double fillPercent() {
            return PERCENT * shape.leafFill(PAGE_BYTES);
        }

        /** Each split adds a page, and so does each level; the first page was added by neither. */
        int splits() {
            return shape.pages().size() - shape.depth();
        }

        double fileBytesPerUserByte() {
            return (double) fileBytes / shape.entries() / Articles.ENTRY_BYTES;
        }
    }

    @Override
    public ExperimentResult run(ExperimentContext context) throws IOException {
        int count = context.pick(200_000, 20_000);
        List<Plot.Series> fills = new ArrayList<>();
        List<Filled> stores = new ArrayList<>();
        double steps = Order.values().length + 1;
        for (Order order : Order.values()) {
            context.progress(order.words, order.ordinal() / steps);
            int[] numbers = order.numbers(count, context.seed());
            fills.add(fillOverTime(order, numbers));
            stores.add(fillStore(context, order, numbers));
        }
        context.progress("bulk load", 1 - 1 / steps);
        stores.add(bulkLoad(context, stores.get(0).order));
        fills.add(Plot.Series.named("ln 2")
                .add(SAMPLES_FROM, PERCENT * LN_2)
                .add(count, PERCENT * LN_2)
                .as(Style.DASHED_LINE));
        Filled random = stores.get(Order.RANDOM.ordinal());
        return new ExperimentResult(
                table(stores),
                List.of(
                        new Plot.Curves(
                                "How full leaves are while a tree grows",
                                Axis.logarithmic("entries", ""),
                                Axis.linear("in use", "% of the leaves"),
                                fills),
                        new Plot.Bars(
                                "The file in the end",
                                stores.stream().map(Filled::order).toList(),
                                Axis.linear("size of the file", "times the entries"),
                                List.of(new Plot.Group(
                                        "size",
                                        stores.stream()
                                                .map(Filled::fileBytesPerUserByte)
                                                .toList())))),
                random.fillPercent(),
                observation(stores, random));
    }

    /** The fill of the leaves now and again while a tree in memory grows. */
    private static Plot.Series fillOverTime(Order order, int[] numbers) {
        MemoryPages pages = new MemoryPages(PAGE_BYTES);
        Slice payload = StoredValue.inline(Articles.value(new SplittableRandom(0)));
        Plot.SeriesBuilder points = Plot.Series.named(order.words);
        int root = PageSource.NO_PAGE;
        double next = SAMPLES_FROM;
        for (int i = 0; i < numbers.length; i++) {
            root = TreeInsert.put(pages, root, Articles.key(numbers[i]), payload);
            if (i + 1 >= next) {
                points.add(i + 1, PERCENT * TreeVerifier.verify(pages, root).leafFill(PAGE_BYTES));
                next *= SAMPLES_APART;
            }
        }
        return points.as(Style.MARKS_AND_LINE);
    }

    private static Filled fillStore(ExperimentContext context, Order order, int[] numbers) throws IOException {
        SplittableRandom random = new SplittableRandom(context.seed());
        Path directory = directory(context, order.words);
        try (BTreeStore store = open(directory)) {
            for (int number : numbers) {
                store.put(Articles.key(number), Articles.value(random));
            }
            store.checkpoint();
            return filled(order.words, store, directory);
        }
    }

    /** Loads what is in the store of the ascending order into a new one. */
    private static Filled bulkLoad(ExperimentContext context, String from) throws IOException {
        Path directory = directory(context, "bulk load");
        try (BTreeStore source = open(directory(context, from));
                Cursor sorted = source.cursor(KeyRange.all());
                BTreeStore store = open(directory)) {
            store.bulkLoad(sorted);
            return filled("bulk load", store, directory);
        }
    }

    private static Path directory(ExperimentContext context, String name) {
        return context.directory().resolve(name);
    }

    /** One checkpoint, at the end. */
    private static BTreeStore open(Path directory) {
        return BTreeStore.open(directory, BTreeOptions.defaults().withCheckpointBytes(Long.MAX_VALUE));
    }

    private static Filled filled(String order, BTreeStore store, Path directory) throws IOException {
        return new Filled(
                order,
                store.verify(),
                Files.size(directory.resolve(BTreeStore.FILE_NAME)),
                store.stats().get(Metric.BLOCKS_WRITTEN));
    }

    private static ResultTable table(List<Filled> stores) {
        ResultTable.Builder table = ResultTable.builder()
                .column("order")
                .column("entries")
                .column("levels")
                .column("leaves")
                .column("splits")
                .column("in use of the leaves", "%")
                .column("pages written")
                .column("file", "bytes")
                .column("file", "times the entries");
        for (Filled one : stores) {
            TreeShape shape = one.shape;
            table.row(
                    one.order,
                    shape.entries(),
                    shape.depth(),
                    shape.leaves(),
                    one.order.equals("bulk load") ? 0 : one.splits(),
                    one.fillPercent(),
                    one.pagesWritten,
                    one.fileBytes,
                    one.fileBytesPerUserByte());
        }
        return table.build();
    }

    private static String observation(List<Filled> stores, Filled random) {
        Filled ascending = stores.get(Order.ASCENDING.ordinal());
        Filled descending = stores.get(Order.DESCENDING.ordinal());
        Filled bulk = stores.get(stores.size() - 1);
        return "Random order left the leaves " + Quantity.number(random.fillPercent()) + " % full (ln 2 is "
                + Quantity.number(PERCENT * LN_2)
                + " %), descending order, where every split in the middle leaves a half"
                + " that nobody comes back to, " + Quantity.number(descending.fillPercent())
                + " %, and ascending order, where the last leaf is split 90 to 10, "
                + Quantity.number(ascending.fillPercent()) + " %; a bulk load fills "
                + Quantity.number(bulk.fillPercent()) + " % without a split, into a file of "
                + Quantity.number(bulk.fileBytesPerUserByte()) + " instead of "
                + Quantity.number(random.fileBytesPerUserByte()) + " times the entries.";
    }
}
