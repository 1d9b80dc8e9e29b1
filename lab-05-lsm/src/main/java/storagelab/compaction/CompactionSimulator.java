package storagelab.compaction;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import storagelab.api.Slice;
import storagelab.manifest.FileMetadata;
import storagelab.manifest.Version;
import storagelab.manifest.VersionEdit;

/**
 * What a picker makes a store write, without writing anything: flushes are tables of which only the size and the
 * bounds are there, the picker says what to merge, and the outputs have the sizes that the inputs had. A load that
 * takes a disk an hour takes a second here, and no block, filter or compression gets between the picker and its
 * formula.
 *
 * <p>Keys are unique and spread evenly, so that nothing is dropped and every flush has keys from the whole range. Time
 * goes on from flush to flush. After each flush the picker is asked until it has nothing to merge.
 *
 * <p>Bytes that come to a level are counted as <em>written</em> by a flush or a merge, or as <em>moved</em> when
 * tables change their level as they are, which costs nothing.
 *
 * <p>Example: {@code LazyLeveledPicker(4, 1)}, 16 flushes of one unit. They write 16 units on level 0. Each four of
 * them become a run and join level 1, which is the last one: 4, 8, 12 and 16 units are written there. That makes 56
 * units for 16, a write amplification of 3.5 = 1 + (4 + 1)/2, as {@link Shape#LAZY_LEVELING} says for two levels.
 *
 * <p>Concurrency: one thread.
 */
public final class CompactionSimulator {
    private static final int MERGES_MAX = 10_000;

    private final CompactionPicker picker;
    private final Load load;
    private final long[] written = new long[Version.LEVELS];
    private final long[] moved = new long[Version.LEVELS];
    private final Map<Integer, Slice> pointers = new TreeMap<>();
    private Version version = Version.empty();
    private long nextNumber = 1;
    private long nowMillis;
    private long flushes;
    private long runsSum; // after each flush
    private int runsMax;
    private long peakBytes;

    /**
     * What is simulated.
     *
     * @param flushBytes size of a flushed table
     * @param tableBytes how large the tables become that a merge writes; {@link Long#MAX_VALUE} for a run of one table, so
     *     that levels are merged as a whole, as the formulas suppose
     * @param flushMillis time from one flush to the next
     */
    public record Load(long flushBytes, long tableBytes, long flushMillis) {
        /**
         * Checks the ranges.
         *
         * @throws IllegalArgumentException if a size is not positive or the time is negative
         */
        public Load {
            if (flushBytes < 1 || tableBytes < 1 || flushMillis < 0) {
                throw new IllegalArgumentException("flushes of " + flushBytes + " bytes each " + flushMillis
                        + " ms, tables of " + tableBytes + " bytes");
            }
        }

        /** Flushes of a million bytes, a second apart, and levels that are merged as a whole. */
        public static Load wholeLevels() {
            return new Load(1_000_000, Long.MAX_VALUE, 1000);
        }
    }

    /**
     * Shapes of trees that have formulas, with T for the factor from one level to the next and L for the number of
     * levels. They suppose whole levels, unique keys, and that the last level has just become full.
     *
     * <p>Source: Dayan, Athanassoulis and Idreos, "Monkey" (2017); Dayan and Idreos, "Dostoevsky" (2018).
     */
    public enum Shape {
        /** Each level is one run. What comes is merged with it 1 + 2 + ... + T times until it is full: 1 + L · (T + 1)/2. */
        LEVELING,
        /** Each level, the flushed tables included, has up to T runs; a byte is written once on each: L. */
        TIERING,
        /** As tiering, but the last level is one run: L - 1 + (T + 1)/2. */
        LAZY_LEVELING;

        /** Bytes written for each byte put, by formula; the flush counts as one, logs do not count. */
        public double writeAmplification(int factor, int levels) {
            double leveled = (factor + 1) / 2.0;
            return switch (this) {
                case LEVELING -> 1 + levels * leveled;
                case TIERING -> levels;
                case LAZY_LEVELING -> levels - 1 + leveled;
            };
        }

