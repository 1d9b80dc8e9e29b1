package storagelab.cost;

import storagelab.workload.RangeStatistics;

/** What the requests of a load ask of an LSM tree with leveled compaction. */
final class LsmCosts {
    private static final int ENTRY_OVERHEAD_BYTES =
            2; // in a table: sequence and lengths, less what keys have in common
    private static final int MEMTABLE_OVERHEAD_BYTES = 40; // sequence, and the pointers of a skip list
    private static final int SYNCS_PER_MERGE = 2; // of the directory and of the manifest, besides one for each table
    private static final double FALSE_POSITIVES = Math.pow(0.6185, EngineSettings.FILTER_BITS_PER_KEY);

    private final HardwareProfile.Processor processor;
    private final RangeData data;
    private final double keyCount; // one at least
    private final double entryBytes; // in a table
    private final double putsPerFlush;
    private final double runs;
    private final double writtenPerPut; // bytes, in flushes and merges
    private final double mergedPerPut; // bytes, in merges alone
    private final double syncsPerPut;
    private final double blockMissShare;
    private final double seekMissShare; // of the blocks on other levels that a scan begins in
    private final double memtableMissShare;

    LsmCosts(HardwareProfile.Processor processor, EngineSettings settings, RangeData data, RangeStatistics load) {
        this.processor = processor;
        this.data = data;
        double userBytes = Math.max(1, data.meanEntryBytes());
        this.keyCount = Math.max(1, data.entries());
        this.entryBytes = userBytes + ENTRY_OVERHEAD_BYTES;
        Spread keys = new Spread(keyCount, data.locality());
        this.putsPerFlush = Math.max(1, settings.memtableBytes() / (userBytes + MEMTABLE_OVERHEAD_BYTES));
        double all = keyCount * entryBytes;
        int levels = levels(settings, all);
        this.runs = (settings.levels().levelZeroTables() - 1) / 2.0 + levels;

        double flushed = keys.touched(putsPerFlush) / putsPerFlush * entryBytes;
        this.mergedPerPut = merged(settings, keys, levels);
        this.writtenPerPut = flushed + mergedPerPut;
        double flushes = (1 + 1.0 / settings.levels().levelZeroTables()) / putsPerFlush; // and merges of level 0
        double tablesLeaving = leaving(settings, keys, levels) / settings.tableBytes(); // each with a merge of its own
        this.syncsPerPut = writtenPerPut / settings.tableBytes() + SYNCS_PER_MERGE * (flushes + tablesLeaving);
        this.memtableMissShare = load.writes() > 0 ? keys.missShare(putsPerFlush / 2) : 1;
        this.seekMissShare = load.writes() > 0 ? firstTouches(settings, load.scans() / load.writes()) : 0;
        this.blockMissShare = blockMissShare(settings, load, keys);
    }

    /** The fewest levels below level 0 that the tables fit into. */
    private static int levels(EngineSettings settings, double tableBytes) {
        int levels = 1;
        double room = settings.levels().baseBytes();
        for (double level = room; room < tableBytes; levels++) {
            level *= settings.levels().factor();
            room += level;
        }
        return levels;
    }

    /**
     * The bytes that merges write for each put. A merge into a level writes what comes and what it meets there. What comes
     * from level 0 are some tables, and it meets all of level 1. From a level of c bytes, what it meets on the next one of d bytes is
     * d/c times as much. Of puts for the same key only one goes on: a level of c bytes has the keys of the last puts that touch
     * c / entry different keys, and that share of them leaves it.
     */
    private double merged(EngineSettings settings, Spread keys, int levels) {
        double all = keyCount * entryBytes;
        double puts = settings.levels().levelZeroTables() * putsPerFlush;
        double size = Math.min(all, (double) settings.levels().baseBytes());
        double coming = keys.touched(puts) * entryBytes;
        double bytes = (coming + Math.max(0, size - coming * coming / all)) / puts;
        double waiting = coming / 2; // level 1 is larger by what has come from level 0, until that has gone on
        double limit = settings.levels().baseBytes();
        for (int level = 1; level < levels; level++) {
            double leaving = leaving(keys, limit);
            limit *= settings.levels().factor();
            double next = level + 1 == levels ? all : Math.min(all, limit);
            bytes += leaving * (1 + next / (size + waiting));
            size = next;
            waiting = 0;
        }
        return bytes;
    }

    /** The bytes that leave a level of {@code limit} bytes for each put: it has the keys of the last puts that fill it. */
    private double leaving(Spread keys, double limit) {
        double window = keys.requestsToTouch(limit / entryBytes);
        return Double.isInfinite(window) ? 0 : limit / window;
    }

