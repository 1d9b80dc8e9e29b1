package storagelab.sortedlog.experiment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.apache.commons.io.file.PathUtils;
import storagelab.api.Entry;
import storagelab.api.Slice;
import storagelab.experiment.Axis;
import storagelab.experiment.Experiment;
import storagelab.experiment.ExperimentContext;
import storagelab.experiment.ExperimentResult;
import storagelab.experiment.Plot;
import storagelab.experiment.Plot.Style;
import storagelab.experiment.Prediction;
import storagelab.experiment.Quantity;
import storagelab.experiment.ResultTable;
import storagelab.file.StatsRecorder;
import storagelab.sortedlog.Compactor;
import storagelab.sortedlog.SortedTable;
import storagelab.sortedlog.SortedTableBuilder;
import storagelab.sortedlog.toy.ToyCompactor;

/**
 * Three tables: the oldest has every key, the next deletes some, the newest overwrites others. The two newest are
 * merged, and then everything is read.
 */
public final class ResurrectionExperiment implements Experiment {
    private static final int SHARES = 5;

    /** For the service loader. */
    public ResurrectionExperiment() {}

    @Override
    public String id() {
        return "1.resurrection";
    }

    @Override
    public String question() {
        return "Does what was deleted stay deleted when tables are merged?";
    }

    @Override
    public Prediction prediction() {
        return new Prediction.Choice(
                "The two newest of three tables are merged, and the merged table keeps no deletions. How many of the "
                        + "deleted keys can be read again?",
                List.of("none: the newer tables have been merged", "some of them", "all of them"));
    }

    /** The same three tables as text for the toy and as entries for the store; an empty value is a deletion. */
    private record Tables(
            SortedMap<String, Optional<String>> oldest,
            SortedMap<String, Optional<String>> deletions,
            SortedMap<String, Optional<String>> updates) {
        Set<String> deleted() {
            return deletions.keySet();
        }
    }

    /** What a merge did. */
    private record Outcome(int resurrected, long mergedEntries) {}

    @Override
    public ExperimentResult run(ExperimentContext context) throws IOException {
        ResultTable.Builder table = ResultTable.builder()
                .column("keys")
                .column("deleted")
                .column("toy: entries merged")
                .column("toy: back from the dead")
                .column("compactor: entries merged")
                .column("compactor: back from the dead");
        Plot.SeriesBuilder toyDead = Plot.Series.named("toy compactor");
        Plot.SeriesBuilder compactorDead = Plot.Series.named("compactor");
        int keys = context.pick(50_000, 5_000);
        Outcome toy = new Outcome(0, 0);
        Outcome compactor = toy;
        int deletions = 0;
        for (int share = 1; share <= SHARES; share++) {
            deletions = keys / 10 * share;
            context.progress("deleting " + Quantity.number(deletions) + " keys", share / (double) SHARES);
            Tables tables = tables(new SplittableRandom(context.seed()), keys, deletions);
            toy = toy(tables);
            compactor = compactor(context.directory(), tables);
            table.row(
                    keys,
                    deletions,
                    toy.mergedEntries(),
                    toy.resurrected(),
                    compactor.mergedEntries(),
                    compactor.resurrected());
            toyDead.add(deletions, toy.resurrected());
            compactorDead.add(deletions, compactor.resurrected());
        }
        Plot plot = new Plot.Curves(
                "Deleted keys that can be read after a merge",
                Axis.linear("deleted keys", ""),
                Axis.linear("deleted keys that are back", ""),
                List.of(toyDead.as(Style.MARKS_AND_LINE), compactorDead.as(Style.MARKS_AND_LINE)));
        int answer = toy.resurrected() == 0 ? 0 : toy.resurrected() < deletions ? 1 : 2;
        return new ExperimentResult(table.build(), List.of(plot), answer, observation(deletions, toy, compactor));
    }

    private static String observation(int deleted, Outcome toy, Outcome compactor) {
        return "Of " + Quantity.number(deleted) + " deleted keys the toy brought back "
                + Quantity.number(toy.resurrected())
                + ", each with the value it had before; the compactor brought back "
                + Quantity.number(compactor.resurrected()) + " and paid with "
                + Quantity.number((double) compactor.mergedEntries() - toy.mergedEntries())
                + " more entries in the merged table: the tombstones.";
    }

    /** The oldest table has all keys; of the others, which share no key, one deletes and one overwrites. */
    private static Tables tables(SplittableRandom random, int keys, int deletions) {
        SortedMap<String, Optional<String>> oldest = new TreeMap<>();
        SortedMap<String, Optional<String>> deleting = new TreeMap<>();
        SortedMap<String, Optional<String>> updating = new TreeMap<>();
        for (int i = 0; i < keys; i++) {
            oldest.put(Workload.key(i), Optional.of("old"));
        }
        while (deleting.size() < deletions) {
            deleting.put(Workload.key(random.nextInt(keys)), Optional.empty());
        }
        for (int i = 0; i < keys; i += 10) {
            if (!deleting.containsKey(Workload.key(i))) {
                updating.put(Workload.key(i), Optional.of("new"));
            }
        }
        return new Tables(oldest, deleting, updating);
    }

    private static Outcome toy(Tables tables) {
        SortedMap<String, Optional<String>> merged =
                ToyCompactor.compact(List.of(tables.updates(), tables.deletions()));
        int resurrected = 0;
        for (String key : tables.deleted()) {
            Optional<String> newest = merged.getOrDefault(key, tables.oldest().getOrDefault(key, Optional.empty()));
            if (newest.isPresent()) {
                resurrected++;
            }
        }
        return new Outcome(resurrected, merged.size());
    }

    private static Outcome compactor(Path directory, Tables tables) throws IOException {
        Path work = Files.createTempDirectory(directory, "merge");
        StatsRecorder stats = new StatsRecorder();
        Path mergedFile = work.resolve("4.table");
        try (SortedTable oldest = build(work, 1, tables.oldest(), stats);
                SortedTable deletions = build(work, 2, tables.deletions(), stats);
                SortedTable updates = build(work, 3, tables.updates(), stats);
                SortedTableBuilder out = SortedTableBuilder.create(mergedFile, 4, stats)) {
            Compactor.compact(List.of(updates, deletions), List.of(oldest), out);
            try (SortedTable merged = SortedTable.open(mergedFile, 4, stats)) {
                int resurrected = 0;
                for (String key : tables.deleted()) {
                    Optional<Entry> newest = merged.get(Slice.utf8(key)).or(() -> oldest.get(Slice.utf8(key)));
                    if (newest.isPresent() && !newest.get().tombstone()) {
                        resurrected++;
                    }
                }
                return new Outcome(resurrected, merged.info().entries());
            }
        } finally {
            PathUtils.deleteDirectory(work);
        }
    }

    private static SortedTable build(
            Path directory, long number, SortedMap<String, Optional<String>> entries, StatsRecorder stats) {
        Path file = directory.resolve(number + ".table");
        try (SortedTableBuilder builder = SortedTableBuilder.create(file, number, stats)) {
            entries.forEach((key, value) -> builder.add(entry(key, value)));
            builder.finish();
        }
        return SortedTable.open(file, number, stats);
    }

    private static Entry entry(String key, Optional<String> value) {
        return value.map(text -> Entry.value(Slice.utf8(key), Slice.utf8(text)))
                .orElseGet(() -> Entry.tombstone(Slice.utf8(key)));
    }
}
