package storagelab.kin.experiment;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import storagelab.api.Slice;
import storagelab.api.StoreStats;
import storagelab.codec.ByteWriter;
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
import storagelab.kin.TimeOrderedIds;
import storagelab.kv.CrashSafeStore;
import storagelab.recovery.DurableOptions;
import storagelab.recovery.EngineKind;

/**
 * Addresses under numbers in the order of time, and under random ones, in both engines: counted are the bytes written and the
 * pages read.
 */
public final class ShortLinksExperiment implements Experiment {
    private static final int ADDRESS_BYTES = 60;
    private static final int POOL_BYTES = 1 << 20;
    private static final int CHECKPOINT_BYTES = 256 << 10;
    private static final long START_MILLIS = 1_767_225_600_000L; // 2026-01-01
    private static final int STEPS = 5;

    /** Where numbers come from. */
    private enum Ids {
        TIME("in the order of time"),
        RANDOM("random");

        private final String name;

        Ids(String name) {
            this.name = name;
        }

        LongSupplier source(SplittableRandom random) {
            if (this == RANDOM) {
                return () -> random.nextLong() >>> 1;
            }
            AtomicLong now = new AtomicLong(START_MILLIS);
            TimeOrderedIds ids = new TimeOrderedIds(
                    (InstantSource) () -> Instant.ofEpochMilli(now.addAndGet(random.nextInt(3))), 0, 0);
            return ids::next;
        }
    }

    /** For the service loader. */
    public ShortLinksExperiment() {}

    @Override
    public String id() {
        return "7.short-links";
    }

    @Override
    public String question() {
        return "What does it matter in which order ids are given?";
    }

    @Override
    public Prediction prediction() {
        return new Prediction.Amount(
                "40,000 links with ids of 8 bytes and addresses of 60 are put into a B+tree with a pool of 1 MiB and a checkpoint each 256 KiB. How many "
                        + "times as many bytes are written if the ids are random as if they are in the order of time?",
                "times as many");
    }

    /** What so many links have cost. */
    private record Measured(EngineKind engine, Ids ids, int links, long written, long pagesRead) {
        double writtenForEachByte() {
            return (double) written / links / (Long.BYTES + ADDRESS_BYTES);
        }
    }

    @Override
    public ExperimentResult run(ExperimentContext context) {
        int links = context.pick(40_000, 10_000);
        List<Measured> all = new ArrayList<>();
        for (EngineKind engine : EngineKind.values()) {
            for (Ids ids : Ids.values()) {
                context.progress(engine + ", ids " + ids.name, all.size() / (4.0 * STEPS));
                measure(context, engine, ids, links, all);
            }
        }
        double answer = (double) last(all, EngineKind.BTREE, Ids.RANDOM).written
                / last(all, EngineKind.BTREE, Ids.TIME).written;
        return new ExperimentResult(table(all), plots(all), answer, observation(all, answer));
    }

    private static void measure(
            ExperimentContext context, EngineKind engine, Ids ids, int links, List<Measured> measured) {
        SplittableRandom random = new SplittableRandom(context.seed());
        LongSupplier source = ids.source(random);
        DurableOptions defaults = DurableOptions.defaults(engine);
        DurableOptions options = defaults.withCheckpointLogBytes(CHECKPOINT_BYTES)
                .withBtree(defaults.btree().withPoolBytes(POOL_BYTES))
                .withLsm(defaults.lsm().withMemtableBytes(CHECKPOINT_BYTES));
        byte[] address = new byte[ADDRESS_BYTES];
        try (CrashSafeStore store = CrashSafeStore.open(context.directory().resolve(engine + "-" + ids), options)) {
            for (int i = 1; i <= links; i++) {
                random.nextBytes(address);
                Slice key = new ByteWriter(Long.BYTES)
                        .putFixed64(Long.reverseBytes(source.getAsLong()))
                        .toSlice();
                store.put(key, Slice.copyOf(address));
                if (i % (links / STEPS) == 0) {
                    store.checkpoint();
                    StoreStats stats = store.stats();
                    measured.add(new Measured(
                            engine, ids, i, stats.get(FileMetrics.BYTES_WRITTEN), stats.get(FileMetrics.BLOCKS_READ)));
                }
            }
        }
    }

    private static Measured last(List<Measured> all, EngineKind engine, Ids ids) {
        return all.stream()
                .filter(one -> one.engine == engine && one.ids == ids)
                .reduce((one, later) -> later)
                .orElseThrow();
    }

    private static String name(EngineKind engine) {
        return engine == EngineKind.BTREE ? "B+tree" : "LSM tree";
    }

    private static ResultTable table(List<Measured> all) {
        ResultTable.Builder table = ResultTable.builder()
                .column("engine")
                .column("ids")
                .column("links")
                .column("written", "bytes")
                .column("written for each byte put", "bytes")
                .column("read", "pages or blocks");
        all.forEach(one -> table.row(
                name(one.engine), one.ids.name, one.links, one.written, one.writtenForEachByte(), one.pagesRead));
        return table.build();
    }

    private static List<Plot> plots(List<Measured> all) {
        List<Plot.Series> curves = new ArrayList<>();
        for (EngineKind engine : EngineKind.values()) {
            for (Ids ids : Ids.values()) {
                Plot.SeriesBuilder curve = Plot.Series.named(name(engine) + ", " + ids.name);
                all.stream()
                        .filter(one -> one.engine == engine && one.ids == ids)
                        .forEach(one -> curve.add(one.links, one.writtenForEachByte()));
                curves.add(curve.as(Style.MARKS_AND_LINE));
            }
        }
        return List.of(new Plot.Curves(
                "Bytes written for each byte of the links, the log among them",
                Axis.linear("links", ""),
                Axis.linear("written", "bytes for each byte"),
                curves));
    }

    private static String observation(List<Measured> all, double answer) {
        Measured time = last(all, EngineKind.BTREE, Ids.TIME);
        Measured random = last(all, EngineKind.BTREE, Ids.RANDOM);
        Measured lsm = last(all, EngineKind.LSM, Ids.RANDOM);
        Measured lsmTime = last(all, EngineKind.LSM, Ids.TIME);
        return "For each byte of " + Quantity.number(time.links) + " links, the B+tree wrote "
                + Quantity.number(time.writtenForEachByte()) + " bytes with ids in the order of time, and "
                + Quantity.number(random.writtenForEachByte()) + " with random ones, " + Quantity.number(answer)
                + " times as many: each random id is in another leaf, and a checkpoint writes all leaves that were touched. It read "
                + Quantity.number((double) random.pagesRead) + " pages for the random ones, and "
                + Quantity.number((double) time.pagesRead) + " for the others. The LSM tree wrote "
                + Quantity.number(lsmTime.writtenForEachByte()) + " bytes and "
                + Quantity.number(lsm.writtenForEachByte()) + ".";
    }
}
