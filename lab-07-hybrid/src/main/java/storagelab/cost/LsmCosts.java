package storagelab.cost;

import storagelab.compaction.LeveledPicker;
import storagelab.course.ExercisePart;
import storagelab.workload.RangeStatistics;

/**
 * The work that the requests of a load ask of an LSM tree with leveled compaction.
 *
 * <p>The tree has N entries of E bytes on average ({@link RangeData#entries}, {@link RangeData#meanEntryBytes}; each is taken for 1
 * if it is less). Each entry takes 2 bytes more in a table and 40 more in the memtable. Blocks have {@link Work#PAGE_BYTES} bytes.
 * A put and a delete cost the same. {@link LeveledPicker} says the rest: t tables on level 0 start a merge, level 1 has
 * C₁ = {@code baseBytes}, and each level below has {@code factor} times as much as the one above it: C₂ = {@code factor} · C₁, and so on.
 *
 * <pre>
 *   T  bytes of an entry in a table    E + 2
 *   D  bytes of all tables             N · T
 *   q  puts to a flush                 memtableBytes / (E + 40), but at least 1
 *   Z  levels below level 0            the fewest with C₁ + C₂ + … ≥ D
 *   r  runs                            (t − 1) / 2 + Z: on level 0 there are 0 to t − 1 tables, each as often
 * </pre>
 *
 * <p><b>Writes.</b> Puts for the same key become one entry where they meet, in the memtable or in a merge. So all that is asked is how
 * many keys some puts touch: {@link Spread#touched}, of N keys. A level of c bytes has the keys of the last puts that touch c / T keys; let
 * x(c) be how many puts these are ({@link Spread#requestsToTouch}). While these puts come, the level gives its c bytes to the
 * next one: c / x(c) for each put, and 0 if x(c) is infinite.
 *
 * <pre>
 *   S₁    bytes of level 1             the smaller of C₁ and D
 *   a     that come to it in a merge   touched(t · q) · T
 *   M₁    written by it, for each put  (a + S₁ − a · S₁ / D) / (t · q)
 *   g_i   leave level i, for each put  C_i / x(C_i)
 *   S_i   bytes of level i             the smaller of C_i and D; D on the last level
 *   M_i   merges into it, i ≥ 2        g_(i−1) · (1 + S_i / S_(i−1)); with S₁ + a / 2 in the place of S₁
 *   M     merged bytes for each put    M₁ + M₂ + … + M_Z
 *   A     written bytes for each put   touched(q) / q · T + M
 *   Y     syncs for each put           A / U + 2 · ((1 + 1 / t) / q + (g₁ + … + g_(Z−1)) / U)
 * </pre>
 *
 * <p>A merge reads and writes what comes and what it meets on the level. To level 1 come t tables, and they meet all of it; a · S₁ / D
 * bytes of both have the same keys. What leaves a level of S bytes meets, on the next one of S' bytes, S' / S times as much. Level 1
 * has a / 2 more than its size on average, since what has come stays until it is merged on. U is {@link EngineSettings#tableBytes}: each
 * table is synced, and each flush and each merge syncs the directory and the manifest besides.
 *
 * <p><b>Blocks in memory.</b> The cache has the blocks that the last requests touched. But a merge makes new files, so that the
 * first read of each block after it misses, too. The levels 0 and 1 are merged after each t · q puts. Levels below are written
 * again in the time in which as many bytes are written as they have. Of reads, the share h goes to keys that are on level 0 or 1.
 *
 * <pre>
 *   K   blocks of all tables           D / 4,096, but at least 1
 *   d   reads for each write           (hits + misses + scans) / writes of the load
 *   f(y)  first reads of a block of the levels 0 and 1 since a merge, as a share of y reads for each put:
 *          touched(t · q · y) / (t · q · y), of (S₁ + q · T) / 4,096 blocks, {@link Locality#UNIFORM}; 0 if y is 0
 *   v   requests in the cache          requestsToTouch(cacheBytes / 4,096), of K blocks
 *   h   reads of the levels 0 and 1    1 − missShare(x(C₁)), of N keys
 *   w   requests until the rest is
 *       written again                  4,096 · K / A · d
 *   b   share of reads that miss       h · max(missShare(v), f(d · h)) + (1 − h) · missShare(the smaller of v and w),
 *                                      of K blocks; missShare(v) if the load has no writes or no reads
 *   z   as many of a scan's seeks
 *       on other levels                f(scans of the load / writes of the load); 0 without writes
 *   j   gets not from the memtable     missShare(q / 2), of N keys; 1 without writes
 * </pre>
 *
 * <p><b>Requests.</b> What one of each kind asks for, with the times of the processor's profile. Filters have 10 bits for each key, with
 * which p = 0.6185^10 = 0.0082 of the answers for absent keys are wrong. E' is {@link RangeData#meanEntryBytes} itself, and a scan has e
 * entries. ⌊x⌋ is x rounded down.
 *
 * <pre>
 *           blocks read                                  processor
 *   miss    p · r · b                                    r · run
 *   hit     j · b · (1 + p · (r − 1) / 2 + ⌊E' / 4,096⌋)   r · run + block
 *   scan    (r − 1) · z + (1 + e · E' / 4,096) · b         r · block + 2 · e · entry + e · E' · copied byte
 *   write   none                                         write + A / T · entry + A · copied byte
 * </pre>
 *
 * <p>Besides, a write has M bytes read by merges, A bytes written, and Y syncs. A get asks the filters, and half of the other runs are asked
 * before the one that has the key. A scan has no use for filters. It reads a block of each run, and then as many blocks of the last level as
 * its entries fill. It goes over each entry twice, since it merges the runs.
 *
 * <p>Example: 40,000 entries of 116 bytes, all equally likely; 1 MiB of memory, of which 128 KiB are the memtable's; t = 4, C₁ = 512 KiB,
 * and a factor of 8. The load has 500 hits and 500 puts.
 *
 * <pre>
 *   T = 118    D = 4,720,000    q = 131,072 / 156 = 840.2    Z = 3, since C₁ + C₂ = 4,718,592    r = 1.5 + 3 = 4.5
 *   S₁ = 524,288    a = 118 · touched(3,360.8) = 380,373    M₁ = (380,373 + 524,288 − 42,251) / 3,360.8 = 256.6
 *   x(C₁) = 4,709.8      g₁ = 111.3    M₂ = 111.3 · (1 + 4,194,304 / (524,288 + 190,187)) = 764.8
 *   x(C₂) = 87,793.6     g₂ = 47.8     M₃ = 47.8 · (1 + 4,720,000 / 4,194,304) = 101.5
 *   M = 1,123.0    A = 118 · 831.4 / 840.2 + 1,123.0 = 1,239.7
 *   Y = 1,239.7 / 65,536 + 2 · (1.25 / 840.2 + 159.1 / 65,536) = 0.02675
 *   K = 1,152.3    d = 1    v = 249.1    missShare(v) = 0.8056    h = 0.1111    f(0.1111) = 0.3726    w = 3,807
 *   b = 0.1111 · 0.8056 + 0.8889 · 0.8056 = 0.8056    j = 0.9896
 *   a hit reads 0.9896 · 0.8056 · (1 + 0.0082 · 1.75) = 0.8086 blocks, and takes 4.5 · 0.15 + 0.5 = 1.175 µs
 *   a put has 1,123.0 bytes read, 1,239.7 bytes written and 0.02675 syncs, and takes 1.675 µs
 * </pre>
 *
 * <p>Concurrency: immutable.
 */