        /** The largest number of runs that a get of a missing key has to look at, by formula. */
        public int runsMax(int factor, int levels) {
            return switch (this) {
                case LEVELING -> levels;
                case TIERING -> levels * (factor - 1);
                case LAZY_LEVELING -> (levels - 1) * (factor - 1) + 1;
            };
        }
    }

    /** A store without tables. */
    public CompactionSimulator(CompactionPicker picker, Load load) {
        this.picker = picker;
        this.load = load;
    }

    /**
     * Flushes {@code count} times, and merges what is due after each.
     *
     * @throws IllegalArgumentException if a merge that was picked jumps over something
     * @throws IllegalStateException if the picker still wants to merge after 10,000 merges
     */
    public CompactionSimulator flush(long count) {
        for (long i = 0; i < count; i++) {
            flush();
        }
        return this;
    }

    private void flush() {
        flushes++;
        nowMillis += load.flushMillis;
        FileMetadata table = SimulatedMerge.everywhere(nextNumber++, load.flushBytes);
        version = version.with(new VersionEdit().add(0, table.inRun(table.number(), nowMillis)));
        written[0] += load.flushBytes;
        int merges = 0;
        for (Compaction due = pick(); due != null; due = pick()) {
            apply(due);
            if (++merges == MERGES_MAX) {
                throw new IllegalStateException(MERGES_MAX + " merges after flush " + flushes
                        + ", and the picker wants more; the last was " + due);
            }
        }
        runsSum += runs();
        runsMax = Math.max(runsMax, runs());
        peakBytes = Math.max(peakBytes, liveBytes());
    }

    private @Nullable Compaction pick() {
        return picker.pick(version, new CompactionPicker.State(pointers::get, nowMillis));
    }

    private void apply(Compaction compaction) {
        compaction.check(version);
        List<FileMetadata> outputs = compaction.files();
        if (compaction.isTrivialMove()) {
            moved[compaction.outputLevel()] += compaction.inputBytes();
        } else {
            written[compaction.outputLevel()] += compaction.inputBytes();
            peakBytes = Math.max(peakBytes, liveBytes() + compaction.inputBytes());
            List<FileMetadata> below = CompactionJob.grandparents(compaction, version);
            outputs = new ArrayList<>();
            for (SimulatedMerge.Part part : SimulatedMerge.of(compaction.files(), below, load.tableBytes)) {
                outputs.add(part.table(nextNumber++));
            }
        }
        VersionEdit edit = compaction.edit(outputs);
        edit.compactPointers().forEach(pointer -> pointers.put(pointer.level(), pointer.key()));
        version = version.with(edit);
    }

    /** The tables that are there now. */
    public Version version() {
        return version;
    }

    /** Bytes written to a level: by flushes to level 0, by merges to the others. */
    public long bytesWritten(int level) {
        return written[level];
    }

    /** Bytes that came to a level in tables that were moved as they were. */
    public long bytesMoved(int level) {
        return moved[level];
    }

    /** Bytes written for each byte flushed, the flush included. */
    public double writeAmplification() {
        long all = 0;
        for (long bytes : written) {
            all += bytes;
        }
        return (double) all / written[0];
    }

    /** Runs that a get of a key that is not there has to look at now. */
    public int runs() {
        return version.runs().size();
    }

    /** Runs after each flush, on average. */
    public double runsMean() {
        return (double) runsSum / flushes;
    }

    /** The most runs that there were after a flush. */
    public int runsMax() {
        return runsMax;
    }

    /**
     * The most bytes that were on the disk at once, in bytes that there are now: a merge needs the place of its inputs
     * once more until it is done.
     */
    public double peakSpace() {
        return (double) peakBytes / liveBytes();
    }

    private long liveBytes() {
        return flushes * load.flushBytes;
    }

    @Override
    public String toString() {
        return picker + ", " + flushes + " flushes: " + version;
    }
}
