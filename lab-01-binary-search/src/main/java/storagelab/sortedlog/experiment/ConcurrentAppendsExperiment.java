package storagelab.sortedlog.experiment;

import com.google.common.util.concurrent.Uninterruptibles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import storagelab.api.MaintenanceKind;
import storagelab.api.Slice;
import storagelab.course.ExerciseNotDone;
import storagelab.experiment.Axis;
import storagelab.experiment.Experiment;
import storagelab.experiment.ExperimentContext;
import storagelab.experiment.ExperimentResult;
import storagelab.experiment.Plot;
import storagelab.experiment.Plot.Style;
import storagelab.experiment.Prediction;
import storagelab.experiment.Quantity;
import storagelab.experiment.ResultTable;
import storagelab.sortedlog.SortedLogOptions;
import storagelab.sortedlog.SortedLogStore;
import storagelab.sortedlog.TableListKind;
import storagelab.sortedlog.toy.ToyLog;

/** Several threads append to one log: the toy mixes their lines up, the store does not. */
public final class ConcurrentAppendsExperiment implements Experiment {
    private static final List<Integer> THREADS = List.of(1, 2, 4, 8);
    private static final int VALUE_CHARACTERS = 60;
    private static final long MEMTABLE_BYTES = 1 << 20;

    /** For the service loader. */
    public ConcurrentAppendsExperiment() {}

    @Override
    public String id() {
        return "1.concurrent-appends";
    }

    @Override
    public String question() {
        return "What happens to a log when several threads append to it?";
    }

    @Override
    public Prediction prediction() {
        return new Prediction.Amount(
                "Eight threads append to one toy log. What share of what they wrote cannot be read back?", "percent");
    }

    /** One log that threads append to. */
    private interface Target {
        void append(String key, String value);
    }

    /** What became of the appends of one run. */
    private record Outcome(int written, int damagedLines, int lost, int threw) {
        double lostPercent() {
            return 100.0 * lost / written;
        }
    }

    @Override
    public ExperimentResult run(ExperimentContext context) throws IOException {
        ResultTable.Builder table = ResultTable.builder()
                .column("threads")
                .column("appends")
                .column("toy: appends that threw")
                .column("toy: damaged lines")
                .column("toy: not read back")
                .column("store: appends that threw")
                .column("store: not read back");
        Plot.SeriesBuilder toyLost = Plot.Series.named("toy log");
        Plot.SeriesBuilder storeLost = Plot.Series.named("store");
        int appends = context.pick(80_000, 16_000);
        Outcome worstToy = new Outcome(1, 0, 0, 0);
        Outcome worstStore = worstToy;
        for (int threads : THREADS) {
            context.progress(threads + " threads", THREADS.indexOf(threads) / (double) THREADS.size());
            worstToy = toy(context, threads, appends / threads);
            worstStore = store(context, threads, appends / threads);
            table.row(
                    threads,
                    worstToy.written(),
                    worstToy.threw(),
                    worstToy.damagedLines(),
                    worstToy.lost(),
                    worstStore.threw(),
                    worstStore.lost());
            toyLost.add(threads, worstToy.lostPercent());
            storeLost.add(threads, worstStore.lostPercent());
        }
        Plot plot = new Plot.Curves(
                "Appends that cannot be read back",
                Axis.linear("threads", ""),
                Axis.linear("appends not read back", "%"),
                List.of(toyLost.as(Style.MARKS_AND_LINE), storeLost.as(Style.MARKS_AND_LINE)));
        return new ExperimentResult(
                table.build(), List.of(plot), worstToy.lostPercent(), observation(worstToy, worstStore));
    }

    private static String observation(Outcome toy, Outcome store) {
        int threads = THREADS.get(THREADS.size() - 1);
        return "With " + threads + " threads the toy damaged " + Quantity.number(toy.damagedLines()) + " lines, and "
                + Quantity.number(toy.lost()) + " of " + Quantity.number(toy.written())
                + " appends could not be read back (" + Quantity.number(toy.lostPercent())
                + " %), and " + (toy.threw() == 0 ? "no append" : "only " + toy.threw() + " appends")
                + " threw; of the store's "
                + Quantity.number(store.written()) + " appends " + Quantity.number(store.lost()) + " were missing.";
    }

    private static Outcome toy(ExperimentContext context, int threads, int appendsEach) throws IOException {
        Path file = context.directory().resolve("toy-" + threads + ".log");
        int threw;
        try (ToyLog log = ToyLog.open(file, context.clock())) {
            threw = append(log::append, threads, appendsEach);
        }
        try (ToyLog log = ToyLog.open(file, context.clock())) {
            int damaged = log.rebuildIndex().damaged().size();
            return new Outcome(threads * appendsEach, damaged, missing(log::get, threads, appendsEach), threw);
        } finally {
            Files.delete(file);
        }
    }

    private static Outcome store(ExperimentContext context, int threads, int appendsEach) throws IOException {
        Path directory = Files.createDirectory(context.directory().resolve("store-" + threads));
        SortedLogOptions options = SortedLogOptions.defaults()
                .withMemtableBytes(MEMTABLE_BYTES)
                .withTableList(TableListKind.EPHEMERAL)
                .withMaintenance(MaintenanceKind.FOREGROUND);
        try (SortedLogStore store = SortedLogStore.open(directory, options)) {
            int threw = append((key, value) -> store.put(Slice.utf8(key), Slice.utf8(value)), threads, appendsEach);
            Lookup lookup = key -> store.get(Slice.utf8(key)).map(Slice::toUtf8);
            return new Outcome(threads * appendsEach, 0, missing(lookup, threads, appendsEach), threw);
        }
    }

    /** Appends from all threads at once; the number of appends that threw. */
    private static int append(Target target, int threads, int appendsEach) {
        CountDownLatch start = new CountDownLatch(1);
        AtomicInteger threw = new AtomicInteger();
        List<Throwable> notDone = Collections.synchronizedList(new ArrayList<>());
        List<Thread> running = new ArrayList<>();
        for (int thread = 0; thread < threads; thread++) {
            int number = thread;
            Thread one = new Thread(
                    () -> {
                        Uninterruptibles.awaitUninterruptibly(start);
                        for (int i = 0; i < appendsEach; i++) {
                            try {
                                target.append(key(number, i), value(number, i));
                            } catch (ExerciseNotDone missing) {
                                notDone.add(missing);
                                return;
                            } catch (RuntimeException damaged) {
                                threw.incrementAndGet();
                            }
                        }
                    },
                    "appender-" + thread);
            one.start();
            running.add(one);
        }
        start.countDown();
        running.forEach(Uninterruptibles::joinUninterruptibly);
        if (!notDone.isEmpty()) {
            throw new IllegalStateException(notDone.get(0));
        }
        return threw.get();
    }

    private interface Lookup {
        Optional<String> get(String key);
    }

    private static int missing(Lookup lookup, int threads, int appendsEach) {
        int missing = 0;
        for (int thread = 0; thread < threads; thread++) {
            for (int i = 0; i < appendsEach; i++) {
                if (!lookup.get(key(thread, i)).equals(Optional.of(value(thread, i)))) {
                    missing++;
                }
            }
        }
        return missing;
    }

    private static String key(int thread, int number) {
        return "thread-" + thread + "-" + number;
    }

    private static String value(int thread, int number) {
        return (thread + ":" + number + " ").repeat(VALUE_CHARACTERS).substring(0, VALUE_CHARACTERS);
    }
}