@ExercisePart("7.5")
public final class LsmCosts {
    private static final int ENTRY_OVERHEAD_BYTES = 2; // sequence and lengths, less what keys have in common
    private static final int MEMTABLE_OVERHEAD_BYTES = 40; // sequence, and the pointers of a skip list
    private static final int SYNCS_PER_MERGE = 2; // of the directory and of the manifest
    private static final double FALSE_POSITIVES = Math.pow(0.6185, EngineSettings.FILTER_BITS_PER_KEY);

    private final HardwareProfile.Processor processor;
    private final EngineSettings settings;
    private final RangeData data;
    private final Spread keys;
    private final double tableEntryBytes; // T
    private final double tablesBytes; // D
    private final double putsPerFlush; // q
    private final double putsPerMerge; // t · q
    private final int levels; // Z
    private final double runs; // r
    private final double leavingPerPut; // g₁ + g₂ + …
    private final double mergedPerPut; // M
    private final double writtenPerPut; // A
    private final double blockMissShare; // b
    private final double seekMissShare; // z
    private final double memtableMissShare; // j

    /** What {@code load} asks of an LSM tree that is set up as {@code settings} say, and has {@code data}. */
    public LsmCosts(
            HardwareProfile.Processor processor, EngineSettings settings, RangeData data, RangeStatistics load) {
        this.processor = processor;
        this.settings = settings;
        this.data = data;
        double entryBytes = Math.max(1, data.meanEntryBytes());
        this.keys = new Spread(Math.max(1, data.entries()), data.locality());
        this.tableEntryBytes = entryBytes + ENTRY_OVERHEAD_BYTES;
        this.tablesBytes = keys.places() * tableEntryBytes;
        this.putsPerFlush = Math.max(1, settings.memtableBytes() / (entryBytes + MEMTABLE_OVERHEAD_BYTES));
        int levelZeroTables = settings.levels().levelZeroTables();
        this.putsPerMerge = levelZeroTables * putsPerFlush;
        this.levels = levelsFor(tablesBytes);
        this.runs = (levelZeroTables - 1) / 2.0 + levels;

        double leaving = 0;
        double merged = mergedIntoLevelOne();
        for (int level = 1; level < levels; level++) {
            leaving += leaving(level);
            merged += leaving(level) * (1 + size(level + 1) / sizeWithWaiting(level));
        }
        this.leavingPerPut = leaving;
        this.mergedPerPut = merged;
        this.writtenPerPut = keys.touched(putsPerFlush) / putsPerFlush * tableEntryBytes + merged;

        boolean isWritten = load.writes() > 0;
        this.memtableMissShare = isWritten ? keys.missShare(putsPerFlush / 2) : 1;
        this.seekMissShare = isWritten ? firstReads(load.scans() / load.writes()) : 0;
        this.blockMissShare = blockMissShare(load);
    }

