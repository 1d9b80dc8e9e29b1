package storagelab.lsm;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.both;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.lessThan;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import storagelab.lsm.WriteStallController.Cause;
import storagelab.lsm.WriteStallController.Limits;
import storagelab.lsm.WriteStallController.Pressure;
import storagelab.testkit.lsm.SimulatedOverload;

@Tag("5.16")
class WriteStallControllerTest {
    private static final long MIB = 1 << 20;
    private static final long SECOND = 1_000_000_000;
    private static final Limits LIMITS = new Limits(8, 12, 64 * MIB, 256 * MIB, 16 * MIB);

    private final WriteStallController controller = new WriteStallController(LIMITS);

    @Test
    @DisplayName("the worked example: slowed down, slower, braked, faster, free, and where it was")
    void workedExample() {
        assertEquals(Long.MAX_VALUE, controller.bytesPerSecond(), "before there is pressure");
        assertEquals(0, controller.delayNanos(MIB, 0), "a write before there is pressure");
        assertRate(16.0, 8);
        assertEquals(0, controller.delayNanos(16 << 10, 0), "the first write");
        assertEquals(776_562, controller.delayNanos(16 << 10, 200_000), 2, "the second one, after 0.2 ms");
        assertRate(12.8, 9);
        assertRate(7.68, 10);
        assertRate(9.6, 9);
        assertEquals(953_124, controller.delayNanos(16 << 10, 1_000_000), 2, "a write after 1 ms");
        assertRate(12, 7);
        controller.update(new Pressure(7, 0));
        assertEquals(Long.MAX_VALUE, controller.bytesPerSecond(), "with 7 tables, when no write has waited");
        assertEquals(0, controller.delayNanos(MIB, 1_100_000), "with 7 tables, when no write has waited");
        assertRate(12, 8);
    }

    private void assertRate(double mebibytes, int tables) {
        controller.update(new Pressure(tables, 0));
        double rate = mebibytes * MIB;
        assertEquals(rate, controller.bytesPerSecond(), 1e-5 * rate, "bytes a second with " + tables + " tables");
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
            controller.update(new Pressure(8, 1000 - i));
        }
        assertEquals(WriteStallController.FASTEST_BYTES_PER_SECOND, controller.bytesPerSecond());
    }

    @Test
    @DisplayName("limits that stop before they slow down, and a first rate that may not be, are refused")
    void refused() {
        assertThrows(IllegalArgumentException.class, () -> new Limits(9, 8, 0, 0, MIB));
        assertThrows(IllegalArgumentException.class, () -> new Limits(8, 9, 1, 0, MIB));
        assertThrows(IllegalArgumentException.class, () -> new Limits(8, 9, 0, 1, 1));
    }

    @ParameterizedTest
    @ValueSource(doubles = {50, 1000})
    @DisplayName("writers who could do far more settle near what merges can take, and are never stopped")
    void settles(double writer) {
        SimulatedOverload store =
                new SimulatedOverload(controller, new SimulatedOverload.Speeds(writer, 25), 2, -3 * SECOND);
        store.run(30);
        int stopsAtFirst = store.stops();
        store.forgetWrites();
        store.run(90);
        assertEquals(stopsAtFirst, store.stops(), "stops when the rate is found");
        List<Double> rates = store.mebibytesPerSecond(30, 10);
        assertThat(
                "MiB a second, of 25 that merges take",
                rates,
                everyItem(both(greaterThan(17.0)).and(lessThan(30.0))));
        double ratio = (double) store.writeNanos(99.9) / store.writeNanos(50);
        assertThat("the 99.9th percentile of writes by their median", ratio, lessThan(10.0));
    }
}
