package storagelab.cost;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.api.KeyRange;
import storagelab.compaction.LeveledPicker;
import storagelab.recovery.EngineKind;
import storagelab.workload.RangeStatistics;

@Tag("7.5")
class CostModelTest {
    private static final int KEY_BYTES = 16;
    private static final long DATA_BYTES = 4 << 20;
    private static final EngineSettings SMALL =
            new EngineSettings(1 << 20, 512 << 10, 128 << 10, new LeveledPicker(4, 512 << 10, 8));

    private final CostModel model = new CostModel(HardwareProfile.defaults(), SMALL);

    private static RangeData data(int valueBytes) {
        long entries = DATA_BYTES / (KEY_BYTES + valueBytes);
        return RangeData.uniform(entries, entries * (KEY_BYTES + valueBytes));
    }

    private static RangeStatistics gets(double hits, double misses) {
        return new RangeStatistics(KeyRange.all(), hits, misses, 0, 0, 0, 0, 0, 0, 0);
    }

    private static RangeStatistics puts(double count) {
        return new RangeStatistics(KeyRange.all(), 0, 0, 0, 0, 0, count, 0, 0, 0);
    }

    private static RangeStatistics scans(double count, double entries) {
        return new RangeStatistics(KeyRange.all(), 0, 0, count, 0, count * entries, 0, 0, 0, 0);
    }

    /**
     * A hundred entries of 116 bytes are in memory. They have five leaves below a root, so that a get in the tree goes over two
     * pages: 2 · 0.15 µs. In the LSM tree there are one level and, on average, 1.5 tables on level 0: 2.5 · 0.15 + 0.5 µs.
     */
    @Test
    void getsOfWhatIsInMemory() {
        EngineCosts costs = model.costs(gets(1_000, 0), 1, RangeData.uniform(100, 11_600));
        assertEquals(300, costs.btreeMicros(), 1e-6);
        assertEquals(875, costs.lsmMicros(), 1e-6);
    }

    @Test
    void aCountIsOfSomeSeconds() {
        EngineCosts second = model.costs(puts(500), 1, data(100));
        EngineCosts same = model.costs(puts(1_000), 2, data(100));
        assertEquals(second.btreeMicros(), same.btreeMicros(), 1e-6);
        assertEquals(second.lsmMicros(), same.lsmMicros(), 1e-6);
        assertThrows(IllegalArgumentException.class, () -> model.costs(puts(1), 0, data(100)));
        assertThrows(IllegalArgumentException.class, () -> model.costs(puts(1), Double.NaN, data(100)));
    }

    @Test
    void noLoadCostsNothing() {
        assertEquals(EngineCosts.ZERO, model.costs(gets(0, 0), 1, data(100)));
        assertEquals(EngineCosts.ZERO, model.costs(gets(0, 0), 1, RangeData.uniform(0, 0)));
        assertTrue(model.costs(puts(1), 1, RangeData.uniform(0, 0)).btreeMicros() > 0);
    }

    @Test
    void smallValuesArePutIntoTablesAndLargeOnesIntoPages() {
        assertEquals(EngineKind.LSM, model.costs(puts(1), 1, data(20)).cheaper());
        assertEquals(EngineKind.LSM, model.costs(puts(1), 1, data(100)).cheaper());
        assertEquals(EngineKind.BTREE, model.costs(puts(1), 1, data(3_000)).cheaper());
    }

    @Test
    void aHotPartThatFitsIntoMemoryIsForTheTree() {
        RangeData data = data(100);
        assertEquals(EngineKind.LSM, model.costs(puts(1), 1, data).cheaper());
        Locality hot = new Locality(0.02, 0.98);
        assertEquals(
                EngineKind.BTREE,
                model.costs(puts(1), 1, data.withLocality(hot)).cheaper());
    }

    @Test
    void getsThatFindNothingAreForTheFilters() {
        EngineCosts costs = model.costs(gets(0, 1), 1, data(100));
        assertEquals(EngineKind.LSM, costs.cheaper());
        assertTrue(costs.ratio() > 5, costs.toString());
    }

    @Test
    void shortScansOfOneRunOrderAreForTheTree() {
        EngineCosts costs = model.costs(scans(1, 100), 1, data(100).withLocality(new Locality(0.02, 0.98)));
        assertEquals(EngineKind.BTREE, costs.cheaper());
    }

    @Test
    void moreBytesCostMore() {
        EngineCosts last = EngineCosts.ZERO;
        for (int valueBytes : new int[] {10, 50, 100, 200, 400, 800}) {
            RangeData data = RangeData.uniform(20_000, 20_000L * (KEY_BYTES + valueBytes));
            EngineCosts costs = model.costs(puts(1_000), 1, data);
            assertTrue(costs.btreeMicros() >= last.btreeMicros(), valueBytes + ": " + costs);
            assertTrue(costs.lsmMicros() >= last.lsmMicros(), valueBytes + ": " + costs);
            last = costs;
        }
    }

    @Test
    void moreLocalityNeverCostsMore() {
        EngineCosts last = new EngineCosts(Double.MAX_VALUE, Double.MAX_VALUE);
        for (double share : new double[] {0.1, 0.3, 0.5, 0.7, 0.9, 0.99}) {
            EngineCosts costs = model.costs(puts(1_000), 1, data(100).withLocality(new Locality(0.1, share)));
            assertTrue(costs.btreeMicros() <= last.btreeMicros() + 1e-6, share + ": " + costs);
            assertTrue(costs.lsmMicros() <= last.lsmMicros() + 1e-6, share + ": " + costs);
            last = costs;
        }
    }

    @Test
    void moreMemoryNeverCostsMore() {
        EngineCosts last = new EngineCosts(Double.MAX_VALUE, Double.MAX_VALUE);
        for (long memory = 1 << 20; memory <= 16 << 20; memory *= 2) {
            CostModel larger = new CostModel(HardwareProfile.defaults(), SMALL.withMemoryBytes(memory));
            EngineCosts costs = larger.costs(gets(800, 200), 1, data(100));
            assertTrue(costs.btreeMicros() <= last.btreeMicros() + 1e-6, memory + ": " + costs);
            assertTrue(costs.lsmMicros() <= last.lsmMicros() + 1e-6, memory + ": " + costs);
            last = costs;
        }
        assertTrue(last.ratio() < 3, last.toString());
    }

    @Test
    void theDeviceDecides() {
        RangeData data = data(400);
        HardwareProfile flash = HardwareProfile.defaults();
        // A disk that turns: 8 ms for each place, 100 MB a second.
        HardwareProfile disk = flash.withDevice(new HardwareProfile.Device(8_000, 0.01, 0.01, 8_000, 8_000));
        double onFlash = ratioOfPuts(flash, data);
        double onDisk = ratioOfPuts(disk, data);
        assertTrue(onDisk > 2 * onFlash, onFlash + " and " + onDisk);
    }

    private static double ratioOfPuts(HardwareProfile profile, RangeData data) {
        EngineSettings settings = EngineSettings.defaults().withMemoryBytes(16 << 20);
        EngineCosts costs = new CostModel(profile, settings)
                .costs(puts(1), 1, RangeData.uniform(data.entries() * 100, data.bytes() * 100));
        return costs.btreeMicros() / costs.lsmMicros();
    }
}
