package storagelab.grader.bench.lab06;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import storagelab.api.EngineSnapshot;
import storagelab.api.Slice;
import storagelab.api.WriteBatch;
import storagelab.grader.bench.worker.Cost;
import storagelab.grader.bench.worker.CostProbe;
import storagelab.mvcc.ChainedVersions;

/** Old values that are read, and versions that are kept, with open views. */
public final class ViewsCosts implements CostProbe {
    private static final int KEYS = 100;
    private static final int WRITES = 5_000;
    private static final int VIEWS = 4;

    @Override
    public List<Cost> count(long seed) {
        Random random = new Random(seed);
        HeapEngine engine = new HeapEngine();
        ChainedVersions versions = new ChainedVersions(engine);
        long sequence = 1;
        for (int i = 0; i < KEYS; i++) {
            versions.publish(sequence++, put(i, random));
        }
        long withoutViews = engine.gets();
        List<EngineSnapshot> views = new ArrayList<>();
        for (int i = 0; i < WRITES; i++) {
            if (i % (WRITES / VIEWS) == 0) {
                views.add(versions.view());
            }
            versions.publish(sequence++, put(random.nextInt(KEYS), random));
        }
        long kept = versions.versions();
        long gets = engine.gets() - withoutViews;
        views.forEach(EngineSnapshot::close);
        return List.of(
                Cost.atMost("old values read for 100 writes, no view", withoutViews, 0),
                Cost.atMost("old values read for 5,000 writes", gets, WRITES),
                Cost.atMost("versions of 100 keys with four views", kept, KEYS * VIEWS),
                Cost.atMost("versions when all views are closed", versions.versions(), 0));
    }

    private static WriteBatch put(int key, Random random) {
        return new WriteBatch().put(Slice.utf8("key " + key), Slice.utf8("value " + random.nextInt()));
    }
}
