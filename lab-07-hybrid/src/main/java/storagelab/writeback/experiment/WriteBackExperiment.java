package storagelab.writeback.experiment;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import storagelab.api.Slice;
import storagelab.btree.BTreeOptions;
import storagelab.experiment.Axis;
import storagelab.experiment.Experiment;
import storagelab.experiment.ExperimentContext;
import storagelab.experiment.ExperimentResult;
import storagelab.experiment.Plot;
import storagelab.experiment.Plot.Style;
import storagelab.experiment.Prediction;
import storagelab.experiment.Quantity;
import storagelab.experiment.ResultTable;
import storagelab.file.FileMetrics;
import storagelab.lsm.LsmOptions;
import storagelab.recovery.DurableOptions;
import storagelab.recovery.DurableStore;
import storagelab.recovery.EngineKind;
import storagelab.recovery.EngineType;
import storagelab.writeback.CachedEngine;
import storagelab.writeback.WriteBackMetrics;
import storagelab.writeback.WriteBackOptions;

/** The shop's prices change all the time: counted is what either engine writes for it, behind caches of several sizes. */
public final class WriteBackExperiment implements Experiment {
    private static final int PRICES = 10_000;
    private static final int PRICE_BYTES = 100;
    private static final List<Integer> CACHE_KIB = List.of(0, 64, 256, 1_024, 4_096); // 0: no cache
    private static final int PREDICTED_KIB = 1_024;
    private static final int MEMORY_BYTES = 1 << 20; // of the engine, whatever the cache has

    /** For the service loader. */
    public WriteBackExperiment() {}

    @Override
    public String id() {
        return "7.write-back";
    }

    @Override
    public String question() {
        return "How much of what is written does an engine never have to write?";
    }

    @Override
    public Prediction prediction() {
        return new Prediction.Amount(
                "10,000 prices of 100 bytes change, each as often as the others, in no order. A write-back cache holds 1 MiB, which is some 3,200 "
                        + "prices, and flushes when half of it is dirty. Of 100 changes, how many does the engine never get, since a later one replaced them?",
                "%");
    }

    /** What one engine behind one cache did. */
    private record Measured(EngineKind engine, int cacheKib, double savedPercent, double writtenPerByte) {}

    @Override
    public ExperimentResult run(ExperimentContext context) {
        int changes = context.pick(300_000, 30_000);
        List<Measured> all = new ArrayList<>();
        for (EngineKind engine : EngineKind.values()) {
            for (int cacheKib : CACHE_KIB) {
                context.progress(name(engine), (double) all.size() / (CACHE_KIB.size() * EngineKind.values().length));
                all.add(measure(context, engine, cacheKib, changes));
            }
        }
        double answer = find(all, EngineKind.LSM, PREDICTED_KIB).savedPercent;
        return new ExperimentResult(table(all), plots(all), answer, observation(all));
    }

    private static String name(EngineKind engine) {
        return engine == EngineKind.BTREE ? "B+tree" : "LSM tree";
    }

    private static Measured measure(ExperimentContext context, EngineKind engine, int cacheKib, int changes) {
        SplittableRandom random = new SplittableRandom(context.seed());
        byte[] price = new byte[PRICE_BYTES];
        long bytes = 0;
        try (DurableStore store = DurableStore.open(
                context.directory().resolve(engine.id() + "-" + cacheKib), options(engine, cacheKib))) {
            for (int i = 0; i < changes; i++) {
                random.nextBytes(price);
                Slice key = Slice.utf8("price/%05d".formatted(random.nextInt(PRICES)));
                store.put(key, Slice.wrap(price.clone()));
                bytes += key.length() + PRICE_BYTES;
            }
            store.checkpoint();
            double saved = 100.0 * store.stats().get(WriteBackMetrics.WRITES_SAVED) / changes;
            double written = (double) store.engine().stats().get(FileMetrics.BYTES_WRITTEN) / bytes;
            return new Measured(engine, cacheKib, saved, written);
        }
    }

    private static DurableOptions options(EngineKind engine, int cacheKib) {
        EngineType type = cacheKib == 0
                ? engine
                : new CachedEngine(engine, WriteBackOptions.defaults().withDirtyBytesMax((long) cacheKib << 10));
        return DurableOptions.defaults(type)
                .withCheckpointLogBytes(16 << 20)
                .withBtree(BTreeOptions.defaults().withPoolBytes(MEMORY_BYTES))
                .withLsm(LsmOptions.defaults().withMemtableBytes(MEMORY_BYTES));
    }

    private static Measured find(List<Measured> all, EngineKind engine, int cacheKib) {
        return all.stream()
                .filter(one -> one.engine == engine && one.cacheKib == cacheKib)
                .findFirst()
                .orElseThrow();
    }

    private static ResultTable table(List<Measured> all) {
        ResultTable.Builder table = ResultTable.builder()
                .column("engine")
                .column("cache", "KiB")
                .column("writes saved", "%")
                .column("the engine writes for a byte", "bytes");
        all.forEach(one -> table.row(name(one.engine), one.cacheKib, one.savedPercent, one.writtenPerByte));
        return table.build();
    }

    private static List<Plot> plots(List<Measured> all) {
        List<Plot.Series> curves = new ArrayList<>();
        for (EngineKind engine : EngineKind.values()) {
            Plot.SeriesBuilder curve = Plot.Series.named(name(engine));
            CACHE_KIB.stream()
                    .filter(kib -> kib > 0)
                    .forEach(kib -> curve.add(kib, find(all, engine, kib).writtenPerByte));
            curves.add(curve.as(Style.MARKS_AND_LINE));
        }
        return List.of(new Plot.Curves(
                "What the engine writes for the shop's prices",
                Axis.logarithmic("cache", "KiB"),
                Axis.logarithmic("written for a byte", "bytes"),
                curves));
    }

    private static String observation(List<Measured> all) {
        StringBuilder text = new StringBuilder();
        for (EngineKind engine : EngineKind.values()) {
            Measured none = find(all, engine, 0);
            Measured some = find(all, engine, PREDICTED_KIB);
            Measured most = find(all, engine, CACHE_KIB.get(CACHE_KIB.size() - 1));
            text.append("Without a cache the " + name(engine) + " writes " + Quantity.number(none.writtenPerByte)
                    + " bytes for each byte of the changes, with 1 MiB " + Quantity.number(some.writtenPerByte)
                    + ", and with 4 MiB " + Quantity.number(most.writtenPerByte) + ". ");
        }
        Measured some = find(all, EngineKind.LSM, PREDICTED_KIB);
        return text + "With 1 MiB, " + Quantity.number(some.savedPercent)
                + " % of the changes never reach the engine. The log has all of them, and is not counted here.";
    }
}
