package storagelab.cost;

import storagelab.workload.RangeStatistics;

/** What the requests of a load ask of a B+tree. */
final class BTreeCosts {
    private static final int LEAF_BYTES = 4_060; // of a page, without its head
    private static final double FILL = 0.69; // of leaves that were split at random: ln 2
    private static final int ENTRY_OVERHEAD_BYTES = 10; // slot, two lengths, and how the value is stored
    private static final int INLINE_BYTES = 1_000; // of an entry that stands in its leaf
    private static final int REFERENCE_BYTES = 32; // of an entry whose value does not
    private static final int OVERFLOW_BYTES = 4_070; // of a value in a page of its own
    private static final double FAN_OUT = 120; // 0.69 · 4,060 / 24: a short separator, a slot and a page number
    private static final double PAGES_OF_OLD_COPY = 2;
    private static final double REQUESTS_MAX = 1e15;
    private static final int HALVINGS = 80;
    private static final int SYNCS_PER_CHECKPOINT = 2;

    private final HardwareProfile.Processor processor;
    private final RangeData data;
    private final double entriesPerCheckpoint;
    private final double overflowPages; // of a value
    private final double entriesPerLeaf;
    private final Spread leaves;
    private final double branches;
    private final double height;
    private final double copiesPerWrite; // of leaves
    private final double missShare;

    BTreeCosts(HardwareProfile.Processor processor, EngineSettings settings, RangeData data, RangeStatistics load) {
        this.processor = processor;
        this.data = data;
        double entryBytes = Math.max(1, data.meanEntryBytes());
        boolean isInline = entryBytes <= INLINE_BYTES;
        this.overflowPages = isInline ? 0 : Math.ceil(entryBytes / OVERFLOW_BYTES);
        this.entriesPerLeaf = FILL * LEAF_BYTES / ((isInline ? entryBytes : REFERENCE_BYTES) + ENTRY_OVERHEAD_BYTES);
        double leafPages = Math.max(1, Math.ceil(data.entries() / entriesPerLeaf));
        double all = 0;
        double levels = 1;
        for (double level = leafPages; level > 1; levels++) {
            level = Math.ceil(level / FAN_OUT);
            all += level;
        }
        this.branches = all;
        this.height = levels;
        this.leaves = new Spread(leafPages, data.locality());
        this.entriesPerCheckpoint = Math.max(1, settings.checkpointBytes() / entryBytes);
        double room = Math.max(1, (double) settings.memoryBytes() / Work.PAGE_BYTES - branches);
        this.copiesPerWrite = leaves.touched(entriesPerCheckpoint) / entriesPerCheckpoint;
        this.missShare = leaves.missShare(requestsInMemory(room, load));
    }

    /**
     * How many requests the pages in memory are of. The last w requests have touched some leaves; and each write that has copied its
     * leaf has left the old copy behind, which is not asked for again. If the last checkpoint has the old copy, it takes room for as
     * long as two pages; if only a cursor sees it, as long as one. Branches are asked for in every request, and stay.
     */
    private double requestsInMemory(double room, RangeStatistics load) {
        double requests = load.requests();
        double writeShare = requests > 0 ? load.writes() / requests : 0;
        double old = PAGES_OF_OLD_COPY * copiesPerWrite;
        if (load.scans() > 0 && load.writes() > 0) {
            double writesPerScan = load.writes() / load.scans();
            old += Math.max(0, leaves.touched(writesPerScan) / writesPerScan - copiesPerWrite);
        }
        double oldPerRequest = old * writeShare;
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

    double height() {
        return height;
    }

    /** A get that finds nothing: down the tree, and the leaf is read if it is not in memory. */
    Work miss() {
        return Work.reading(missShare).plus(Work.computing(height * processor.levelMicros()));
    }

    /** A get that finds a value: the same, and overflow pages, of which none stays in memory for long. */
    Work hit() {
        return miss().plus(Work.reading(overflowPages));
    }

    /** A scan: as a get, and one more leaf after each {@link #entriesPerLeaf} entries. */
    Work scan(double entries) {
        double pages = missShare * (1 + entries / entriesPerLeaf) + entries * overflowPages;
        double bytes = entries * data.meanEntryBytes();
        return Work.reading(pages)
                .plus(Work.computing(height * processor.levelMicros()
                        + entries * processor.entryMicros()
                        + bytes * processor.copyMicrosPerByte()));
    }

    /**
     * A put or a delete: as a get, and the pages that it changes. The overflow pages of the old value are read, since each names the next. A leaf that several writes change before the next checkpoint
     * is written once for all of them, as long as it stays in memory; one that has to make room is written then, and again the
     * next time. Branches stay in memory, and the branch above each changed leaf is written with every checkpoint.
     */
    Work write(boolean withValue) {
        double n = entriesPerCheckpoint;
        double leafWrites = Math.max(copiesPerWrite, missShare);
        double branchWrites = branches == 0 ? 0 : new Spread(branches, data.locality()).touched(n) / n;
        double valuePages = withValue ? overflowPages : 0;
        double pages = leafWrites + branchWrites + valuePages;
        return new Work(
                missShare + overflowPages,
                0,
                pages,
                0,
                SYNCS_PER_CHECKPOINT / n,
                height * processor.levelMicros()
                        + processor.writeMicros()
                        + pages * Work.PAGE_BYTES * processor.copyMicrosPerByte());
    }

    /** All requests of a load. */
    Work of(RangeStatistics load) {
        return hit().times(load.hits())
                .plus(miss().times(load.misses()))
                .plus(scan(load.meanScanEntries()).times(load.scans()))
                .plus(write(true).times(load.puts()))
                .plus(write(false).times(load.deletes()));
    }
}
