package storagelab.btree.experiment;

import com.google.common.collect.HashMultiset;
import com.google.common.collect.Multiset;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import storagelab.course.ExerciseNotDone;
import storagelab.disk.CrashDisk;
import storagelab.disk.CrashExplorer;
import storagelab.disk.CrashExplorerOptions;
import storagelab.disk.CrashPoint;
import storagelab.disk.SurvivalMode;
import storagelab.experiment.Axis;
import storagelab.experiment.Experiment;
import storagelab.experiment.ExperimentContext;
import storagelab.experiment.ExperimentResult;
import storagelab.experiment.Plot;
import storagelab.experiment.Prediction;
import storagelab.experiment.Quantity;
import storagelab.experiment.ResultTable;

/**
 * The same puts go into two trees on a simulated disk, each of them synced before the next: into one that changes its
 * pages in place, and into one that makes a checkpoint for every put. Then the power is cut after every single
 * operation on the disk, in every way, and both are opened and read: which entries that were synced are still there?
 */
public final class TornPageExperiment implements Experiment {
    private static final double PERCENT = 100;

    /** For the service loader. */
    public TornPageExperiment() {}

    @Override
    public String id() {
        return "4.torn-page";
    }

    @Override
    public String question() {
        return "What does a crash in the middle of a split leave of a tree?";
    }

    @Override
    public Prediction prediction() {
        return new Prediction.Amount(
                "A tree changes its pages in place and syncs after every put. The power is cut while a page is split. In "
                        + "how many of 100 such crashes are entries gone that had been synced, or the tree is no tree?",
                "of 100");
    }

    /** What a put does to the pages of its tree. */
    enum Put {
        ONE_PAGE("a leaf is changed"),
        SPLIT("a page is split");

        private final String words;

        Put(String words) {
            this.words = words;
        }
    }

    /** What is found after a crash. */
    enum Finding {
        /** Every synced entry, and the one that was under way or not. */
        WHOLE,
        /** A tree in which entries are missing or wrong, and nothing that says so. */
        WRONG,
        /** No tree: reading it fails, or would not end, or gets do not find what is in it. */
        BROKEN
    }

    /** What was acknowledged: so many puts are on the disk, and what the last one did. */
    private record Done(int puts, Put put) {}

    /** A crash between the first write of a put and its sync, and what was found. */
    private record Crash(int operation, Put put, SurvivalMode mode, Finding finding) {}

    /** All crashes of one tree. */
    private record Crashes(List<Crash> all) {
        Crashes of(Predicate<Crash> condition) {
            return new Crashes(all.stream().filter(condition).toList());
        }

        Crashes of(Put put) {
            return of(crash -> crash.put == put);
        }

        Crashes of(SurvivalMode mode) {
            return of(crash -> crash.mode == mode);
        }

        int count() {
            return all.size();
        }

        int count(Finding finding) {
            return of(crash -> crash.finding == finding).count();
        }

        int damaged() {
            return count() - count(Finding.WHOLE);
        }

        double damagedPercent() {
            return PERCENT * damaged() / Math.max(1, count());
        }
    }

    @Override
    public ExperimentResult run(ExperimentContext context) throws IOException {
        long[] keys = TornTree.keys(context.pick(500, 100), context.seed());
        List<TornTree> trees = List.of(TornTree.inPlace(), TornTree.checkpointed());
        List<Crashes> found = new ArrayList<>();
        for (TornTree tree : trees) {
            context.progress(tree.name(), found.size() / (double) trees.size());
            found.add(crashEverywhere(context, tree, keys));
        }
        return new ExperimentResult(
                table(trees, found),
                plots(trees, found),
                found.get(0).of(Put.SPLIT).damagedPercent(),
                observation(found.get(0), found.get(1)));
    }

    private static Crashes crashEverywhere(ExperimentContext context, TornTree tree, long[] keys) throws IOException {
        CrashDisk disk = CrashDisk.create();
        int created;
        try (TornTree.Open open = tree.open(disk.root())) {
            disk.syncAll();
            created = disk.operations().size();
            for (int i = 0; i < keys.length; i++) {
                Put put = open.put(keys[i], i + 1) ? Put.SPLIT : Put.ONE_PAGE;
                disk.ack(new Done(i + 1, put));
            }
        }
        CrashExplorerOptions options = CrashExplorerOptions.defaults()
                .withSeed(context.seed())
                .withFirstOperation(created)
                .withRandomImages(context.pick(4, 2))
                .withRecoveryCrashes(0, 1);
        List<Crash> crashes = new ArrayList<>();
        CrashExplorer.explore(options, disk, crash -> {
            if (crash.inFlight().orElse(null) instanceof Done next) {
                Finding finding = judge(tree, crash, keys, next.puts - 1);
                crashes.add(new Crash(crash.operationIndex(), next.put, crash.mode(), finding));
            }
        });
        Multiset<Integer> images = HashMultiset.create();
        crashes.forEach(crash -> images.add(crash.operation));
        // where everything is synced there is one image only, and nothing to damage
        return new Crashes(crashes).of(crash -> images.count(crash.operation) > 1);
    }

