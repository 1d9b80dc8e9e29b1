package storagelab.recovery.experiment;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import storagelab.api.Cursor;
import storagelab.api.Durability;
import storagelab.api.KeyRange;
import storagelab.api.OrderedStore;
import storagelab.api.Slice;
import storagelab.api.WriteBatch;
import storagelab.btree.BTreeOptions;
import storagelab.btree.BTreeStore;
import storagelab.disk.CrashDisk;
import storagelab.disk.SurvivalMode;
import storagelab.experiment.Axis;
import storagelab.experiment.Experiment;
import storagelab.experiment.ExperimentContext;
import storagelab.experiment.ExperimentResult;
import storagelab.experiment.Plot;
import storagelab.experiment.Plot.Style;
import storagelab.experiment.Prediction;
import storagelab.experiment.Quantity;
import storagelab.experiment.ResultTable;
import storagelab.recovery.DurableOptions;
import storagelab.recovery.DurableStore;
import storagelab.recovery.EngineKind;
import storagelab.wal.SegmentAccess;
import storagelab.wal.SyncPolicy;
import storagelab.wal.WalOptions;
import storagelab.wal.experiment.Accounts;

/**
 * A store commits on the simulated disk, and after each commit there is a crash of three kinds: the process dies, or the power
 * fails and the disk keeps nothing or something of what was not synced. Counted is how many commits that have returned are not
 * there after recovery. The same in every run.
 */
public final class CrashLossExperiment implements Experiment {
    private static final int PERIOD = 50; // commits between two syncs of the timer, and between two checkpoints
    private static final KeyRange EVERYTHING = KeyRange.all();

    /** For the service loader. */
    public CrashLossExperiment() {}

    @Override
    public String id() {
        return "6.crash-loss";
    }

    @Override
    public String question() {
        return "What does a crash take, at each level of durability?";
    }

    @Override
    public Prediction prediction() {
        return new Prediction.Amount(
                "A timer syncs the log, and " + PERIOD
                        + " commits come between two of its syncs. The power fails after some "
                        + "commit, and the disk keeps nothing that was not synced. How many commits that had returned are "
                        + "lost on average?",
                "commits");
    }

    /** What is on the disk when. Without a log, there is a checkpoint each {@value #PERIOD} commits. */
    private enum Level {
        NO_LOG("no log"),
        NONE("no sync"),
        INTERVAL("a sync each " + PERIOD),
        EVERY_COMMIT("a sync each commit"),
        GROUP("a sync each group");

        private final String words;

        Level(String words) {
            this.words = words;
        }

        private OrderedStore open(Path directory) {
            BTreeOptions tree = BTreeOptions.defaults().withPageSizeBytes(1024).withPoolBytes(256 << 10);
            if (this == NO_LOG) {
                return BTreeStore.open(directory, tree.withCheckpointBytes(Long.MAX_VALUE));
            }
            SyncPolicy policy = switch (this) {
                case EVERY_COMMIT -> SyncPolicy.everyCommit();
                case GROUP -> SyncPolicy.group();
                default -> SyncPolicy.none();
            };
            return DurableStore.open(
                    directory,
                    DurableOptions.defaults(EngineKind.BTREE)
                            .withSyncPolicy(policy)
                            .withLog(WalOptions.defaults().withAccess(SegmentAccess.CHANNEL))
                            .withBtree(tree));
        }

        /** Whether this commit is synced: as the timer would, whose time is counted in commits here; or by a checkpoint. */
        private Durability durability(int commit) {
            boolean isPeriodic = this == NO_LOG || this == INTERVAL;
            return isPeriodic && (commit + 1) % PERIOD == 0 ? Durability.SYNCED : Durability.BUFFERED;
        }
    }

    /** What kills the store. */
    private enum Crash {
        KILL("the process dies", SurvivalMode.EVERYTHING),
        POWER("power cut, some of it kept", SurvivalMode.RANDOM),
        POWER_WORST("power cut, nothing kept", SurvivalMode.NOTHING);

        private final String words;
        private final SurvivalMode mode;

        Crash(String words, SurvivalMode mode) {
            this.words = words;
            this.mode = mode;
        }
    }

    /** Commits that were lost in a crash after the first commit, after the second, and so on. */
    private record Losses(List<Integer> lost) {
        double mean() {
            return lost.stream().mapToInt(Integer::intValue).average().orElseThrow();
        }

        int most() {
            return lost.stream().mapToInt(Integer::intValue).max().orElseThrow();
        }
    }

    @Override
    public ExperimentResult run(ExperimentContext context) {
        Map<Level, Map<Crash, Losses>> measured = new EnumMap<>(Level.class);
        for (Level level : Level.values()) {
            context.progress(level.words, level.ordinal() / (double) Level.values().length);
            measured.put(level, crashes(context, level));
        }
        double answer = of(measured, Level.INTERVAL, Crash.POWER_WORST).mean();
        return new ExperimentResult(table(measured), plots(measured), answer, observation(measured));
    }