    /** The bytes that leave all levels but the last for each put. */
    private double leaving(EngineSettings settings, Spread keys, int levels) {
        double sum = 0;
        double limit = settings.levels().baseBytes();
        for (int level = 1; level < levels; level++) {
            sum += leaving(keys, limit);
            limit *= settings.levels().factor();
        }
        return sum;
    }

    /**
     * How often a block has to be read, of all that gets and scans need. The cache has the blocks of the last requests. But a merge
     * gives its blocks other names: the first request for each block after a merge misses, too. Level 0 and level 1 are merged after
     * each few flushes, and they have the keys that were written last. The levels below are written again in the time in which as
     * many bytes are written as they have.
     */
    private double blockMissShare(EngineSettings settings, RangeStatistics load, Spread keys) {
        Spread blocks = new Spread(Math.max(1, keyCount * entryBytes / Work.PAGE_BYTES), data.locality());
        double window = blocks.requestsToTouch((double) settings.cacheBytes() / Work.PAGE_BYTES);
        double cached = blocks.missShare(window);
        double reads = load.gets() + load.scans();
        if (load.writes() == 0 || reads == 0) {
            return cached;
        }
        double recent =
                1 - keys.missShare(keys.requestsToTouch(settings.levels().baseBytes() / entryBytes));
        double upper = firstTouches(settings, reads / load.writes() * recent);
        double rewritten = blocks.places() * Work.PAGE_BYTES / writtenPerPut * reads / load.writes();
        double lower = blocks.missShare(Math.min(window, rewritten));
        return recent * Math.max(cached, upper) + (1 - recent) * lower;
    }

    /** The share of reads that are the first of a block of level 0 or 1 since it was merged. */
    private double firstTouches(EngineSettings settings, double readsPerWrite) {
        double levelOne =
                Math.min(keyCount * entryBytes, (double) settings.levels().baseBytes());
        double blocks = (levelOne + putsPerFlush * entryBytes) / Work.PAGE_BYTES;
        double reads = settings.levels().levelZeroTables() * putsPerFlush * readsPerWrite;
        return reads > 0 ? new Spread(blocks, Locality.UNIFORM).touched(reads) / reads : 0;
    }

    double runs() {
        return runs;
    }

    /** Bytes written for each byte of a key and value that is put. */
    double writeAmplification() {
        return writtenPerPut / Math.max(1, data.meanEntryBytes());
    }

    /** A get that finds a value: a block of the run that has it, and of one in 120 of the runs before. */
    Work hit() {
        double blocks = 1 + FALSE_POSITIVES * (runs - 1) / 2 + blocksOfValue();
        return Work.reading(memtableMissShare * blocks * blockMissShare)
                .plus(Work.computing(runs * processor.runMicros() + processor.blockMicros()));
    }

    /** A get that does not: a block of one in 120 of all runs. */
    Work miss() {
        return Work.reading(FALSE_POSITIVES * runs * blockMissShare).plus(Work.computing(runs * processor.runMicros()));
    }

    /**
     * A scan: a block of the last level, and then as many as the entries fill; and a block of each other run. Those have few blocks,
     * which stay in memory until they are merged. Filters do not help.
     */
    Work scan(double entries) {
        double bytes = entries * data.meanEntryBytes();
        double blocks = (runs - 1) * seekMissShare + (1 + bytes / Work.PAGE_BYTES) * blockMissShare;
        return Work.reading(blocks)
                .plus(Work.computing(runs * processor.blockMicros()
                        + entries * processor.entryMicros() * 2 // they come out of a merge of the runs
                        + bytes * processor.copyMicrosPerByte()));
    }

    /** A put or a delete: into the memtable, and its share of flushes and merges. */
    Work write() {
        double entries = writtenPerPut / entryBytes;
        return new Work(
                0,
                mergedPerPut,
                0,
                writtenPerPut,
                syncsPerPut,
                processor.writeMicros()
                        + entries * processor.entryMicros()
                        + writtenPerPut * processor.copyMicrosPerByte());
    }

    private double blocksOfValue() {
        return Math.floor(data.meanEntryBytes() / Work.PAGE_BYTES);
    }

    /** All requests of a load. */
    Work of(RangeStatistics load) {
        return hit().times(load.hits())
                .plus(miss().times(load.misses()))
                .plus(scan(load.meanScanEntries()).times(load.scans()))
                .plus(write().times(load.writes()));
    }
}
