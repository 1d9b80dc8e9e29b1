// exercise: 7.9
// type: storagelab.adaptive.AdaptiveCompaction
// verdict: accepted
// because: sums in an array by the number of the shape, a lock of its own, and the level that has room by division
// replace: type
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

public final class AdaptiveCompaction implements CompactionPicker {
    private static final TreeShape[] SHAPES = TreeShape.values();

    private final ReentrantLock lock = new ReentrantLock();
    private final AdaptiveOptions options;
    private final double[] saved = new double[SHAPES.length];
    private int present;
    private long bytes;
    private int waiting;

    public AdaptiveCompaction(AdaptiveOptions options, TreeShape start) {
        if (!isAllowed(options, start)) {
            throw new IllegalArgumentException("no window for " + start);
        }
        this.options = options;
        present = start.ordinal();
    }

    private static boolean isAllowed(AdaptiveOptions options, TreeShape shape) {
        return shape != TreeShape.TIME_WINDOW || options.windowMillis() > 0;
    }

    public boolean observe(LoadWindow load) {
        lock.lock();
        try {
            ShapeCosts costs = new ShapeCosts(options);
            TreeShape now = SHAPES[present];
            double live = bytes / costs.space(now, load);
            double paid = costs.bytes(now, load, live) * (100 - options.marginPercent()) / 100;
            int best = present;
            for (int i = 0; i < SHAPES.length; i++) {
                if (i != present && isAllowed(options, SHAPES[i])) {
                    saved[i] = Math.max(0, saved[i] + (paid - costs.bytes(SHAPES[i], load, live)));
                    best = saved[i] > bytes && saved[i] > saved[best] ? i : best;
                }
            }
            if (best == present || waiting > 0) {
                return false;
            }
            present = best;
            waiting = options.mergesMin();
            Arrays.fill(saved, 0);
            return true;
        } finally {
            lock.unlock();
        }
    }

    public TreeShape shape() {
        lock.lock();
        try {
            return SHAPES[present];
        } finally {
            lock.unlock();
        }
    }

    public double saved(TreeShape other) {
        lock.lock();
        try {
            return saved[other.ordinal()];
        } finally {
            lock.unlock();
        }
    }

    public Compaction pick(Version version, State state) {
        lock.lock();
        try {
            bytes = 0;
            List<Compaction.LevelInput> all = new ArrayList<>();
            boolean isMixed = false;
            for (int level = 0; level < Version.LEVELS; level++) {
                all.add(new Compaction.LevelInput(level, version.files(level)));
                for (FileMetadata file : version.files(level)) {
                    bytes += file.sizeBytes();
                }
            }
            for (var run : version.runs()) {
                isMixed |= run.level() != 0 && run.number() != FileMetadata.ONLY_RUN;
            }
            Compaction merge;
            if (isMixed && SHAPES[present] == TreeShape.LEVELED) {
                int level = 1;
                for (double left = bytes / (double) options.factor() / options.flushBytes();
                        left > 1 && level < 6;
                        left /= options.factor()) {
                    level++;
                }
                merge = new Compaction(all, level, FileMetadata.ONLY_RUN, "shape");
            } else {
                merge = SHAPES[present].picker(options).pick(version, state);
            }
            if (merge != null && waiting > 0) {
                waiting--;
            }
            return merge;
        } finally {
            lock.unlock();
        }
    }

    public int levelZeroTables() {
        return options.factor();
    }

    public long debtBytes(Version version) {
        return SHAPES[present].picker(options).debtBytes(version);
    }

    public ManifestFormat format() {
        return ManifestFormat.RUNS;
    }
}
