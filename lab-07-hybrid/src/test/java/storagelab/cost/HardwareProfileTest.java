package storagelab.cost;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class HardwareProfileTest {
    private final HardwareProfile profile = HardwareProfile.defaults();

    @Test
    void workCostsWhatEachPartCosts() {
        // 80 + 1,000 · 0.001 + 2 · 20 + 1,000 · 0.002 + 0.5 · 500 + 3
        assertEquals(376, profile.micros(new Work(1, 1_000, 2, 1_000, 0.5, 3)), 1e-9);
        assertEquals(0, profile.micros(Work.NONE));
    }

    @Test
    void fiveMinuteRule() {
        assertEquals(1_048.6, profile.breakEvenSeconds(), 0.1);
        HardwareProfile.Prices dear = new HardwareProfile.Prices(6, 150, 600e12);
        assertEquals(524.3, profile.withPrices(dear).breakEvenSeconds(), 0.1);
        HardwareProfile.Device fast = new HardwareProfile.Device(500, 0.001, 0.002, 8, 20);
        assertEquals(104.9, profile.withDevice(fast).breakEvenSeconds(), 0.1);
    }

    @Test
    void wearHasAPrice() {
        Work work = new Work(0, 1e9, 1_000, 600e6, 0, 0);
        assertEquals(604_096_000, work.wearBytes());
        assertEquals(150.0 * 604_096_000 / 600e12, profile.wearPrice(work), 1e-12);
    }

    @Test
    void nothingIsFree() {
        assertThrows(IllegalArgumentException.class, () -> new HardwareProfile.Device(0, 1, 1, 1, 1));
        assertThrows(IllegalArgumentException.class, () -> new HardwareProfile.Device(1, 1, Double.NaN, 1, 1));
        assertThrows(IllegalArgumentException.class, () -> new HardwareProfile.Processor(1, 1, 1, 1, -1, 1));
        assertThrows(IllegalArgumentException.class, () -> new HardwareProfile.Prices(1, Double.POSITIVE_INFINITY, 1));
    }
}
