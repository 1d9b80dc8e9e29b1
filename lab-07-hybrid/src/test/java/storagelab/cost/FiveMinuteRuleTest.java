package storagelab.cost;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class FiveMinuteRuleTest {
    @Test
    @DisplayName("the intervals of the papers come out of their prices")
    void papers() {
        assertEquals(400, new FiveMinuteRule(1_024, 15, 30_000, 5_120).breakEvenSeconds(), 10, "Gray, Putzolu 1987");
        assertEquals(266, new FiveMinuteRule(8_192, 64, 2_000, 15).breakEvenSeconds(), 1, "Gray, Graefe 1997");
        assertEquals(5_250, new FiveMinuteRule(4_096, 83, 80, 0.047).breakEvenSeconds(), 1, "Graefe 2007, disk");
        assertEquals(
                15 * 60, new FiveMinuteRule(4_096, 6_200, 999, 0.047).breakEvenSeconds(), 30, "Graefe 2007, flash");
    }

    @Test
    @DisplayName("a page that is read more often than that belongs in memory, one that is read less often does not")
    void keeps() {
        FiveMinuteRule rule = new FiveMinuteRule(8_192, 64, 2_000, 15);
        assertTrue(rule.keeps(266));
        assertFalse(rule.keeps(267));
    }

    @Test
    @DisplayName("a hardware profile says the same")
    void profile() {
        HardwareProfile profile = HardwareProfile.defaults();
        assertEquals(
                new FiveMinuteRule(4_096, 12_500, 150, 3 / 1_024.0).breakEvenSeconds(),
                profile.breakEvenSeconds(),
                1e-6);
    }

    @Test
    @DisplayName("nothing is free")
    void positive() {
        assertThrows(IllegalArgumentException.class, () -> new FiveMinuteRule(0, 64, 2_000, 15));
        assertThrows(IllegalArgumentException.class, () -> new FiveMinuteRule(8_192, 64, Double.NaN, 15));
    }
}
