package storagelab.skiplist.experiment;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import storagelab.experiment.Axis;
import storagelab.experiment.Experiment;
import storagelab.experiment.ExperimentContext;
import storagelab.experiment.ExperimentResult;
import storagelab.experiment.Plot;
import storagelab.experiment.Prediction;
import storagelab.experiment.ResultTable;
import storagelab.skiplist.ConcurrentSkipList;
import storagelab.skiplist.toy.LockedSkipList;

/** A reader of a skip list, alone and beside a writer: behind one lock, behind a read-write lock, without a lock. */
public final class ReadersBesideWritersExperiment implements Experiment {
    /** Entries that the writer puts while it has the lock; 0 for no writer. */
    private static final List<Integer> BATCHES = List.of(0, 1, 10, 100, 1000);

    private static final int ASKED_BATCH = 100;
    private static final String ASKED_LIST = "read-write lock";

    /** For the service loader. */
    public ReadersBesideWritersExperiment() {}

    /** A list, ready to be read and written. */
    private record Subject(String name, IntConsumer read, Consumer<Iterable<Integer>> write) {}

    @Override
    public String id() {
        return "3.readers-beside-writers";
    }

    @Override
    public String question() {
        return "What is left of the reads when a writer comes in beside them, by kind of lock?";
    }

    @Override
    public Prediction prediction() {
        return new Prediction.Amount(
                "A reader uses a skip list behind a read-write lock. A writer joins it, and puts 100 entries at a time, batch"
                        + " after batch. What share of the reads is left?",
                "percent");
    }

    @Override
    public ExperimentResult run(ExperimentContext context) {
        int keys = context.pick(200_000, 40_000);
        Duration time = Duration.ofMillis(context.pick(800, 120));
        ResultTable.Builder table = ResultTable.builder()
                .column("list")
                .column("entries put at a time")
                .column("reads", "1/s")
                .column("of them during a batch", "%")
                .column("reads left", "%")
                .column("entries put", "1/s");
        List<Plot.Series> curves = new ArrayList<>();
        List<String> left = new ArrayList<>();
        double answer = 0;
        List<Subject> subjects = subjects(keys, context.seed());
        for (Subject subject : subjects) {
            context.progress(subject.name, subjects.indexOf(subject) / (double) subjects.size());
            Traffic traffic = new Traffic(subject.read, subject.write, keys, context.seed());
            traffic.run(1, time); // until the code is compiled
            Plot.SeriesBuilder curve = Plot.Series.named(subject.name);
            double alone = 0;
            for (int batch : BATCHES) {
                Traffic.Rates rates = traffic.run(batch, time);
                alone = batch == 0 ? Math.max(1, rates.reads()) : alone;
                double percent = 100 * rates.reads() / alone;
                double during = 100 * rates.readsDuringBatches() / Math.max(1, rates.reads());
                table.row(subject.name, batch, rates.reads(), during, percent, rates.writes());
                if (batch > 0) {
                    curve.add(batch, during);
                }
                if (batch == ASKED_BATCH) {
                    answer = subject.name.equals(ASKED_LIST) ? percent : answer;
                    left.add(String.format(Locale.ROOT, "%s %.0f %%", subject.name, percent) + ", "
                            + String.format(Locale.ROOT, "%.0f %%", during) + " of them in the middle of a batch");
                }
            }
            curves.add(curve.as(Plot.Style.MARKS_AND_LINE));
        }
        Plot plot = new Plot.Curves(
                "Reads of one reader beside one writer",
                Axis.logarithmic("entries that the writer puts at a time", ""),
                Axis.linear("reads while the writer is in the middle of a batch", "%"),
                curves);
        return new ExperimentResult(
                table.build(),
                List.of(plot),
                answer,
                "Left of the reads beside a writer that puts 100 entries at a time: " + String.join("; ", left) + ".");
    }

    /** Three lists with every second key in them. Without a lock the entries of a batch appear one by one. */
    private static List<Subject> subjects(int keys, long seed) {
        LockedSkipList<Integer, Integer> oneLock =
                LockedSkipList.withOneLock(Comparator.naturalOrder(), new Random(seed));
        LockedSkipList<Integer, Integer> readWriteLock =
                LockedSkipList.withReadWriteLock(Comparator.naturalOrder(), new Random(seed));
        ConcurrentSkipList<Integer, Integer> lockFree = new ConcurrentSkipList<>(Comparator.naturalOrder());
        List<Subject> subjects = List.of(
                new Subject("one lock", oneLock::get, batch -> oneLock.putAll(batch, 1)),
                new Subject(ASKED_LIST, readWriteLock::get, batch -> readWriteLock.putAll(batch, 1)),
                new Subject(
                        "without a lock", lockFree::get, batch -> batch.forEach(key -> lockFree.putIfAbsent(key, 1))));
        List<Integer> present =
                IntStream.range(0, keys / 2).mapToObj(i -> 2 * i).toList();
        subjects.forEach(subject -> subject.write.accept(present));
        return subjects;
    }
}
