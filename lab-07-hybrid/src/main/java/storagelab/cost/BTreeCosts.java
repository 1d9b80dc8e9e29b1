package storagelab.cost;

import storagelab.course.ExercisePart;
import storagelab.workload.RangeStatistics;

/**
 * The work that the requests of a load ask of a B+tree.
 *
 * <p>The tree has N entries of E bytes on average ({@link RangeData#meanEntryBytes}, taken for 1 if it is less). An entry of more
 * than 1,000 bytes is <em>large</em>: its value stands in overflow pages of its own, and its leaf has a reference of 32 bytes. Pages
 * have {@link Work#PAGE_BYTES} bytes. Leaves that were split at random are full to 0.69, about ln 2, and each entry takes 10 bytes for its
 * slot and its lengths. ⌈x⌉ is x rounded up.
 *
 * <pre>
 *   V  pages of a value          0; ⌈E / 4,070⌉ if entries are large
 *   F  entries of a leaf         0.69 · 4,060 / (E + 10); 0.69 · 4,060 / (32 + 10) if they are large
 *   L  leaves                    ⌈N / F⌉, but at least 1
 *   B  branches                  ⌈L / 120⌉ on the level above the leaves, ⌈⌈L / 120⌉ / 120⌉ on the next one, and
 *                                so on to a level of one page; 0 if L is 1
 *   H  levels, with the leaves   1 + the levels of branches
 * </pre>
 *
 * <p><b>Checkpoints.</b> Pages change in memory, and a checkpoint writes those that have changed. The n writes from one
 * checkpoint to the next touch some of the leaves ({@link Spread#touched}). The first of them that touches a leaf copies it.
 *
 * <pre>
 *   n  writes to a checkpoint    checkpointBytes / E, but at least 1
 *   k  copies for each write     touched(n) / n, of L leaves
 * </pre>
 *
 * <p><b>Memory.</b> Each request asks for branches, so that they are in memory. Leaves and old copies of leaves share the rest of it.
 * The last w requests have touched touched(w) leaves. They have left s · w old copies behind, which take room although no request asks
 * for them. A copy made after a checkpoint takes the room of two pages, since it lasts longer: the checkpoint has the old leaf. A
 * scan sees the leaves as they were when it began. So of the W writes from one scan to the next, the first for each leaf
 * copies it, too; such a copy takes the room of one page.
 *
 * <pre>
 *   W  writes to a scan          writes of the load / scans of the load
 *   c  copies for scans          touched(W) / W − k; 0 if that is negative, or if the load has no scans
 *   s  old copies a request      (2 · k + c) · writes of the load / requests of the load; 0 if it has no writes
 *   R  room for leaves           memoryBytes / 4,096 − B, but at least 1
 *   w  requests in memory        the w with touched(w) + s · w = R
 *   m  share that misses         {@link Spread#missShare}(w); 0 if no w is large enough
 * </pre>
 *
 * <p><b>Requests.</b> What one of each kind asks for, with the times of the processor's profile. A scan has e entries, and E' is
 * {@link RangeData#meanEntryBytes} itself.
 *
 * <pre>
 *            blocks read              pages written   syncs   processor
 *   miss     m                                                H · level
 *   hit      m + V                                            H · level
 *   scan     m · (1 + e / F) + e · V                          H · level + e · entry + e · E' · copied byte
 *   put      m + V                    P + V           2 / n   H · level + write + 4,096 · (P + V) · copied byte
 *   delete   m + V                    P               2 / n   H · level + write + 4,096 · P · copied byte
 *
 *   P  leaves and branches that a write has written   max(k, m) + touched(n) / n, of B branches; the second is 0 if B is 0
 * </pre>
 *
 * <p>A write reads the overflow pages of the old value to learn their numbers: each page has that of the next one. The writes
 * between two checkpoints that change the same leaf share one page, which makes k pages for each write. Where memory is short, a leaf has to make
 * room before its next write comes, and is written for each of them, which makes m.
 *
 * <p>Example: 40,000 entries of 116 bytes, all equally likely; 1 MiB of memory, and a checkpoint each 512 KiB. The load has 500
 * hits and 500 puts.
 *
 * <pre>
 *   F = 0.69 · 4,060 / 126 = 22.23    L = 1,800    B = 15 + 1 = 16    H = 3
 *   n = 524,288 / 116 = 4,519.7       touched(n) of 1,800 leaves = 1,653.9    k = 0.3659
 *   s = 2 · 0.3659 · 500 / 1,000 = 0.3659    R = 256 − 16 = 240
 *   w = 182.24: 173.3 leaves and 66.7 old copies    m = 0.9037
 *   a hit reads 0.9037 blocks, and takes 3 · 0.15 = 0.45 µs of the processor
 *   a put reads 0.9037 blocks, and writes 0.9037 + 16 / 4,519.7 = 0.9073 pages
 * </pre>
 *
 * <p>Concurrency: immutable.
 */
@ExercisePart("7.5")
public final class BTreeCosts {
    private static final int LARGE_BYTES = 1_000;
    private static final int REFERENCE_BYTES = 32;
    private static final int OVERFLOW_BYTES = 4_070; // of a page, without its head
    private static final int LEAF_BYTES = 4_060; // of a page, without its head
    private static final int ENTRY_OVERHEAD_BYTES = 10;
    private static final double FILL = 0.69;
    private static final double FAN_OUT = 120; // 0.69 · 4,060 / 24: a short separator, a slot and a page number
    private static final double PAGES_OF_OLD_COPY = 2;
    private static final int SYNCS_PER_CHECKPOINT = 2;
    private static final double REQUESTS_MAX = 1e15;
    private static final int HALVINGS = 80;

