package storagelab.btree.experiment;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import storagelab.api.Slice;
import storagelab.btree.MemoryPages;
import storagelab.btree.PageSource;
import storagelab.btree.StoredValue;
import storagelab.btree.TreeInsert;
import storagelab.btree.TreeSearch;
import storagelab.btree.TreeVerifier;
import storagelab.btree.TreeVerifier.TreeShape;
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
import storagelab.page.SlottedPage;
import storagelab.tree.BalancedTree;

/**
 * A balanced binary tree, every node of which would be a read of the disk, beside B+trees with pages of four sizes: how
 * many reads a get takes, counted up to a million entries and computed up to a billion.
 */
public final class HeightExperiment implements Experiment {
    private static final int[] PAGE_BYTES = {1 << 10, 4 << 10, 16 << 10, 64 << 10};
    private static final int PREDICTED = 1; // of PAGE_BYTES
    private static final int GETS = 1_000;
    private static final int SMALLEST = 1_000;
    private static final double LARGEST = 1e9;

    /** How full leaves and branches become in the long run if keys come in random order. */
    private static final double FILL = Math.log(2);

    /** For the service loader. */
    public HeightExperiment() {}

    @Override
    public String id() {
        return "4.height";
    }

    @Override
    public String question() {
        return "How many reads is a get in a binary tree and in B+trees?";
    }

    @Override
    public Prediction prediction() {
        return new Prediction.Amount(
                "A B+tree with pages of 4 KiB got 100,000 entries of 16 + 100 bytes. How many pages does a get read?",
                "pages");
    }

    /** What was counted of one tree at one size. */
    private record Counted(int keys, double reads, double fanOut) {}

    /** A kind of tree: what it costs by the formula and what was counted. */
    private record Kind(String name, List<Counted> counted, Formula formula) {}

    /** Levels of a tree of so many entries. */
    @FunctionalInterface
    private interface Formula {
        int levels(double keys);
    }

    @Override
    public ExperimentResult run(ExperimentContext context) throws IOException {
        int most = context.pick(1_000_000, 100_000);
        int[] order = Numbers.shuffled(most, new SplittableRandom(context.seed()));
        List<Kind> kinds = new ArrayList<>();
        context.progress("binary tree", 0);
        kinds.add(new Kind(
                "binary tree", countBinary(order), keys -> (int) Math.ceil(Math.log(keys + 1) / Math.log(2))));
        for (int pageBytes : PAGE_BYTES) {
            String name = "pages of " + Quantity.bytes(pageBytes);
            context.progress(name, kinds.size() / (PAGE_BYTES.length + 1.0));
            kinds.add(new Kind(name, countPages(pageBytes, order), keys -> levels(pageBytes, keys)));
        }
        return new ExperimentResult(
                table(kinds),
                List.of(countedPlot(kinds), computedPlot(kinds)),
                readsAt(kinds.get(1 + PREDICTED), 100_000),
                observation(kinds, most));
    }

    /**
     * Levels of a B+tree by arithmetic: with leaves and branches full to ln 2 and separators as long as keys, one level
     * of leaves and above them as many as it takes to come down to a single page.
     */
    private static int levels(int pageBytes, double keys) {
        double inUse = FILL * SlottedPage.capacityBytes(pageBytes);
        double perLeaf = inUse / SlottedPage.cellBytes(Articles.KEY_BYTES, 1 + Articles.VALUE_BYTES);
        double perBranch = 1 + inUse / SlottedPage.cellBytes(Articles.KEY_BYTES, Integer.BYTES);
        int levels = 1;
        for (double pages = Math.ceil(keys / perLeaf); pages > 1; pages = Math.ceil(pages / perBranch)) {
            levels++;
        }
        return levels;
    }

    /** Fills a balanced tree, and counts nodes on the way to a key: one comparison is one node. */
    private static List<Counted> countBinary(int[] order) {
        long[] comparisons = new long[1];
        Comparator<Integer> counting = (left, right) -> {
            comparisons[0]++;
            return Integer.compare(left, right);
        };
        BalancedTree<Integer, Integer> tree = new BalancedTree<>(counting);
        List<Counted> counted = new ArrayList<>();
        for (int i = 0; i < order.length; i++) {
            tree.put(order[i], i);
            if (isMeasured(i + 1)) {
                comparisons[0] = 0;
                for (int get = 0; get < GETS; get++) {
                    tree.get(order[(int) ((long) get * i / GETS)]);
                }
                counted.add(new Counted(i + 1, (double) comparisons[0] / GETS, 2));
            }
        }
        return counted;
    }

