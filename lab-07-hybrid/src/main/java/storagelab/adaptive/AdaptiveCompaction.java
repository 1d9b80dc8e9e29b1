package storagelab.adaptive;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import storagelab.compaction.Compaction;
import storagelab.compaction.CompactionPicker;
import storagelab.course.Difficulty;
import storagelab.course.Exercise;
import storagelab.course.Given;
import storagelab.manifest.FileMetadata;
import storagelab.manifest.ManifestFormat;
import storagelab.manifest.Version;

/**
 * A picker for lab 5's store that gives the tree another shape when the load has changed, while the store is open. It asks the picker
 * of the shape that the tree has at the moment ({@link TreeShape#picker}), and is told again and again what the store was asked for.
 *
 * <p><b>When does it change?</b> As with skis that can be rented or bought: it changes when it has paid, for not changing, what a change
 * costs. For each other shape it keeps a sum: the bytes that this shape would have saved. After {@link #observe} of a load, with
 * {@link ShapeCosts#bytes} for the costs, each sum becomes
 *
 * <pre>
 *   max(0, sum + cost of the load on the present shape · (100 − marginPercent) / 100 − cost of the load on the other shape)
 * </pre>
 *
 * <p>where N is the bytes of all tables, as the last {@link #pick} has seen them, divided by the {@link ShapeCosts#space} of the present
 * shape for this load. Of all shapes that the options allow, the one with the greatest sum is next (of equal ones, the first in the order
 * of {@link TreeShape}), if its sum is greater than the bytes of all tables, and at least {@code mergesMin} merges have been picked since
 * the last change. At the start and with each change, all sums are 0. Before the first change there need not be any merge.
 *
 * <p>Why the bytes of all tables? A change to a shape with more runs costs nothing, and the way back reads and writes everything once: a
 * change costs about that much on average. Therefore the tree follows a load that stays, and it does not follow one that comes and goes:
 * what a shape gains with one load it loses with the next, and its sum comes back to 0. Even if a load were made to deceive it, each
 * change has saved the bytes of the tree before.
 *
 * <p>Example: T = 8, F = 4 MiB, blocks of 4096 bytes, p = 0.01, a margin of 5 %. The tree is LAZY_LEVELED, and its tables have 320 MiB,
 * 335.5 million bytes. The load of the example of {@link ShapeCosts} comes, but without scans, once a minute. Its cost is 1527.7 million
 * bytes, and would be 930.1 on TIERED. So TIERED has a sum of 1527.7 · 0.95 − 930.1 = 521.2 million after a minute. That is more than
 * 335.5, and the tree changes at once. If there are a tenth of these requests a minute, the sum grows by 52.1 million a minute, and the tree changes after seven
 * minutes: 364.8.
 *
 * <p><b>Why is each moment legal?</b> The pickers of LAZY_LEVELED, TIERED and TIME_WINDOW take any tables: they see runs that another
 * picker has left, and go on from there. The levels of LEVELED are one run each, of the number {@link FileMetadata#ONLY_RUN}. If the tree is to
 * be LEVELED, and a level other than 0 has a run of another number, everything is merged first into that run of one level: the first level n
 * from 1 on with F · T^n bytes or more, or level 6. Reason: "shape". (The picker would have it merged into level 6, and then all other levels would have to
 * fill up before anything came down to it.)
 *
 * <p>The store's file SHAPE has only the name of this class. A program that opens the store again says itself which shape the tree has.
 *
 * <p>A store picks when it has flushed or merged. A change of a store that is only read has no effect until a caller calls its {@code
 * flush}.
 *
 * <p>Concurrency: any thread may call any method.
 *
 * <p>Cost: {@code observe} O(1), {@code pick} O(tables) more than the picker of the shape.
 *
 * <p>Sources: Dayan and Idreos, "Dostoevsky" (2018) for the costs; Karlin, Manasse, Rudolph and Sleator, "Competitive Snoopy Caching"
 * (1988) for renting and buying.
 */
@Exercise(
        id = "7.9",
        title = "A tree that changes its shape",
        points = 7,
        difficulty = Difficulty.MEDIUM,
        hours = 4,
        needs = {"5.8", "5.9", "5.11", "5.12", "5.13", "5.14", "5.15", "5.16", "5.17"})
