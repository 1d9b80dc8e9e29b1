package storagelab.compaction;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import storagelab.compaction.CompactionSimulator.Shape;

class CompactionSimulatorTest {
    @ParameterizedTest
    @CsvSource({
        "LEVELING, 10, 3, 16.5", "TIERING, 10, 3, 3.0", "LAZY_LEVELING, 10, 3, 7.5",
        "LEVELING, 10, 4, 22.0", "TIERING, 10, 4, 4.0", "LAZY_LEVELING, 10, 4, 8.5",
        "LEVELING, 4, 4, 10.0", "TIERING, 4, 4, 4.0", "LAZY_LEVELING, 4, 4, 5.5"
    })
    @DisplayName("write amplification is what the formula says")
    void formula(Shape shape, int factor, int levels, double expected) {
        assertEquals(expected, CompactionSimulator.expectedWriteAmplification(shape, factor, levels), 1e-9);
        double simulated = new CompactionSimulator(shape, factor, levels).fill().writeAmplification();
        assertEquals(expected, simulated, 0.05 * expected, "simulated, within 5 %");
    }

    @Test
    @DisplayName("what tiering saves when it writes it pays when it reads")
    void runs() {
        CompactionSimulator tiering = new CompactionSimulator(Shape.TIERING, 4, 3);
        CompactionSimulator leveling = new CompactionSimulator(Shape.LEVELING, 4, 3);
        for (int i = 0; i < 63; i++) {
            tiering.flush();
            leveling.flush();
        }
        assertEquals(9, tiering.runs(), "runs of " + tiering);
        assertEquals(3, leveling.runs(), "runs of " + leveling);
    }
}
