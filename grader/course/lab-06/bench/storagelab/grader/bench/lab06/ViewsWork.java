package storagelab.grader.bench.lab06;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import storagelab.api.EngineSnapshot;
import storagelab.api.Slice;
import storagelab.api.WriteBatch;
import storagelab.grader.bench.worker.Workload;
import storagelab.mvcc.ChainedVersions;

/** 200 gets in views of eight moments, and in turn with them 200 writes alongside these views. */
public final class ViewsWork implements Workload {
    private static final int KEYS = 2_000;
    private static final int VIEWS = 8;
    private static final int CALLS = 200;
    private static final int QUESTIONS = 32;

    private final HeapEngine engine = new HeapEngine();
    private final ChainedVersions versions = new ChainedVersions(engine);
    private final List<EngineSnapshot> views = new ArrayList<>();
    private final long[] expected = new long[VIEWS];
    private final Slice[] keys = new Slice[KEYS];
    private @Nullable Slice written;
    private long sequence = 1;

    @Override
    public void prepare(Path directory, Random random) {
        for (int i = 0; i < KEYS; i++) {
            keys[i] = Slice.utf8("key %06d".formatted(i));
        }
        for (int view = 0; view < VIEWS; view++) {
            for (int i = 0; i < KEYS; i++) {
                publish(i, Slice.wrap(new byte[view + 1]));
            }
            views.add(versions.view());
            expected[view] = (long) CALLS * (view + 1);
        }
        written = Slice.wrap(new byte[100]);
    }

    private void publish(int key, Slice value) {
        versions.publish(sequence++, new WriteBatch().put(keys[key], value));
    }

    @Override
    public int size() {
        return QUESTIONS;
    }

    @Override
    public long ask(int question) {
        int first = question * CALLS % KEYS;
        if (isWrite(question)) {
            Slice value = java.util.Objects.requireNonNull(written);
            for (int i = 0; i < CALLS; i++) {
                publish((first + i) % KEYS, value);
            }
            return versions.versions() <= (long) KEYS * VIEWS ? 1 : 0;
        }
        EngineSnapshot view = views.get(question / 2 % VIEWS);
        long bytes = 0;
        for (int i = 0; i < CALLS; i++) {
            bytes += view.get(keys[(first + i) % KEYS]).orElse(Slice.EMPTY).length();
        }
        return bytes;
    }

    private static boolean isWrite(int question) {
        return question % 2 == 1;
    }

    @Override
    public long expected(int question) {
        return isWrite(question) ? 1 : expected[question / 2 % VIEWS];
    }

    @Override
    public String describe(int question) {
        return isWrite(question)
                ? "whether 200 writes alongside eight views leave at most eight versions a key"
                : "bytes of 200 values in the view of moment " + question / 2 % VIEWS;
    }

    @Override
    public void close() {
        views.forEach(EngineSnapshot::close);
    }
}
