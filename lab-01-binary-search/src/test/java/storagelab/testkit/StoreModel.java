package storagelab.testkit;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import storagelab.api.KeyRange;
import storagelab.api.KeyValueStore;
import storagelab.api.Slice;
import storagelab.testkit.StoreOperation.Batch;
import storagelab.testkit.StoreOperation.OpenCursor;
import storagelab.testkit.StoreOperation.Put;
import storagelab.testkit.StoreOperation.Write;

/**
 * The model test that every engine is held to: random steps are done to a store and to a sorted map, and the two must
 * agree. A failing run is shrunk to the shortest trace that still fails, which is printed and kept as a file.
 *
 * <p>{@code -Dseed=N} repeats a run, {@code -Dtrace=FILE} replays a trace instead of making one up, and {@code
 * -Dtraces=DIR} says where traces are kept ({@code target/traces}).
 */
public final class StoreModel {
    private static final int SHRINK_TRIES_MAX = 1500;
    private static final int DEFAULT_OPERATIONS = 300;
    private static final int DEFAULT_KEYS = 10;

    /** How long a run is, over how many ordinary keys, with how many cursors and snapshots open. */
    record Size(int operations, int keys, int cursors, int snapshots) {}

    private final Size size;
    private final long seed;
    private final boolean keepsTraces;

    private StoreModel(Size size, long seed, boolean keepsTraces) {
        this.size = size;
        this.seed = seed;
        this.keepsTraces = keepsTraces;
    }

    /** A run of 300 steps over few keys, with the seed of this run of tests. */
    public static StoreModel defaults() {
        return new StoreModel(new Size(DEFAULT_OPERATIONS, DEFAULT_KEYS, 0, 0), Seeds.base(), true);
    }

    /** The same with {@code count} steps. */
    public StoreModel withOperations(int count) {
        return new StoreModel(new Size(count, size.keys, size.cursors, size.snapshots), seed, keepsTraces);
    }

    /** The same over {@code count} ordinary keys, beside the awkward ones that are always there. */
    public StoreModel withKeys(int count) {
        return new StoreModel(new Size(size.operations, count, size.cursors, size.snapshots), seed, keepsTraces);
    }

    /**
     * The same with up to {@code count} cursors open at a time, which are moved between the writes and must show what was
     * there when they were made. The store has to be an {@link storagelab.api.OrderedStore}.
     */
    public StoreModel withCursors(int count) {
        return new StoreModel(new Size(size.operations, size.keys, count, size.snapshots), seed, keepsTraces);
    }

    /**
     * The same with up to {@code count} snapshots held at a time, of which keys are asked, and cursors made if there are any.
     * The store has to be a {@link storagelab.api.SnapshotStore}.
     */
    public StoreModel withSnapshots(int count) {
        return new StoreModel(new Size(size.operations, size.keys, size.cursors, count), seed, keepsTraces);
    }

    /** The same with another seed. */
    public StoreModel withSeed(long otherSeed) {
        return new StoreModel(size, otherSeed, keepsTraces);
    }

    /** The same, which only prints its traces: for where files would be lost. */
    public StoreModel withoutTraceFiles() {
        return new StoreModel(size, seed, false);
    }

    /** Runs {@code rounds} models with successive seeds. */
    public <S extends KeyValueStore> void check(StoreSubject<S> subject, int rounds) {
        for (int round = 0; round < rounds; round++) {
            withSeed(seed + round).check(subject);
        }
    }

    /**
     * Runs the model once.
     *
     * @throws AssertionError if the store and the sorted map disagree; the message is the shortest trace found
     */
    public <S extends KeyValueStore> void check(StoreSubject<S> subject) {
        String replay = System.getProperty("trace");
        List<StoreOperation> operations = replay == null
                ? new StoreWorkload(seed, size, subject.abilities()).operations(size.operations)
                : load(replay);
        StoreRun.Failure failure = StoreRun.failureOf(subject, operations);
        if (failure != null) {
            throw shrinkAndReport(subject, failure);
        }
    }

    private <S extends KeyValueStore> AssertionError shrinkAndReport(StoreSubject<S> subject, StoreRun.Failure first) {
        List<StoreRun.Failure> latest = new ArrayList<>(List.of(first));
        Shrinker<StoreOperation> shrinker = new Shrinker<>(
                candidate -> {
                    StoreRun.Failure failure = StoreRun.failureOf(subject, candidate);
                    if (failure != null) {
                        latest.set(0, failure);
                    }
                    return failure != null;
                },
                StoreModel::simplerThan,
                SHRINK_TRIES_MAX);
        shrinker.shrink(first.operations());
        return report(subject.name(), first.operations().size(), latest.get(0));
    }

    private AssertionError report(String name, int stepsBefore, StoreRun.Failure failure) {
        Trace trace = new Trace(failure.operations());
        String message = name + " and a sorted map disagree after " + steps(trace) + " (shrunk from "
                + stepsBefore + ", seed " + seed + "):\n" + trace.numbered() + "\n     " + failure.what()
                + (keepsTraces ? "\n" + keep(name, trace) : "");
        return new AssertionError(message, failure.cause());
    }

    private static String steps(Trace trace) {
        int count = trace.operations().size();
        return count == 1 ? "1 step" : count + " steps";
    }

    private String keep(String name, Trace trace) {
        Path file = Path.of(System.getProperty("traces", "target/traces"))
                .resolve(name.replace(' ', '-') + "-" + seed + ".trace")
                .toAbsolutePath();
        try {
            trace.write(file, name + ", seed " + seed);
            return "replay with -Dtrace=" + file;
        } catch (IOException e) {
            return "the trace could not be kept: " + e.getMessage();
        }
    }

    private static List<StoreOperation> load(String file) {
        try {
            return Trace.read(Path.of(file)).operations();
        } catch (IOException e) {
            throw new IllegalArgumentException("-Dtrace=" + file + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static List<StoreOperation> simplerThan(StoreOperation operation) {
        List<StoreOperation> simpler = new ArrayList<>();
        if (operation instanceof Put put && put.value().length() > 4) {
            simpler.add(new Put(put.key(), Slice.utf8("v")));
        }
        if (operation instanceof OpenCursor open && !open.range().equals(KeyRange.all())) {
            simpler.add(new OpenCursor(open.cursor(), KeyRange.all()));
        }
        if (operation instanceof Batch batch) {
            simpler.addAll(batch.writes());
            for (int i = 0; i < batch.writes().size(); i++) {
                List<Write> fewer = new ArrayList<>(batch.writes());
                fewer.remove(i);
                simpler.add(new Batch(fewer));
            }
        }
        return simpler;
    }
}
