package storagelab.hybrid.experiment;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import storagelab.course.ExerciseNotDone;
import storagelab.disk.CrashDisk;
import storagelab.disk.CrashExplorer;
import storagelab.disk.CrashExplorerOptions;
import storagelab.disk.CrashPoint;
import storagelab.disk.DiskOperation;
import storagelab.experiment.Axis;
import storagelab.experiment.Experiment;
import storagelab.experiment.ExperimentContext;
import storagelab.experiment.ExperimentResult;
import storagelab.experiment.Plot;
import storagelab.experiment.Prediction;
import storagelab.experiment.Quantity;
import storagelab.experiment.ResultTable;

/**
 * Sales on a simulated disk: each takes a product from the stock, which is on a B+tree, and adds an order, which is on an LSM tree. The power is cut after every single operation on the disk,
 * in every way, and the shop is opened again: is there an order without its product, or a product that is gone without an order?
 */
public final class TornCommitExperiment implements Experiment {
    private static final double PERCENT = 100;

    /** For the service loader. */
    public TornCommitExperiment() {}

    @Override
    public String id() {
        return "7.torn-commit";
    }

    @Override
    public String question() {
        return "What does a crash leave of a sale that changes two engines?";
    }

    @Override
    public Prediction prediction() {
        return new Prediction.Amount(
                "A sale takes a product from one store and adds an order to another one. Each write is on the disk before the next begins. The power is cut at every"
                        + " moment. After how many of 100 such crashes is there half a sale?",
                "of 100");
    }

    /** A sale that was acknowledged, and all before it. */
    private record Sold(int sales) {}

    /** What the crashes of one shop have left. */
    private static final class Crashes {
        private final String words;
        private int images;
        private int torn; // images with half a sale
        private int lost; // images without a sale that was acknowledged
        private double forcedASale;

        Crashes(String words) {
            this.words = words;
        }

        double tornPercent() {
            return PERCENT * torn / Math.max(1, images);
        }
    }

    @Override
    public ExperimentResult run(ExperimentContext context) throws IOException {
        int sales = context.pick(25, 5);
        List<Crashes> all = new ArrayList<>();
        for (TwoEngineShop.Way way : TwoEngineShop.Way.values()) {
            context.progress(way.words(), (double) all.size() / TwoEngineShop.Way.values().length);
            all.add(crashEverywhere(context, way, sales));
        }
        return new ExperimentResult(table(all), plots(all), all.get(0).tornPercent(), observation(all));
    }

    private static Crashes crashEverywhere(ExperimentContext context, TwoEngineShop.Way way, int sales)
            throws IOException {
        Crashes crashes = new Crashes(way.words());
        CrashDisk disk = CrashDisk.create();
        int opened;
        try (TwoEngineShop shop = way.open(disk.root())) {
            disk.syncAll();
            opened = disk.operations().size();
            for (int sale = 0; sale < sales; sale++) {
                shop.sell(sale);
                disk.ack(new Sold(sale + 1));
            }
            crashes.forcedASale =
                    forced(disk.operations().subList(opened, disk.operations().size())) / (double) sales;
        }
        CrashExplorerOptions options = CrashExplorerOptions.defaults()
                .withSeed(context.seed())
                .withFirstOperation(opened)
                .withRandomImages(context.pick(3, 1))
                .withRecoveryCrashes(0, 1);
        CrashExplorer.explore(options, disk, crash -> judge(way, crash, sales, crashes));
        return crashes;
    }

    private static long forced(List<DiskOperation> operations) {
        return operations.stream()
                .filter(operation -> operation instanceof DiskOperation.Sync)
                .count();
    }

    private static void judge(TwoEngineShop.Way way, CrashPoint crash, int sales, Crashes crashes) {
        int acknowledged = crash.acknowledged().size();
        boolean isTorn = false;
        boolean isLost = false;
        try (TwoEngineShop shop = way.open(crash.root())) {
            for (int sale = 0; sale < sales; sale++) {
                boolean hasOrder = shop.hasOrder(sale);
                isTorn |= hasOrder != shop.isTaken(sale);
                isLost |= sale < acknowledged && !hasOrder;
            }
        } catch (ExerciseNotDone e) {
            throw e;
        }
        crashes.images++;
        crashes.torn += isTorn ? 1 : 0;
        crashes.lost += isLost ? 1 : 0;
    }

    private static ResultTable table(List<Crashes> all) {
        ResultTable.Builder table = ResultTable.builder()
                .column("a sale is")
                .column("forced writes a sale")
                .column("crashes")
                .column("with half a sale")
                .column("half sales", "% of the crashes")
                .column("with an acknowledged sale lost");
        all.forEach(crashes -> table.row(
                crashes.words, crashes.forcedASale, crashes.images, crashes.torn, crashes.tornPercent(), crashes.lost));
        return table.build();
    }

    private static List<Plot> plots(List<Crashes> all) {
        List<String> ways = all.stream().map(crashes -> crashes.words).toList();
        return List.of(
                new Plot.Bars(
                        "Crashes that leave half a sale",
                        ways,
                        Axis.linear("half sales", "% of the crashes"),
                        List.of(new Plot.Group(
                                "half sales",
                                all.stream().map(Crashes::tornPercent).toList()))),
                new Plot.Bars(
                        "What a sale costs",
                        ways,
                        Axis.linear("forced writes", "a sale"),
                        List.of(new Plot.Group(
                                "forced writes",
                                all.stream().map(crashes -> crashes.forcedASale).toList()))));
    }

    private static String observation(List<Crashes> all) {
        Crashes two = all.get(TwoEngineShop.Way.TWO_WRITES.ordinal());
        Crashes phases = all.get(TwoEngineShop.Way.TWO_PHASES.ordinal());
        Crashes log = all.get(TwoEngineShop.Way.ONE_LOG.ordinal());
        return "With two writes, one after the other, " + Quantity.number(two.torn) + " of "
                + Quantity.number(two.images)
                + " crashes left half a sale. With two phases, " + Quantity.number(phases.torn) + " of "
                + Quantity.number(phases.images) + " did, for " + Quantity.number(phases.forcedASale)
                + " forced writes a sale instead of " + Quantity.number(two.forcedASale)
                + ". With one log before both engines, "
                + Quantity.number(log.torn) + " of " + Quantity.number(log.images) + ", for "
                + Quantity.number(log.forcedASale) + ". Acknowledged sales were lost in "
                + Quantity.number(two.lost + phases.lost + log.lost) + " crashes of all.";
    }
}