    private static Map<Crash, Losses> crashes(ExperimentContext context, Level level) {
        Map<Crash, List<Integer>> lost = new EnumMap<>(Crash.class);
        SplittableRandom random = new SplittableRandom(context.seed());
        CrashDisk disk = CrashDisk.create();
        try (OrderedStore store = level.open(disk.root().resolve("store"))) {
            store.write(new WriteBatch().put(Slice.utf8("the store"), Slice.utf8("is there")), Durability.SYNCED);
            for (int commit = 0; commit < context.pick(4, 2) * PERIOD; commit++) {
                store.write(
                        new WriteBatch().put(Accounts.key(commit), Accounts.value(random)), level.durability(commit));
                for (Crash crash : Crash.values()) {
                    CrashDisk rebooted = disk.afterCrash(crash.mode, random.nextLong());
                    lost.computeIfAbsent(crash, same -> new ArrayList<>()).add(commit + 1 - survivors(level, rebooted));
                }
            }
        }
        Map<Crash, Losses> losses = new EnumMap<>(Crash.class);
        lost.forEach((crash, counts) -> losses.put(crash, new Losses(counts)));
        return losses;
    }

    /** How many commits are there; they must be the first ones. */
    private static int survivors(Level level, CrashDisk disk) {
        int survivors = 0;
        try (OrderedStore store = level.open(disk.root().resolve("store"));
                Cursor cursor = store.cursor(EVERYTHING)) {
            cursor.seekToFirst();
            while (cursor.isValid() && cursor.key().equals(Accounts.key(survivors))) {
                survivors++;
                cursor.next();
            }
            if (!cursor.isValid() || !cursor.key().equals(Slice.utf8("the store"))) {
                throw new AssertionError("after " + survivors + " commits, one is missing, and a later one is there");
            }
        }
        return survivors;
    }

    private static Losses of(Map<Level, Map<Crash, Losses>> measured, Level level, Crash crash) {
        Losses losses = measured.getOrDefault(level, Map.of()).get(crash);
        if (losses == null) {
            throw new AssertionError(level + " was not measured");
        }
        return losses;
    }

    private static ResultTable table(Map<Level, Map<Crash, Losses>> measured) {
        ResultTable.Builder table = ResultTable.builder()
                .column("level")
                .column("crash")
                .column("crashes")
                .column("lost", "mean")
                .column("lost", "most");
        measured.forEach((level, losses) -> losses.forEach(
                (crash, one) -> table.row(level.words, crash.words, one.lost.size(), one.mean(), one.most())));
        return table.build();
    }

    private static List<Plot> plots(Map<Level, Map<Crash, Losses>> measured) {
        List<String> levels = new ArrayList<>();
        measured.keySet().forEach(level -> levels.add(level.words));
        List<Plot.Group> groups = new ArrayList<>();
        for (Crash crash : Crash.values()) {
            List<Double> means = measured.keySet().stream()
                    .map(level -> of(measured, level, crash).mean())
                    .toList();
            groups.add(new Plot.Group(crash.words, means));
        }
        List<Plot.Series> series = new ArrayList<>();
        for (Level level : List.of(Level.NONE, Level.INTERVAL, Level.GROUP)) {
            Plot.SeriesBuilder points = Plot.Series.named(level.words);
            List<Integer> lost = of(measured, level, Crash.POWER_WORST).lost;
            for (int i = 0; i < lost.size(); i++) {
                points.add(i + 1, lost.get(i));
            }
            series.add(points.as(Style.MARKS_AND_LINE));
        }
        return List.of(
                new Plot.Bars(
                        "Commits that had returned and were lost (simulated disk)",
                        levels,
                        Axis.linear("lost commits", "mean of crashes"),
                        groups),
                new Plot.Curves(
                        "Lost when the disk keeps nothing that was not synced",
                        Axis.linear("commits when the power fails", ""),
                        Axis.linear("lost commits", ""),
                        series));
    }

    private static String observation(Map<Level, Map<Crash, Losses>> measured) {
        return "When the process died, the store without a log, which made a checkpoint each " + PERIOD
                + " commits, lost "
                + Quantity.number(of(measured, Level.NO_LOG, Crash.KILL).mean())
                + " commits on average, and with a log it lost "
                + of(measured, Level.NONE, Crash.KILL).most()
                + " at every level. When the power failed and nothing was kept, "
                + "a log without syncs lost "
                + Quantity.number(of(measured, Level.NONE, Crash.POWER_WORST).mean())
                + " on average, with a sync each " + PERIOD + " commits "
                + Quantity.number(
                        of(measured, Level.INTERVAL, Crash.POWER_WORST).mean()) + " and at most "
                + of(measured, Level.INTERVAL, Crash.POWER_WORST).most() + ", and with a sync each commit or group "
                + of(measured, Level.GROUP, Crash.POWER_WORST).most()
                + ". What was there was always the first commits, and none without those before it.";
    }
}
