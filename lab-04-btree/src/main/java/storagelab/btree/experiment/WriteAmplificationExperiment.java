package storagelab.btree.experiment;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import storagelab.btree.BTreeOptions;
import storagelab.btree.BTreeStore;
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
import storagelab.file.FileMetrics;
import storagelab.page.PageLayout;

/**
 * Values of a full store are replaced at random, with more or fewer of them between two checkpoints and pages of four
 * sizes: how many bytes are written for each byte of a key or a value. A page is written as a whole, whatever has
 * changed in it, and with it those above it.
 */
public final class WriteAmplificationExperiment implements Experiment {
    private static final int[] PAGE_BYTES = {1 << 10, 4 << 10, 16 << 10, 64 << 10};
    private static final int[] UPDATES = {1, 10, 100, 1_000, 10_000};
    private static final int PREDICTED = 100; // of UPDATES
    private static final long POOL_BYTES = 64L << 20; // everything fits: no page is written but by a checkpoint

    /** For the service loader. */
    public WriteAmplificationExperiment() {}

    @Override
    public String id() {
        return "4.write-amplification";
    }

    @Override
    public String question() {
        return "How many bytes does a small update write?";
    }

    @Override
    public Prediction prediction() {
        return new Prediction.Amount(
                "A tree with pages of 4 KiB makes a checkpoint after every 100 random updates, 16 bytes of key and 100 of "
                        + "value each. How many bytes does it write for each of these?",
                "bytes");
    }

    /** What was written with pages of one size. */
    private record Written(int pageBytes, int updates, double amplification, double pagesPerUpdate) {}

    @Override
    public ExperimentResult run(ExperimentContext context) throws IOException {
        int entries = context.pick(100_000, 5_000);
        int checkpoints = context.pick(20, 4);
        List<Written> measured = new ArrayList<>();
        for (int pageBytes : PAGE_BYTES) {
            context.progress("pages of " + Quantity.bytes(pageBytes), measured.size() / 20.0);
            BTreeOptions options = BTreeOptions.defaults()
                    .withPageSizeBytes(pageBytes)
                    .withPoolBytes(POOL_BYTES)
                    .withCheckpointBytes(Long.MAX_VALUE);
            try (BTreeStore store = BTreeStore.open(context.directory().resolve("pages-" + pageBytes), options)) {
                SplittableRandom random = new SplittableRandom(context.seed());
                for (int number : Numbers.shuffled(entries, random)) {
                    store.put(Articles.key(number), Articles.value(random));
                }
                store.checkpoint();
                for (int updates : UPDATES) {
                    measured.add(update(store, entries, updates, checkpoints, random));
                }
            }
        }
        return new ExperimentResult(
                table(measured, entries),
                List.of(plot(measured)),
                of(measured, PageLayout.DEFAULT_PAGE_BYTES, PREDICTED).amplification,
                observation(measured));
    }

    private static Written update(
            BTreeStore store, int entries, int updates, int checkpoints, SplittableRandom random) {
        long bytesBefore = store.stats().get(FileMetrics.BYTES_WRITTEN);
        long pagesBefore = store.stats().get(FileMetrics.BLOCKS_WRITTEN);
        for (int checkpoint = 0; checkpoint < checkpoints; checkpoint++) {
            for (int i = 0; i < updates; i++) {
                store.put(Articles.key(random.nextInt(entries)), Articles.value(random));
            }
            store.checkpoint();
        }
        double all = (double) updates * checkpoints;
        double bytes = store.stats().get(FileMetrics.BYTES_WRITTEN) - bytesBefore;
        double pages = store.stats().get(FileMetrics.BLOCKS_WRITTEN) - pagesBefore;
        int pageBytes = store.lastCheckpoint().pageSizeBytes();
        return new Written(pageBytes, updates, bytes / all / Articles.ENTRY_BYTES, pages / all);
    }

    private static ResultTable table(List<Written> measured, int entries) {
        ResultTable.Builder table = ResultTable.builder()
                .column("page", "bytes")
                .column("updates a checkpoint")
                .column("entries")
                .column("pages written an update")
                .column("bytes written a byte")
                .column("page / entry");
        for (Written one : measured) {
            table.row(
                    one.pageBytes,
                    one.updates,
                    entries,
                    one.pagesPerUpdate,
                    one.amplification,
                    (double) one.pageBytes / Articles.ENTRY_BYTES);
        }
        return table.build();
    }

    private static Plot plot(List<Written> measured) {
        List<Plot.Series> series = new ArrayList<>();
        for (int updates : UPDATES) {
            Plot.SeriesBuilder points = Plot.Series.named(Quantity.number(updates));
            measured.stream()
                    .filter(one -> one.updates == updates)
                    .forEach(one -> points.add(one.pageBytes / 1024.0, one.amplification));
            series.add(points.as(Style.MARKS_AND_LINE));
        }
        Plot.SeriesBuilder onePage = Plot.Series.named("a page each");
        for (int pageBytes : PAGE_BYTES) {
            onePage.add(pageBytes / 1024.0, (double) pageBytes / Articles.ENTRY_BYTES);
        }
        series.add(onePage.as(Style.DASHED_LINE));
        return new Plot.Curves(
                "Write amplification, by the number of updates a checkpoint",
                Axis.logarithmic("page", "KiB"),
                Axis.logarithmic("bytes written", "for each byte of keys and values"),
                series);
    }

    private static Written of(List<Written> measured, int pageBytes, int updates) {
        return measured.stream()
                .filter(one -> one.pageBytes == pageBytes && one.updates == updates)
                .findFirst()
                .orElseThrow();
    }

    private static String observation(List<Written> measured) {
        int page = PageLayout.DEFAULT_PAGE_BYTES;
        return "With pages of 4 KiB, " + amplification(of(measured, page, PREDICTED))
                + " bytes were written for each byte of "
                + PREDICTED + " updates a checkpoint, " + amplification(of(measured, page, 1))
                + " if every update was one, "
                + amplification(of(measured, page, 10_000))
                + " with 10,000, when pages are hit more than once; with pages "
                + "of 64 KiB and " + PREDICTED + " updates it was "
                + amplification(of(measured, 64 << 10, PREDICTED)) + ".";
    }

    private static String amplification(Written one) {
        return Quantity.number(one.amplification);
    }
}
