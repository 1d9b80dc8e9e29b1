package storagelab.btree.experiment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import storagelab.api.Cursor;
import storagelab.api.KeyRange;
import storagelab.api.Slice;
import storagelab.btree.BTreeOptions;
import storagelab.btree.BTreeStore;
import storagelab.btree.MemoryPages;
import storagelab.btree.PageSource;
import storagelab.btree.StoredValue;
import storagelab.btree.TreeInsert;
import storagelab.btree.TreeVerifier;
import storagelab.btree.TreeVerifier.TreeShape;
import storagelab.btree.toy.HalvedLeaves;
import storagelab.experiment.Axis;
import storagelab.experiment.Experiment;
import storagelab.experiment.ExperimentContext;
import storagelab.experiment.ExperimentResult;
import storagelab.experiment.Numbers;
import storagelab.experiment.Plot;
import storagelab.experiment.Plot.Style;
import storagelab.experiment.Prediction;
import storagelab.experiment.Quantity;
import storagelab.experiment.ResultTable;
import storagelab.page.PageLayout;
import storagelab.page.SlottedPage;

/**
 * The same entries go into a tree in ascending, descending and random order, and by bulk load: how often pages are
 * split, how full leaves are then, and how large the file becomes. Beside it, leaves that are always divided in the
 * middle.
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
                "Entries are put in random order, and every leaf that is full is divided in the middle. What percentage "
                        + "of the leaves is in use in the end?",
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
                case RANDOM -> Numbers.shuffled(count, new SplittableRandom(seed));
            };
        }
    }

    /** A tree in memory that has grown, and the leaves beside it. */
    private record GrownTree(MemoryPages pages, int root, HalvedLeaves halved) {
        /** Each split adds a page, and so does each level. */
        long splits() {
            return pages.adds() - TreeVerifier.verify(pages, root).depth();
        }
    }

    /** A store that was filled. */
    private record Filled(String order, TreeShape shape, long fileBytes) {
        double fillPercent() {
            return PERCENT * shape.leafFill(PAGE_BYTES);
        }

        double fileBytesPerUserByte() {
            return (double) fileBytes / shape.entries() / Articles.ENTRY_BYTES;
        }
    }

    @Override
    public ExperimentResult run(ExperimentContext context) throws IOException {
        int count = context.pick(200_000, 20_000);
        List<Plot.SeriesBuilder> fills = new ArrayList<>();
        List<GrownTree> grown = new ArrayList<>();
        List<Filled> stores = new ArrayList<>();
        double steps = Order.values().length + 1;
        Plot.SeriesBuilder halved = Plot.Series.named("random, divided in the middle");
        for (Order order : Order.values()) {
            context.progress(order.words, order.ordinal() / steps);
            int[] numbers = order.numbers(count, context.seed());
            Plot.SeriesBuilder fill = Plot.Series.named(order.words);
            fills.add(fill);
            grown.add(grow(numbers, fill, order == Order.RANDOM ? halved : Plot.Series.named("not shown")));
            stores.add(fillStore(context, order, numbers));
        }
        context.progress("bulk load", 1 - 1 / steps);
        stores.add(bulkLoad(context, stores.get(0).order));
        fills.add(halved);
        return new ExperimentResult(
                table(grown, stores),
                plots(fills, stores, count),
                PERCENT * grown.get(Order.RANDOM.ordinal()).halved.fill(),
                observation(grown, stores));
    }

    private static List<Plot> plots(List<Plot.SeriesBuilder> fills, List<Filled> stores, int count) {
        List<Plot.Series> series = new ArrayList<>();
        fills.forEach(fill -> series.add(fill.as(Style.MARKS_AND_LINE)));
        series.add(Plot.Series.named("ln 2")
                .add(SAMPLES_FROM, PERCENT * LN_2)
                .add(count, PERCENT * LN_2)
                .as(Style.DASHED_LINE));
        return List.of(
                new Plot.Curves(
                        "How full leaves are while a tree grows",
                        Axis.logarithmic("entries", ""),
                        Axis.linear("in use", "% of the leaves"),
                        series),
                new Plot.Bars(
                        "The file in the end",
                        stores.stream().map(Filled::order).toList(),
                        Axis.linear("size of the file", "times the entries"),
                        List.of(new Plot.Group(
                                "size",
                                stores.stream()
                                        .map(Filled::fileBytesPerUserByte)
                                        .toList()))));
    }

    /**
     * Lets a tree in memory grow, and leaves that are divided in the middle, and notes now and again how full they are.
     */
    private static GrownTree grow(int[] numbers, Plot.SeriesBuilder fill, Plot.SeriesBuilder halvedFill) {
        MemoryPages pages = new MemoryPages(PAGE_BYTES);
        int cellBytes = SlottedPage.cellBytes(Articles.KEY_BYTES, 1 + Articles.VALUE_BYTES);
        HalvedLeaves halved = new HalvedLeaves(SlottedPage.capacityBytes(PAGE_BYTES) / cellBytes);
        Slice payload = StoredValue.inline(Articles.value(new SplittableRandom(0)));
        int root = PageSource.NO_PAGE;
        double next = SAMPLES_FROM;
        for (int i = 0; i < numbers.length; i++) {
            root = TreeInsert.put(pages, root, Articles.key(numbers[i]), payload);
            halved.put(numbers[i]);
            if (i + 1 >= next) {
                fill.add(i + 1, PERCENT * TreeVerifier.verify(pages, root).leafFill(PAGE_BYTES));
                halvedFill.add(i + 1, PERCENT * halved.fill());
                next *= SAMPLES_APART;
            }
        }
        return new GrownTree(pages, root, halved);
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
        return new Filled(order, store.verify(), Files.size(directory.resolve(BTreeStore.FILE_NAME)));
    }

    private static ResultTable table(List<GrownTree> grown, List<Filled> stores) {
        ResultTable.Builder table = ResultTable.builder()
                .column("order")
                .column("entries")
                .column("halved: leaves")
                .column("halved: in use", "%")
                .column("leaves")
                .column("splits")
                .column("in use of the leaves", "%")
                .column("levels")
                .column("file", "bytes")
                .column("file", "times the entries");
        for (int i = 0; i < stores.size(); i++) {
            Filled one = stores.get(i);
            boolean inserted = i < grown.size();
            table.row(
                    one.order,
                    one.shape.entries(),
                    inserted ? (Object) grown.get(i).halved.leafCount() : "-",
                    inserted ? (Object) (PERCENT * grown.get(i).halved.fill()) : "-",
                    one.shape.leaves(),
                    inserted ? grown.get(i).splits() : 0L,
                    one.fillPercent(),
                    one.shape.depth(),
                    one.fileBytes,
                    one.fileBytesPerUserByte());
        }
        return table.build();
    }

    private static String observation(List<GrownTree> grown, List<Filled> stores) {
        return "Divided in the middle, leaves were "
                + percent(order -> PERCENT * grown.get(order.ordinal()).halved.fill())
                + " (ln 2 is " + Quantity.number(PERCENT * LN_2) + " %); those of this tree were "
                + percent(order -> stores.get(order.ordinal()).fillPercent())
                + ", and after a bulk load "
                + Quantity.number(stores.get(stores.size() - 1).fillPercent())
                + " %, which makes files of "
                + Quantity.number(stores.get(Order.RANDOM.ordinal()).fileBytesPerUserByte())
                + " times the entries in random order and "
                + Quantity.number(stores.get(stores.size() - 1).fileBytesPerUserByte()) + " times after the bulk load.";
    }

    private static String percent(ToDoubleFunction<Order> fill) {
        return Quantity.number(fill.applyAsDouble(Order.RANDOM)) + " % full in random order, "
                + Quantity.number(fill.applyAsDouble(Order.ASCENDING)) + " % in ascending and "
                + Quantity.number(fill.applyAsDouble(Order.DESCENDING)) + " % in descending order";
    }
}