    /** What is there after a crash, when the first {@code synced} keys had been synced and the next may be there. */
    private static Finding judge(TornTree tree, CrashPoint crash, long[] keys, int synced) {
        try (TornTree.Open open = tree.open(crash.root())) {
            Map<Long, Long> found = open.entries();
            return found.equals(entries(keys, synced)) || found.equals(entries(keys, synced + 1))
                    ? Finding.WHOLE
                    : Finding.WRONG;
        } catch (ExerciseNotDone e) {
            throw e;
        } catch (IOException | RuntimeException | StackOverflowError | AssertionError noTree) {
            return Finding.BROKEN;
        }
    }

    private static Map<Long, Long> entries(long[] keys, int count) {
        Map<Long, Long> entries = new HashMap<>();
        for (int i = 0; i < count; i++) {
            entries.put(keys[i], i + 1L);
        }
        return entries;
    }

    private static ResultTable table(List<TornTree> trees, List<Crashes> found) {
        ResultTable.Builder table = ResultTable.builder()
                .column("tree")
                .column("during the crash")
                .column("of what was not synced there is")
                .column("crashes")
                .column("whole")
                .column("entries lost or wrong")
                .column("no tree any more");
        for (int i = 0; i < trees.size(); i++) {
            for (Put put : Put.values()) {
                for (SurvivalMode mode : SurvivalMode.values()) {
                    Crashes crashes = found.get(i).of(put).of(mode);
                    table.row(
                            trees.get(i).name(),
                            put.words,
                            describe(mode),
                            crashes.count(),
                            crashes.count(Finding.WHOLE),
                            crashes.count(Finding.WRONG),
                            crashes.count(Finding.BROKEN));
                }
            }
        }
        return table.build();
    }

    private static List<Plot> plots(List<TornTree> trees, List<Crashes> found) {
        List<Plot.Group> byPut = new ArrayList<>();
        List<Plot.Group> byMode = new ArrayList<>();
        for (int i = 0; i < trees.size(); i++) {
            Crashes crashes = found.get(i);
            byPut.add(new Plot.Group(
                    trees.get(i).name(),
                    Arrays.stream(Put.values())
                            .map(put -> crashes.of(put).damagedPercent())
                            .toList()));
            byMode.add(new Plot.Group(
                    trees.get(i).name(),
                    Arrays.stream(SurvivalMode.values())
                            .map(mode -> crashes.of(Put.SPLIT).of(mode).damagedPercent())
                            .toList()));
        }
        Axis damaged = Axis.linear("damaged", "% of the crashes");
        return List.of(
                new Plot.Bars(
                        "Crashes that damage the tree",
                        Arrays.stream(Put.values()).map(put -> put.words).toList(),
                        damaged,
                        byPut),
                new Plot.Bars(
                        "Crashes during a split, by what survives of it",
                        Arrays.stream(SurvivalMode.values())
                                .map(TornPageExperiment::describe)
                                .toList(),
                        damaged,
                        byMode));
    }

    private static String describe(SurvivalMode mode) {
        return switch (mode) {
            case NOTHING -> "nothing";
            case EVERYTHING -> "everything";
            case SIZES_WITHOUT_DATA -> "the size only";
            case TORN_PREFIX -> "the first part";
            case RANDOM -> "any sectors";
        };
    }

    private static String observation(Crashes torn, Crashes checkpointed) {
        Crashes splits = torn.of(Put.SPLIT);
        Crashes changes = torn.of(Put.ONE_PAGE);
        return String.format(
                Locale.ROOT,
                "Of %s crashes during a split, %s left the tree that is changed in place damaged (%.0f %%), and of %s while"
                        + " one leaf was changed %s (%.0f %%); of %s crashes of the tree with checkpoints, %s.",
                Quantity.number(splits.count()),
                Quantity.number(splits.damaged()),
                splits.damagedPercent(),
                Quantity.number(changes.count()),
                Quantity.number(changes.damaged()),
                changes.damagedPercent(),
                Quantity.number(checkpointed.count()),
                checkpointed.damaged() == 0 ? "none" : Quantity.number(checkpointed.damaged()));
    }
}
