package storagelab.cost;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.api.KeyRange;
import storagelab.compaction.LeveledPicker;
import storagelab.workload.RangeStatistics;

/** The numbers of the examples in the statement. */
@Tag("7.5")
class EngineCostsExampleTest {
    private static final HardwareProfile PROFILE = HardwareProfile.defaults();
    private static final EngineSettings SETTINGS =
            new EngineSettings(1 << 20, 512 << 10, 128 << 10, new LeveledPicker(4, 512 << 10, 8));
    private static final RangeData DATA = RangeData.uniform(40_000, 40_000 * 116);
    private static final RangeStatistics LOAD = new RangeStatistics(KeyRange.all(), 500, 0, 0, 0, 0, 500, 0, 0, 0);

    @Test
    void tree() {
        BTreeCosts tree = new BTreeCosts(PROFILE.processor(), SETTINGS, DATA, LOAD);
        assertEquals(16, tree.branches());
        assertEquals(3, tree.height());
        assertEquals(0.3659, tree.copiesPerWrite(), 1e-4);
        assertEquals(0.9037, tree.missShare(), 1e-4);
    }

    @Test
    void requestsOfTheTree() {
        BTreeCosts tree = new BTreeCosts(PROFILE.processor(), SETTINGS, DATA, LOAD);
        assertEquals(0.9037, tree.hit().blockReads(), 1e-4);
        assertEquals(0.45, tree.hit().processorMicros(), 1e-9);
        assertEquals(0.9037, tree.put().blockReads(), 1e-4);
        assertEquals(0.9073, tree.put().pageWrites(), 1e-4);
        assertEquals(1.3216, tree.put().processorMicros(), 1e-4);
    }

    @Test
    void lsmTree() {
        LsmCosts lsm = new LsmCosts(PROFILE.processor(), SETTINGS, DATA, LOAD);
        assertEquals(3, lsm.levels());
        assertEquals(4.5, lsm.runs());
        assertEquals(1_123.0, lsm.mergedPerPut(), 0.1);
        assertEquals(1_239.7, lsm.writtenPerPut(), 0.1);
        assertEquals(0.8056, lsm.blockMissShare(), 1e-4);
    }

    @Test
    void requestsOfTheLsmTree() {
        LsmCosts lsm = new LsmCosts(PROFILE.processor(), SETTINGS, DATA, LOAD);
        assertEquals(0.8086, lsm.hit().blockReads(), 1e-4);
        assertEquals(1.175, lsm.hit().processorMicros(), 1e-9);
        assertEquals(1_123.0, lsm.write().mergedBytesRead(), 0.1);
        assertEquals(1_239.7, lsm.write().bytesWritten(), 0.1);
        assertEquals(0.02675, lsm.write().syncs(), 1e-5);
        assertEquals(1.675, lsm.write().processorMicros(), 1e-3);
    }

    @Test
    void both() {
        EngineCosts costs = new CostModel(PROFILE, SETTINGS).costs(LOAD, 1, DATA);
        assertEquals(82_366, costs.btreeMicros(), 1);
        assertEquals(42_258, costs.lsmMicros(), 1);
    }
}