    /** C of {@code level}. */
    private double limit(int level) {
        return settings.levels().baseBytes() * Math.pow(settings.levels().factor(), level - 1);
    }

    private int levelsFor(double bytes) {
        int count = 1;
        for (double room = limit(1); room < bytes; room += limit(count)) {
            count++;
        }
        return count;
    }

    /** S of {@code level}. */
    private double size(int level) {
        return level > 1 && level == levels ? tablesBytes : Math.min(tablesBytes, limit(level));
    }

    /** S of {@code level}; level 1 is larger by what has come from level 0, until that has gone on. */
    private double sizeWithWaiting(int level) {
        return level == 1 ? size(1) + comingFromLevelZero() / 2 : size(level);
    }

    private double comingFromLevelZero() {
        return keys.touched(putsPerMerge) * tableEntryBytes;
    }

    private double mergedIntoLevelOne() {
        double coming = comingFromLevelZero();
        return (coming + size(1) - coming * size(1) / tablesBytes) / putsPerMerge;
    }

    /** g of {@code level}: it has the keys of the last puts that fill it. */
    private double leaving(int level) {
        return limit(level) / keys.requestsToTouch(limit(level) / tableEntryBytes); // 0 if no puts fill it
    }

    private double blockMissShare(RangeStatistics load) {
        Spread blocks = new Spread(Math.max(1, tablesBytes / Work.PAGE_BYTES), data.locality());
        double cachedRequests = blocks.requestsToTouch((double) settings.cacheBytes() / Work.PAGE_BYTES);
        double cached = blocks.missShare(cachedRequests);
        double reads = load.gets() + load.scans();
        if (load.writes() == 0 || reads == 0) {
            return cached;
        }
        double readsPerWrite = reads / load.writes();
        double upperShare = 1 - keys.missShare(keys.requestsToTouch(limit(1) / tableEntryBytes));
        double untilRewritten = blocks.places() * Work.PAGE_BYTES / writtenPerPut * readsPerWrite;
        double upper = Math.max(cached, firstReads(readsPerWrite * upperShare));
        double lower = blocks.missShare(Math.min(cachedRequests, untilRewritten));
        return upperShare * upper + (1 - upperShare) * lower;
    }

