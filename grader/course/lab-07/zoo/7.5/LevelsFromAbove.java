// exercise: 7.5
// type: storagelab.cost.LsmCosts
// verdict: accepted
// because: goes over the levels by the one that is written, and multiplies limits instead of taking powers
// replace: type
import storagelab.workload.RangeStatistics;

public final class LsmCosts {
    private static final double WRONG_ANSWERS = Math.pow(0.6185, 10); // p

    private final int levels; // Z
    private final double runs; // r
    private final double merged; // M
    private final double written; // A
    private final double syncs; // Y
    private final double missShare; // b
    private final double seekMisses; // z
    private final double notInMemtable; // j
    private final EngineSettings settings;
    private final RangeData data;
    private final HardwareProfile.Processor times;
    private final Spread keys;
    private final double entryBytes; // T
    private final double allBytes; // D
    private final double flushPuts; // q
    private final double mergePuts; // t · q
    private final double meanBytes;

    public LsmCosts(
            HardwareProfile.Processor processor, EngineSettings settings, RangeData data, RangeStatistics load) {
        this.settings = settings;
        this.data = data;
        this.times = processor;
        this.meanBytes = data.meanEntryBytes();
        double bytes = Math.max(1, meanBytes);
        double entries = Math.max(1, data.entries());
        keys = new Spread(entries, data.locality());
        entryBytes = bytes + 2;
        allBytes = entries * entryBytes;
        flushPuts = Math.max(1, settings.memtableBytes() / (bytes + 40));
        int tables = settings.levels().levelZeroTables();
        mergePuts = tables * flushPuts;
        int count = 1;
        double room = limit(1);
        while (room < allBytes) {
            count++;
            room += limit(count);
        }
        levels = count;
        runs = (tables - 1) / 2.0 + levels;

        double coming = keys.touched(mergePuts) * entryBytes;
        double first = Math.min(limit(1), allBytes);
        double sum = (coming + first - coming * first / allBytes) / mergePuts;
        double leavingSum = 0;
        for (int to = 2; to <= levels; to++) {
            double above = to == 2 ? first + coming / 2 : Math.min(limit(to - 1), allBytes);
            double here = to == levels ? allBytes : Math.min(limit(to), allBytes);
            double leaving = limit(to - 1) / putsThatFill(to - 1); // 0 if infinite
            sum += leaving * (1 + here / above);
            leavingSum += leaving;
        }
        merged = sum;
        written = keys.touched(flushPuts) / flushPuts * entryBytes + merged;
        double table = settings.tableBytes();
        syncs = written / table + 2 * ((1 + 1.0 / tables) / flushPuts + leavingSum / table);

        missShare = blockMisses(load);
        seekMisses = load.writes() > 0 ? firstReads(load.scans() / load.writes()) : 0;
        notInMemtable = load.writes() > 0 ? keys.missShare(flushPuts / 2) : 1;
    }

    private double limit(int level) {
        double bytes = settings.levels().baseBytes();
        for (int i = 1; i < level; i++) {
            bytes *= settings.levels().factor();
        }
        return bytes;
    }

    private double putsThatFill(int level) {
        return keys.requestsToTouch(limit(level) / entryBytes);
    }

    private double blockMisses(RangeStatistics load) {
        double count = Math.max(1, allBytes / 4_096);
        Spread blocks = new Spread(count, data.locality());
        double cached = blocks.requestsToTouch(settings.cacheBytes() / 4_096.0);
        double reads = load.hits() + load.misses() + load.scans();
        if (load.writes() == 0 || reads == 0) {
            return blocks.missShare(cached);
        }
        double perWrite = reads / load.writes();
        double upper = 1 - keys.missShare(putsThatFill(1));
        double again = 4_096 * count / written * perWrite;
        return upper * Math.max(blocks.missShare(cached), firstReads(perWrite * upper))
                + (1 - upper) * blocks.missShare(Math.min(cached, again));
    }

    private double firstReads(double readsPerPut) {
        double reads = mergePuts * readsPerPut;
        double blocks = (Math.min(limit(1), allBytes) + flushPuts * entryBytes) / 4_096;
        return reads == 0 ? 0 : new Spread(blocks, Locality.UNIFORM).touched(reads) / reads;
    }

    public Work miss() {
        return new Work(WRONG_ANSWERS * runs * missShare, 0, 0, 0, 0, runs * times.runMicros());
    }

    public Work hit() {
        double blocks = 1 + WRONG_ANSWERS * (runs - 1) / 2 + Math.floor(meanBytes / 4_096);
        return new Work(notInMemtable * missShare * blocks, 0, 0, 0, 0, runs * times.runMicros() + times.blockMicros());
    }

    public Work scan(double entries) {
        return new Work(
                (runs - 1) * seekMisses + (1 + entries * meanBytes / 4_096) * missShare,
                0,
                0,
                0,
                0,
                runs * times.blockMicros()
                        + 2 * entries * times.entryMicros()
                        + entries * meanBytes * times.copyMicrosPerByte());
    }

    public Work write() {
        double micros =
                times.writeMicros() + written / entryBytes * times.entryMicros() + written * times.copyMicrosPerByte();
        return new Work(0, merged, 0, written, syncs, micros);
    }

    public Work of(RangeStatistics load) {
        Work sum = hit().times(load.hits()).plus(miss().times(load.misses()));
        sum = sum.plus(scan(load.meanScanEntries()).times(load.scans()));
        return sum.plus(write().times(load.puts() + load.deletes()));
    }

    public int levels() {
        return levels;
    }

    public double runs() {
        return runs;
    }

    public double mergedPerPut() {
        return merged;
    }

    public double writtenPerPut() {
        return written;
    }

    public double blockMissShare() {
        return missShare;
    }
}
