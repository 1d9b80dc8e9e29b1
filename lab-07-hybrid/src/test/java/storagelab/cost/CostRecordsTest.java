package storagelab.cost;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import storagelab.recovery.EngineKind;

class CostRecordsTest {
    @Test
    void theEngineThatCostsLessIsTheCheaperOne() {
        EngineCosts costs = new EngineCosts(300, 100);
        assertEquals(EngineKind.LSM, costs.cheaper());
        assertEquals(3, costs.ratio());
        assertEquals(200, costs.savedByLeaving(EngineKind.BTREE));
        assertEquals(-200, costs.savedByLeaving(EngineKind.LSM));
        assertEquals(300, costs.of(EngineKind.BTREE));
        assertEquals(100, costs.of(EngineKind.LSM));
        assertEquals(EngineKind.BTREE, new EngineCosts(5, 6).cheaper());
    }

    @Test
    void equalCostsLeaveARangeOnTheTree() {
        assertEquals(EngineKind.BTREE, EngineCosts.ZERO.cheaper());
        assertEquals(1, EngineCosts.ZERO.ratio());
        assertEquals(Double.POSITIVE_INFINITY, new EngineCosts(0, 2).ratio());
        assertEquals(new EngineCosts(11, 22), new EngineCosts(1, 2).plus(new EngineCosts(10, 20)));
    }

    @ParameterizedTest
    @CsvSource({"-1, 0", "0, -1", "NaN, 1", "1, Infinity"})
    void costsAreFiniteAndNotNegative(double btree, double lsm) {
        assertThrows(IllegalArgumentException.class, () -> new EngineCosts(btree, lsm));
    }

    @ParameterizedTest
    @CsvSource({"0, 0.5", "0.5, 0.4", "0.5, 1.1", "NaN, 0.5", "0.5, NaN"})
    void theHotPartHasAtLeastItsShareOfTheRequests(double keys, double requests) {
        assertThrows(IllegalArgumentException.class, () -> new Locality(keys, requests));
    }

    @Test
    void aRangeKnowsItsMeanEntry() {
        assertEquals(125, RangeData.uniform(4, 500).meanEntryBytes());
        assertEquals(0, RangeData.uniform(0, 0).meanEntryBytes());
        assertThrows(IllegalArgumentException.class, () -> RangeData.uniform(0, 1));
        assertThrows(IllegalArgumentException.class, () -> RangeData.uniform(-1, 1));
        assertThrows(IllegalArgumentException.class, () -> RangeData.uniform(1, -1));
    }
}
