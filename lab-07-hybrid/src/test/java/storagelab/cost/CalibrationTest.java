package storagelab.cost;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CalibrationTest {
    private static final long STEP_NANOS = 1L << 32;

    @TempDir
    private Path directory;

    /** With a clock that goes on by 2^32 ns at each look, everything takes as long as that, divided by its parts. */
    @Test
    void timesAreDividedByTheWorkThatTheyWereTakenOf() throws IOException {
        AtomicLong now = new AtomicLong();
        HardwareProfile profile = Calibration.measure(directory, () -> now.getAndAdd(STEP_NANOS), 1);
        double micros = STEP_NANOS / 1_000.0;
        HardwareProfile.Device device = profile.device();
        assertEquals(micros / (16 << 20), device.writeMicrosPerByte(), 1e-6);
        assertEquals(micros / (16 << 20), device.readMicrosPerByte(), 1e-6);
        assertEquals(micros / 1_000, device.blockReadMicros(), 1e-6);
        assertEquals(micros / 16, device.syncMicros(), 1e-6);
        assertEquals(micros / 5_000, profile.processor().writeMicros(), 1e-6);
        assertEquals(micros / 20_000, profile.processor().entryMicros(), 1e-6);
        try (Stream<Path> left = Files.list(directory)) {
            assertEquals(0, left.count(), "files that are left");
        }
    }

    @Test
    void aClockThatStandsStillMakesNothingFree() {
        HardwareProfile profile = Calibration.measure(directory, () -> 0, 1);
        assertTrue(profile.device().syncMicros() > 0);
        assertTrue(profile.device().blockReadMicros()
                >= Work.PAGE_BYTES * profile.device().readMicrosPerByte());
        assertTrue(profile.processor().blockMicros() > 0);
    }
}
