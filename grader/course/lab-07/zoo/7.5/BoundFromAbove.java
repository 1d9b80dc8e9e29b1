// exercise: 7.5
// type: storagelab.cost.BTreeCosts
// verdict: accepted
// because: finds the requests in memory from a bound above, and computes the pages of a write once
// replace: type
import storagelab.workload.RangeStatistics;

public final class BTreeCosts {
    private final double valuePages; // V
    private final double entriesPerLeaf; // F
    private final double leaves; // L
    private final double branches; // B
    private final int height; // H
    private final double writesToCheckpoint; // n
    private final double copies; // k
    private final double missShare; // m
    private final double pagesOfWrite; // P
    private final HardwareProfile.Processor times;
    private final double meanBytes;

    public BTreeCosts(
            HardwareProfile.Processor processor, EngineSettings settings, RangeData data, RangeStatistics load) {
        this.times = processor;
        this.meanBytes = data.meanEntryBytes();
        double bytes = Math.max(meanBytes, 1);
        valuePages = bytes > 1_000 ? Math.ceil(bytes / 4_070) : 0;
        entriesPerLeaf = bytes > 1_000 ? 0.69 * 4_060 / 42 : 0.69 * 4_060 / (bytes + 10);
        leaves = Math.max(1, Math.ceil(data.entries() / entriesPerLeaf));
        double above = 0;
        int levels = 1;
        double level = leaves;
        while (level > 1) {
            level = Math.ceil(level / 120);
            above += level;
            levels++;
        }
        branches = above;
        height = levels;
        writesToCheckpoint = Math.max(1, settings.checkpointBytes() / bytes);
        Spread spread = new Spread(leaves, data.locality());
        copies = spread.touched(writesToCheckpoint) / writesToCheckpoint;
        missShare = spread.missShare(requestsInMemory(settings, load, spread));
        pagesOfWrite = Math.max(copies, missShare)
                + new Spread(branches, data.locality()).touched(writesToCheckpoint) / writesToCheckpoint;
    }

    private double requestsInMemory(EngineSettings settings, RangeStatistics load, Spread spread) {
        double old = 0;
        if (load.writes() > 0) {
            double forScans = 0;
            if (load.scans() > 0) {
                double writes = load.writes() / load.scans();
                forScans = Math.max(0, spread.touched(writes) / writes - copies);
            }
            old = (2 * copies + forScans) * load.writes() / load.requests();
        }
        double room = Math.max(1, settings.memoryBytes() / 4_096.0 - branches);
        double low = 0;
        double high = 1e14;
        for (int i = 0; i < 200; i++) {
            double middle = (low + high) / 2;
            if (spread.touched(middle) + old * middle < room) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return high;
    }

    public Work miss() {
        return new Work(missShare, 0, 0, 0, 0, height * times.levelMicros());
    }

    public Work hit() {
        return new Work(missShare + valuePages, 0, 0, 0, 0, height * times.levelMicros());
    }

    public Work scan(double entries) {
        return new Work(
                missShare * (1 + entries / entriesPerLeaf) + entries * valuePages,
                0,
                0,
                0,
                0,
                height * times.levelMicros()
                        + entries * times.entryMicros()
                        + entries * meanBytes * times.copyMicrosPerByte());
    }

    public Work put() {
        return write(pagesOfWrite + valuePages);
    }

    public Work delete() {
        return write(pagesOfWrite);
    }

    private Work write(double pages) {
        return new Work(
                missShare + valuePages,
                0,
                pages,
                0,
                2 / writesToCheckpoint,
                height * times.levelMicros() + times.writeMicros() + 4_096 * pages * times.copyMicrosPerByte());
    }

    public Work of(RangeStatistics load) {
        Work sum = hit().times(load.hits()).plus(miss().times(load.misses()));
        sum = sum.plus(scan(load.meanScanEntries()).times(load.scans()));
        return sum.plus(put().times(load.puts())).plus(delete().times(load.deletes()));
    }

    public int height() {
        return height;
    }

    public double branches() {
        return branches;
    }

    public double copiesPerWrite() {
        return copies;
    }

    public double missShare() {
        return missShare;
    }
}
