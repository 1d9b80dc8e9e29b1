package storagelab.lsm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import storagelab.lsm.WriteStallController.Cause;
import storagelab.lsm.WriteStallController.Limits;
import storagelab.lsm.WriteStallController.Pressure;

class WriteStallControllerTest {
    private static final long MIB = 1 << 20;
    private static final long SECOND = 1_000_000_000;
    private static final Limits LIMITS = new Limits(8, 12, 64 * MIB, 256 * MIB, 16 * MIB);

    private final WriteStallController controller = new WriteStallController(LIMITS);

    @Test
    @DisplayName("the worked example: slowed down, slower, braked, faster, free, and where it was")
    void workedExample() {
        assertEquals(Long.MAX_VALUE, controller.bytesPerSecond(), "before there is pressure");
        assertRate(16.0, 8);
        assertEquals(0, controller.delayNanos(16 << 10, 0), "the first write");
        assertEquals(776_562, controller.delayNanos(16 << 10, 200_000), "the second one, after 0.2 ms");
        assertRate(12.8, 9);
        assertRate(7.68, 10);
        assertRate(9.6, 9);
        controller.update(new Pressure(7, 0));
        assertEquals(Long.MAX_VALUE, controller.bytesPerSecond(), "with 7 tables");
        assertEquals(0, controller.delayNanos(MIB, 0), "with 7 tables");
        assertRate(13.44, 8);
    }

    private void assertRate(double mebibytes, int tables) {
        controller.update(new Pressure(tables, 0));
        assertEquals(mebibytes * MIB, controller.bytesPerSecond(), 1, "bytes a second with " + tables + " tables");
    }

    @Test
    @DisplayName("debt slows down and stops as tables do, and of both causes level 0 is named")
    void debt() {
        controller.update(new Pressure(0, 64 * MIB - 1));
        assertNull(controller.slowdown());
        controller.update(new Pressure(0, 64 * MIB));
        assertEquals(Cause.DEBT, controller.slowdown());
        assertNull(controller.stop());
        controller.update(new Pressure(0, 100 * MIB));
        assertEquals(12.8 * MIB, controller.bytesPerSecond(), 1, "with more debt");
        controller.update(new Pressure(0, 99 * MIB));
        assertEquals(16.0 * MIB, controller.bytesPerSecond(), 1, "with less");
        controller.update(new Pressure(8, 256 * MIB));
        assertEquals(Cause.LEVEL_ZERO, controller.slowdown());
        assertEquals(Cause.DEBT, controller.stop());
        controller.update(new Pressure(12, 256 * MIB));
        assertEquals(Cause.LEVEL_ZERO, controller.stop());
    }

    @Test
    @DisplayName("after a stop the rate is braked; waiting for a memtable is no stop; waits are counted by cause")
    void afterStop() {
        controller.update(new Pressure(8, 0));
        controller.waited(Cause.MEMTABLE, true, 10);
        controller.update(new Pressure(8, 0));
        assertEquals(12.8 * MIB, controller.bytesPerSecond(), 1, "as many tables, and no stop");
        controller.waited(Cause.LEVEL_ZERO, true, 20);
        controller.waited(Cause.LEVEL_ZERO, false, 5);
        controller.update(new Pressure(8, 0));
        assertEquals(7.68 * MIB, controller.bytesPerSecond(), 1, "after a stop");
        controller.update(new Pressure(8, 0));
        assertEquals(6.144 * MIB, controller.bytesPerSecond(), 1, "the stop is forgotten");
        assertEquals(new WriteStallController.Stalls(2, 25), controller.stalls(Cause.LEVEL_ZERO));
        assertEquals(new WriteStallController.Stalls(1, 10), controller.stalls(Cause.MEMTABLE));
        assertEquals(new WriteStallController.Stalls(0, 0), controller.stalls(Cause.DEBT));
    }

    @Test
    @DisplayName("the rate stays within its bounds, and so does a wait")
    void bounds() {
        controller.update(new Pressure(8, 0));
        for (int i = 0; i < 100; i++) {
            controller.update(new Pressure(11, 0));
        }
        assertEquals(WriteStallController.SLOWEST_BYTES_PER_SECOND, controller.bytesPerSecond());
        assertEquals(0, controller.delayNanos(100 * MIB, 5));
        assertEquals(WriteStallController.LONGEST_NANOS, controller.delayNanos(1, 6), "behind a write of 100 MiB");
        for (int i = 0; i < 100; i++) {
            controller.update(new Pressure(7, 0));
            controller.update(new Pressure(8, 0));
        }
        assertEquals(WriteStallController.FASTEST_BYTES_PER_SECOND, controller.bytesPerSecond());
        assertThrows(IllegalArgumentException.class, () -> new Limits(9, 8, 0, 0, MIB));
        assertThrows(IllegalArgumentException.class, () -> new Limits(8, 9, 1, 0, MIB));
        assertThrows(IllegalArgumentException.class, () -> new Limits(8, 9, 0, 1, 1));
    }

    @Test
    @DisplayName("a writer that could do far more settles near what merges can take, and is never stopped")
    void settles() {
        Machine machine = new Machine(controller, 200 * MIB, 25 * MIB);
        machine.run(60 * SECOND);
        List<Double> rates = machine.secondsFrom(20);
        assertEquals(0, machine.stops, "stops");
        assertTrue(Collections.min(rates) > 12.5, "no second below half of what merges take: " + rates);
        assertTrue(Collections.max(rates) < 50, "none above twice as much: " + rates);
        assertTrue(
                Math.abs(rates.stream()
                                        .mapToDouble(Double::doubleValue)
                                        .average()
                                        .orElseThrow()
                                - 25)
                        < 4,
                "25 MiB a second on average: " + rates);
    }

    /** A writer that never rests, flushes of 4 MiB into level 0, and merges that take a table of it at a time. */
    private static final class Machine {
        private static final long WRITE = 4 << 10;

        private final WriteStallController controller;
        private final long writerBytesPerSecond;
        private final long mergeNanosPerTable;
        private final List<Double> mebibytes = new ArrayList<>(); // written in each second
        private int tables;
        private int stops;

        Machine(WriteStallController controller, long writerBytesPerSecond, long mergeBytesPerSecond) {
            this.controller = controller;
            this.writerBytesPerSecond = writerBytesPerSecond;
            this.mergeNanosPerTable = 4 * MIB * SECOND / mergeBytesPerSecond;
        }

        void run(long nanos) {
            long merged = mergeNanosPerTable;
            long memtable = 0;
            for (long now = 0; now < nanos; ) {
                now += controller.delayNanos(WRITE, now) + WRITE * SECOND / writerBytesPerSecond;
                memtable += WRITE;
                if (memtable >= 4 * MIB) {
                    memtable = 0;
                    stops += controller.stop() == null ? 0 : 1;
                    tables++;
                    controller.update(new Pressure(tables, 0));
                }
                for (; merged <= now; merged += mergeNanosPerTable) {
                    tables = Math.max(0, tables - 1);
                    controller.update(new Pressure(tables, 0));
                }
                int second = (int) (now / SECOND);
                while (mebibytes.size() <= second) {
                    mebibytes.add(0.0);
                }
                mebibytes.set(second, mebibytes.get(second) + (double) WRITE / MIB);
            }
        }

        /** Mebibytes of each whole second. */
        List<Double> secondsFrom(int first) {
            return mebibytes.subList(first, mebibytes.size() - 1);
        }
    }
}
