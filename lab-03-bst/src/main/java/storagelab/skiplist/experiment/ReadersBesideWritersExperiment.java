package storagelab.skiplist.experiment;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.IntConsumer;
import storagelab.experiment.Axis;
import storagelab.experiment.Experiment;
import storagelab.experiment.ExperimentContext;
import storagelab.experiment.ExperimentResult;
import storagelab.experiment.Plot;
import storagelab.experiment.Prediction;
import storagelab.experiment.Quantity;
import storagelab.experiment.ResultTable;
import storagelab.skiplist.ConcurrentSkipList;
import storagelab.skiplist.toy.LockedSkipList;

/** Readers of a skip list, alone and beside writers: behind one lock, behind a read-write lock, without a lock. */
public final class ReadersBesideWritersExperiment implements Experiment {
    private static final int READERS = 2;
    private static final List<Integer> WRITERS = List.of(0, 1, 2);

    /** For the service loader. */
    public ReadersBesideWritersExperiment() {}

    /** A list, ready to be read and written. */
    private record Subject(String name, IntConsumer read, IntConsumer write) {}

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
                "Two readers use a skip list behind a read-write lock. One writer joins them, as fast as it can. What share"
                        + " of their reads is left?",
                "percent");
    }

    @Override
    public ExperimentResult run(ExperimentContext context) {
        int keys = context.pick(200_000, 40_000);
        Duration time = Duration.ofMillis(context.pick(1_200, 150));
        ResultTable.Builder table = ResultTable.builder()
                .column("list")
                .column("writers")
                .column("reads", "1/s")
                .column("reads left", "%")
                .column("writes", "1/s");
        List<Plot.Series> curves = new ArrayList<>();
        List<String> left = new ArrayList<>();
        double answer = 0;
        List<Subject> subjects = subjects(keys, context.seed());
        for (Subject subject : subjects) {
            Traffic traffic = new Traffic(subject.read, subject.write, keys, context.seed());
            traffic.run(READERS, 1, time.dividedBy(2)); // until the code is compiled
            Plot.SeriesBuilder curve = Plot.Series.named(subject.name);
            double alone = 0;
            for (int writers : WRITERS) {
                context.progress(
                        subject.name + ", " + writers + " writers",
                        (subjects.indexOf(subject) + writers / (double) WRITERS.size()) / subjects.size());
                Traffic.Rates rates = traffic.run(READERS, writers, time);
                alone = writers == 0 ? rates.readsASecond() : alone;
                double percent = 100 * rates.readsASecond() / Math.max(1, alone);
                table.row(subject.name, writers, rates.readsASecond(), percent, rates.writesASecond());
                curve.add(writers, rates.readsASecond());
                if (writers == 1) {
                    answer = subject.name.equals("read-write lock") ? percent : answer;
                    left.add(String.format(Locale.ROOT, "%s %.0f %%", subject.name, percent) + " ("
                            + Quantity.number(rates.readsASecond()) + " reads/s, "
                            + Quantity.number(rates.writesASecond()) + " writes/s)");
                }
            }
            curves.add(curve.as(Plot.Style.MARKS_AND_LINE));
        }
        Plot plot = new Plot.Curves(
                "Two readers, and writers beside them",
                Axis.linear("writers", ""),
                Axis.linear("reads of both readers", "1/s"),
                curves);
        return new ExperimentResult(
                table.build(),
                List.of(plot),
                answer,
                "Left of the reads of two readers when one writer joined them: " + String.join("; ", left) + ".");
    }

    /** Three lists with every second key in them. */
    private static List<Subject> subjects(int keys, long seed) {
        LockedSkipList<Integer, Integer> oneLock =
                LockedSkipList.withOneLock(Comparator.naturalOrder(), new Random(seed));
        LockedSkipList<Integer, Integer> readWriteLock =
                LockedSkipList.withReadWriteLock(Comparator.naturalOrder(), new Random(seed));
        ConcurrentSkipList<Integer, Integer> lockFree = new ConcurrentSkipList<>(Comparator.naturalOrder());
        List<Subject> subjects = List.of(
                new Subject("one lock", oneLock::get, key -> oneLock.put(key, key)),
                new Subject("read-write lock", readWriteLock::get, key -> readWriteLock.put(key, key)),
                new Subject("without a lock", lockFree::get, key -> lockFree.putIfAbsent(key, key)));
        for (Subject subject : subjects) {
            for (int key = 0; key < keys; key += 2) {
                subject.write.accept(key);
            }
        }
        return subjects;
    }
}