    /** f: the share of reads that are the first of a block of level 0 or 1 since it was merged. */
    private double firstReads(double readsPerPut) {
        double blocks = (size(1) + putsPerFlush * tableEntryBytes) / Work.PAGE_BYTES;
        double reads = putsPerMerge * readsPerPut;
        return reads > 0 ? new Spread(blocks, Locality.UNIFORM).touched(reads) / reads : 0;
    }

    /** Z: the levels below level 0. */
    public int levels() {
        return levels;
    }

    /** r: the runs in which a key is looked for, on average over time. */
    public double runs() {
        return runs;
    }

    /** M: bytes that merges read for each put, and write. */
    public double mergedPerPut() {
        return mergedPerPut;
    }

    /** A: bytes that flushes and merges write for each put. */
    public double writtenPerPut() {
        return writtenPerPut;
    }

    /** b: the share of blocks that have to be read, of those that gets and scans need, 0 to 1. */
    public double blockMissShare() {
        return blockMissShare;
    }

    /** A get that finds a value. */
    public Work hit() {
        double others = FALSE_POSITIVES * (runs - 1) / 2;
        double rest = Math.floor(data.meanEntryBytes() / Work.PAGE_BYTES);
        return Work.reading(memtableMissShare * blockMissShare * (1 + others + rest))
                .plus(Work.computing(runs * processor.runMicros() + processor.blockMicros()));
    }

    /** A get that finds nothing. */
    public Work miss() {
        return Work.reading(FALSE_POSITIVES * runs * blockMissShare).plus(Work.computing(runs * processor.runMicros()));
    }

    /** A scan of {@code entries} entries. */
    public Work scan(double entries) {
        double bytes = entries * data.meanEntryBytes();
        double blocks = (runs - 1) * seekMissShare + (1 + bytes / Work.PAGE_BYTES) * blockMissShare;
        return Work.reading(blocks)
                .plus(Work.computing(runs * processor.blockMicros()
                        + entries * processor.entryMicros() * 2
                        + bytes * processor.copyMicrosPerByte()));
    }

    /** A put or a delete, with its share of flushes and merges. */
    public Work write() {
        double flushes = (1 + 1.0 / settings.levels().levelZeroTables()) / putsPerFlush; // and merges of level 0
        double otherMerges = leavingPerPut / settings.tableBytes();
        return new Work(
                0,
                mergedPerPut,
                0,
                writtenPerPut,
                writtenPerPut / settings.tableBytes() + SYNCS_PER_MERGE * (flushes + otherMerges),
                processor.writeMicros()
                        + writtenPerPut / tableEntryBytes * processor.entryMicros()
                        + writtenPerPut * processor.copyMicrosPerByte());
    }

    /** All requests of {@code load} together; each scan has the mean number of entries. */
    public Work of(RangeStatistics load) {
        return hit().times(load.hits())
                .plus(miss().times(load.misses()))
                .plus(scan(load.meanScanEntries()).times(load.scans()))
                .plus(write().times(load.writes()));
    }
}