    private static List<Counted> countPages(int pageBytes, int[] order) {
        MemoryPages pages = new MemoryPages(pageBytes);
        Slice payload = StoredValue.inline(Articles.value(new SplittableRandom(0)));
        int root = PageSource.NO_PAGE;
        List<Counted> counted = new ArrayList<>();
        for (int i = 0; i < order.length; i++) {
            root = TreeInsert.put(pages, root, Articles.key(order[i]), payload);
            if (isMeasured(i + 1)) {
                long before = pages.reads();
                for (int get = 0; get < GETS; get++) {
                    find(pages, root, order[(int) ((long) get * i / GETS)]);
                }
                double reads = (double) (pages.reads() - before) / GETS;
                TreeShape shape = TreeVerifier.verify(pages, root);
                int branches = shape.pages().size() - shape.leaves();
                double fanOut = branches == 0 ? 0 : (shape.pages().size() - 1.0) / branches;
                counted.add(new Counted(i + 1, reads, fanOut));
            }
        }
        return counted;
    }

    private static void find(MemoryPages pages, int root, int number) {
        if (TreeSearch.payload(pages, root, Articles.key(number)) == null) {
            throw new AssertionError("a get does not find " + Articles.key(number) + ", which was put");
        }
    }

    private static boolean isMeasured(int keys) {
        int power = SMALLEST;
        while (power < keys) {
            power *= 10;
        }
        return power == keys;
    }

    private static ResultTable table(List<Kind> kinds) {
        ResultTable.Builder table = ResultTable.builder()
                .column("keys")
                .column("tree")
                .column("children a branch")
                .column("reads a get, counted")
                .column("levels, computed");
        int measured = kinds.get(0).counted.size();
        for (int row = 0; SMALLEST * Math.pow(10, row) <= LARGEST; row++) {
            long keys = (long) (SMALLEST * Math.pow(10, row));
            for (Kind kind : kinds) {
                Object fanOut = row < measured ? (Object) kind.counted.get(row).fanOut : "-";
                Object reads = row < measured ? (Object) kind.counted.get(row).reads : "-";
                table.row(keys, kind.name, fanOut, reads, kind.formula.levels(keys));
            }
        }
        return table.build();
    }

    private static Plot countedPlot(List<Kind> kinds) {
        List<Plot.Series> series = new ArrayList<>();
        for (Kind kind : kinds) {
            Plot.SeriesBuilder points = Plot.Series.named(kind.name);
            kind.counted.forEach(one -> points.add(one.keys, one.reads));
            series.add(points.as(Style.MARKS_AND_LINE));
        }
        return new Plot.Curves(
                "Reads of a get, counted",
                Axis.logarithmic("entries", ""),
                Axis.linear("reads of a get", "nodes or pages"),
                series);
    }

    private static Plot computedPlot(List<Kind> kinds) {
        List<Plot.Series> series = new ArrayList<>();
        for (Kind kind : kinds) {
            Plot.SeriesBuilder points = Plot.Series.named(kind.name);
            for (double keys = SMALLEST; keys <= LARGEST; keys *= Math.pow(10, 0.25)) {
                points.add(keys, kind.formula.levels(keys));
            }
            series.add(points.as(Style.DASHED_LINE));
        }
        return new Plot.Curves(
                "Levels, computed to a billion", Axis.logarithmic("entries", ""), Axis.linear("levels", ""), series);
    }

    private static double readsAt(Kind kind, int keys) {
        return kind.counted.stream()
                .filter(one -> one.keys == keys)
                .mapToDouble(Counted::reads)
                .findFirst()
                .orElseThrow();
    }

    private static String observation(List<Kind> kinds, int keys) {
        Kind binary = kinds.get(0);
        Kind pages = kinds.get(1 + PREDICTED);
        Kind large = kinds.get(kinds.size() - 1);
        return "With " + Quantity.number(keys) + " entries a get visits " + Quantity.number(readsAt(binary, keys))
                + " nodes of the binary tree on average, and reads " + Quantity.number(readsAt(pages, keys))
                + " pages of 4 KiB or " + Quantity.number(readsAt(large, keys))
                + " of 64 KiB; a billion entries make that "
                + binary.formula.levels(LARGEST) + ", " + pages.formula.levels(LARGEST) + " and "
                + large.formula.levels(LARGEST) + ".";
    }
}