public final class AdaptiveCompaction implements CompactionPicker {
    private static final int DEEPEST = Version.LEVELS - 1;

    @Given
    private final AdaptiveOptions options;

    private final ShapeCosts costs;
    private final Map<TreeShape, CompactionPicker> pickers = new EnumMap<>(TreeShape.class);
    private final Map<TreeShape, Double> sums = new EnumMap<>(TreeShape.class); // guarded by this
    private TreeShape shape; // guarded by this
    private long tableBytes; // as the last pick has seen them; guarded by this
    private int merges; // since the last change; guarded by this

    /**
     * A picker for a tree that has the shape {@code start}, all sums 0.
     *
     * @throws IllegalArgumentException if that is TIME_WINDOW, and the options have no window
     */
    public AdaptiveCompaction(AdaptiveOptions options, TreeShape start) {
        this.options = options;
        this.costs = new ShapeCosts(options);
        this.shape = start;
        this.merges = options.mergesMin();
        for (TreeShape each : TreeShape.values()) {
            if (each != TreeShape.TIME_WINDOW || options.windowMillis() > 0) {
                pickers.put(each, each.picker(options));
                sums.put(each, 0.0);
            }
        }
        if (!pickers.containsKey(start)) {
            throw new IllegalArgumentException("a tree of time windows, and the options have none");
        }
    }

    /**
     * Takes into account what the store was asked for since the last call. Returns whether the shape has changed; the merges that lead to
     * it are picked from then on.
     */
    public synchronized boolean observe(LoadWindow load) {
        double liveBytes = tableBytes / costs.space(shape, load);
        double mayCost = costs.bytes(shape, load, liveBytes) * (100 - options.marginPercent()) / 100;
        TreeShape next = shape;
        double most = tableBytes;
        for (TreeShape other : pickers.keySet()) {
            double saved = mayCost - costs.bytes(other, load, liveBytes);
            double sum = other == shape ? 0 : Math.max(0, saved(other) + saved);
            sums.put(other, sum);
            if (sum > most) {
                most = sum;
                next = other;
            }
        }
        if (next == shape || merges < options.mergesMin()) {
            return false;
        }
        shape = next;
        merges = 0;
        sums.replaceAll((each, sum) -> 0.0);
        return true;
    }

    /** The shape that the tree has, or that merges lead to. */
    public synchronized TreeShape shape() {
        return shape;
    }

    /** The sum of a shape: bytes that it would have saved; 0 for the present one, and for one that the options do not allow. */
    public synchronized double saved(TreeShape other) {
        return sums.getOrDefault(other, 0.0);
    }

    /** What the picker of the present shape wants to merge, or everything if that has to come first. */
    @Override
    public synchronized @Nullable Compaction pick(Version version, State state) {
        tableBytes = version.files().stream().mapToLong(FileMetadata::sizeBytes).sum();
        boolean hasOtherRuns =
                version.runs().stream().anyMatch(run -> run.level() > 0 && run.number() != FileMetadata.ONLY_RUN);
        Compaction next =
                shape == TreeShape.LEVELED && hasOtherRuns ? together(version) : picker().pick(version, state);
        merges += next == null ? 0 : 1;
        return next;
    }

    /** Everything as one run of the first level that has room for it. */
    private Compaction together(Version version) {
        int level = 1;
        double room = (double) options.flushBytes() * options.factor();
        while (level < DEEPEST && room < tableBytes) {
            level++;
            room *= options.factor();
        }
        List<Compaction.LevelInput> inputs = new ArrayList<>();
        for (int from = 0; from < Version.LEVELS; from++) {
            inputs.add(new Compaction.LevelInput(from, version.files(from)));
        }
        return new Compaction(inputs, level, FileMetadata.ONLY_RUN, "shape");
    }

    private CompactionPicker picker() {
        CompactionPicker picker = pickers.get(shape);
        if (picker == null) {
            throw new AssertionError("no picker for " + shape);
        }
        return picker;
    }

    /** T for any shape, since a store asks once, when it is opened. */
    @Given
    @Override
    public int levelZeroTables() {
        return options.factor();
    }

    /** That of the picker of the present shape. */
    @Override
    public synchronized long debtBytes(Version version) {
        return picker().debtBytes(version);
    }

    @Given
    @Override
    public ManifestFormat format() {
        return ManifestFormat.RUNS;
    }
}
