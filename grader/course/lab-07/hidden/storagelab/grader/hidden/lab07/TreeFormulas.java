package storagelab.grader.hidden.lab07;

import storagelab.cost.HardwareProfile;
import storagelab.cost.Spread;
import storagelab.cost.Work;
import storagelab.workload.RangeStatistics;

/** The formulas of the statement for a B+tree, with its letters. */
final class TreeFormulas {
    final double valuePages; // V
    final double entriesPerLeaf; // F
    final double leaves; // L
    final double branches; // B
    final int height; // H
    final double writesToCheckpoint; // n
    final double copies; // k
    final double missShare; // m
    final double pagesOfWrite; // P
    private final HardwareProfile.Processor times;
    private final double meanBytes;

    TreeFormulas(CostCase given) {
        this.times = given.processor();
        this.meanBytes = given.data().meanEntryBytes();
        double bytes = Math.max(meanBytes, 1);
        valuePages = bytes > 1_000 ? Math.ceil(bytes / 4_070) : 0;
        entriesPerLeaf = bytes > 1_000 ? 0.69 * 4_060 / 42 : 0.69 * 4_060 / (bytes + 10);
        leaves = Math.max(1, Math.ceil(given.data().entries() / entriesPerLeaf));
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
        writesToCheckpoint = Math.max(1, given.settings().checkpointBytes() / bytes);
        Spread spread = new Spread(leaves, given.data().locality());
        copies = spread.touched(writesToCheckpoint) / writesToCheckpoint;
        missShare = spread.missShare(requestsInMemory(given, spread));
        pagesOfWrite = Math.max(copies, missShare)
                + new Spread(branches, given.data().locality()).touched(writesToCheckpoint) / writesToCheckpoint;
    }

    private double requestsInMemory(CostCase given, Spread spread) {
        RangeStatistics load = given.load();
        double old = 0;
        if (load.writes() > 0) {
            double forScans = 0;
            if (load.scans() > 0) {
                double writes = load.writes() / load.scans();
                forScans = Math.max(0, spread.touched(writes) / writes - copies);
            }
            old = (2 * copies + forScans) * load.writes() / load.requests();
        }
        double room = Math.max(1, given.settings().memoryBytes() / 4_096.0 - branches);
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

    Work miss() {
        return new Work(missShare, 0, 0, 0, 0, height * times.levelMicros());
    }

    Work hit() {
        return new Work(missShare + valuePages, 0, 0, 0, 0, height * times.levelMicros());
    }

    Work scan(double entries) {
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

    Work put() {
        return write(pagesOfWrite + valuePages);
    }

    Work delete() {
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

    Work of(RangeStatistics load) {
        Work sum = hit().times(load.hits()).plus(miss().times(load.misses()));
        sum = sum.plus(scan(load.meanScanEntries()).times(load.scans()));
        return sum.plus(put().times(load.puts())).plus(delete().times(load.deletes()));
    }
}