    private final HardwareProfile.Processor processor;
    private final double meanEntryBytes;
    private final double overflowPages; // V
    private final double entriesPerLeaf; // F
    private final double branches; // B
    private final int height; // H
    private final double writesPerCheckpoint; // n
    private final double copiesPerWrite; // k
    private final double branchesPerWrite;
    private final double missShare; // m

    /** What {@code load} asks of a tree that is set up as {@code settings} say, and has {@code data}. */
    public BTreeCosts(
            HardwareProfile.Processor processor, EngineSettings settings, RangeData data, RangeStatistics load) {
        this.processor = processor;
        this.meanEntryBytes = data.meanEntryBytes();
        double entryBytes = Math.max(1, meanEntryBytes);
        boolean isLarge = entryBytes > LARGE_BYTES;
        this.overflowPages = isLarge ? Math.ceil(entryBytes / OVERFLOW_BYTES) : 0;
        this.entriesPerLeaf = FILL * LEAF_BYTES / ((isLarge ? REFERENCE_BYTES : entryBytes) + ENTRY_OVERHEAD_BYTES);
        double leafPages = Math.max(1, Math.ceil(data.entries() / entriesPerLeaf));
        double pages = 0;
        int levels = 1;
        for (double level = leafPages; level > 1; levels++) {
            level = Math.ceil(level / FAN_OUT);
            pages += level;
        }
        this.branches = pages;
        this.height = levels;
        this.writesPerCheckpoint = Math.max(1, settings.checkpointBytes() / entryBytes);
        Spread leaves = new Spread(leafPages, data.locality());
        this.copiesPerWrite = leaves.touched(writesPerCheckpoint) / writesPerCheckpoint;
        this.branchesPerWrite =
                new Spread(branches, data.locality()).touched(writesPerCheckpoint) / writesPerCheckpoint;
        double room = Math.max(1, (double) settings.memoryBytes() / Work.PAGE_BYTES - branches);
        this.missShare = leaves.missShare(requestsInMemory(leaves, room, oldCopiesPerRequest(leaves, load)));
    }

    /** s: old copies of leaves that each request leaves behind, in pages. */
    private double oldCopiesPerRequest(Spread leaves, RangeStatistics load) {
        if (load.writes() == 0) {
            return 0;
        }
        double copies = PAGES_OF_OLD_COPY * copiesPerWrite;
        if (load.scans() > 0) {
            double writesPerScan = load.writes() / load.scans();
            copies += Math.max(0, leaves.touched(writesPerScan) / writesPerScan - copiesPerWrite);
        }
        return copies * load.writes() / load.requests();
    }

    /** w: the requests whose leaves and old copies fill the room. Both grow with w, so that it is found by bisection. */
    private static double requestsInMemory(Spread leaves, double room, double oldPerRequest) {
        double low = 0;
        double high = 1;
        while (leaves.touched(high) + oldPerRequest * high < room && high < REQUESTS_MAX) {
            high *= 2;
        }
        for (int i = 0; i < HALVINGS; i++) {
            double middle = (low + high) / 2;
            if (leaves.touched(middle) + oldPerRequest * middle < room) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** H: the pages from the root to a leaf. */
    public int height() {
        return height;
    }

    /** B: the pages above the leaves. */
    public double branches() {
        return branches;
    }

    /** k: the leaves that a checkpoint writes, for each write before it. */
    public double copiesPerWrite() {
        return copiesPerWrite;
    }

    /** m: the share of requests whose leaf is not in memory, 0 to 1. */
    public double missShare() {
        return missShare;
    }

    /** A get that finds nothing. */
    public Work miss() {
        return Work.reading(missShare).plus(Work.computing(height * processor.levelMicros()));
    }

    /** A get that finds a value. */
    public Work hit() {
        return miss().plus(Work.reading(overflowPages));
    }

    /** A scan of {@code entries} entries. */
    public Work scan(double entries) {
        return Work.reading(missShare * (1 + entries / entriesPerLeaf) + entries * overflowPages)
                .plus(Work.computing(height * processor.levelMicros()
                        + entries * processor.entryMicros()
                        + entries * meanEntryBytes * processor.copyMicrosPerByte()));
    }

    /** A put. */
    public Work put() {
        return write(overflowPages);
    }

    /** A delete. */
    public Work delete() {
        return write(0);
    }

    private Work write(double valuePages) {
        double pages = Math.max(copiesPerWrite, missShare) + branchesPerWrite + valuePages;
        return new Work(
                missShare + overflowPages,
                0,
                pages,
                0,
                SYNCS_PER_CHECKPOINT / writesPerCheckpoint,
                height * processor.levelMicros()
                        + processor.writeMicros()
                        + pages * Work.PAGE_BYTES * processor.copyMicrosPerByte());
    }

    /** All requests of {@code load} together; each scan has the mean number of entries. */
    public Work of(RangeStatistics load) {
        return hit().times(load.hits())
                .plus(miss().times(load.misses()))
                .plus(scan(load.meanScanEntries()).times(load.scans()))
                .plus(put().times(load.puts()))
                .plus(delete().times(load.deletes()));
    }
}
