package storagelab.grader.hidden.lab05;

import static storagelab.grader.hidden.kit.Checks.assertEquals;
import static storagelab.grader.hidden.kit.Checks.assertTrue;

import java.util.List;
import java.util.concurrent.ConcurrentSkipListSet;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.lsm.WriteStallController;
import storagelab.lsm.WriteStallController.Cause;
import storagelab.lsm.WriteStallController.Limits;
import storagelab.lsm.WriteStallController.Pressure;
import storagelab.lsm.WriteStallController.Stalls;
import storagelab.testkit.Crew;
import storagelab.testkit.Seeds;
import storagelab.testkit.lsm.SimulatedOverload;

/** Exercise 5.16: rates, waits and causes, and what comes of them in an overload; all of it in simulated time. */
@Tag("5.16")
class WriteStallControllerHiddenTest {
    private static final long MIB = 1 << 20;
    private static final Limits LIMITS = new Limits(8, 12, 64 * MIB, 256 * MIB, 16 * MIB);

    private final WriteStallController controller = new WriteStallController(LIMITS);

    private void update(int tables, long debt) {
        controller.update(new Pressure(tables, debt));
    }

    private static void near(double expected, double actual, double slack, String what) {
        assertTrue(
                Math.abs(expected - actual) <= slack + expected / 200,
                what + ": expected " + (long) expected + ", found " + (long) actual);
    }

    private void rate(double mebibytes, String when) {
        near(mebibytes * MIB, controller.bytesPerSecond(), 1, "bytes a second " + when);
    }

    @Test
    @DisplayName("any sequence of updates, writes and stops leads to the rates and waits that the rules say")
    void model() {
        Seeds.check(40, random -> {
            WriteStallController any = new WriteStallController(LIMITS);
            StallModel model = new StallModel(LIMITS);
            long start = random.nextLong();
            long now = 0;
            int tables = 8;
            for (int step = 0; step < 200; step++) {
                String where = " at step " + step;
                int what = random.nextInt(10);
                if (what < 3) {
                    tables = Math.max(5, Math.min(13, tables + random.nextInt(3) - 1));
                    long debt = 63 * MIB + random.nextInt(3) * MIB / 2;
                    any.update(new Pressure(tables, debt));
                    model.update(tables, debt);
                } else if (what == 3) {
                    any.waited(Cause.LEVEL_ZERO, random.nextInt(5) == 0 && stopped(model), 1);
                } else {
                    long bytes = 1 + random.nextInt(100_000);
                    now += random.nextInt(20_000_000);
                    near(model.delay(bytes, now), any.delayNanos(bytes, start + now), 10_000, "a wait" + where);
                }
                if (model.isSlow()) {
                    near(model.rate(), any.bytesPerSecond(), 1, "bytes a second" + where);
                } else {
                    assertEquals(Long.MAX_VALUE, any.bytesPerSecond(), "bytes a second of free writes" + where);
                }
                assertEquals(model.isSlow(), any.slowdown() != null, "is there a cause to slow down" + where);
            }
        });
    }

    private static boolean stopped(StallModel model) {
        model.stopped();
        return true;
    }

    @Test
    @DisplayName("level 0 and debt slow down and stop from their limits on; of both, level 0 is the cause")
    void causes() {
        update(7, 64 * MIB - 1);
        assertTrue(controller.slowdown() == null, "slowed down a table and a byte below the limits");
        update(7, 64 * MIB);
        assertEquals(
                Cause.DEBT, controller.slowdown(), "slowed down with 7 tables and a debt at the limit, because of");
        assertTrue(controller.stop() == null, "stopped with a debt at the limit for slowing down");
        update(8, 64 * MIB);
        assertEquals(Cause.LEVEL_ZERO, controller.slowdown(), "slowed down with both at their limits, because of");
        update(11, 256 * MIB);
        assertEquals(Cause.DEBT, controller.stop(), "stopped with 11 tables and a debt at its limit, because of");
        update(12, 256 * MIB);
        assertEquals(Cause.LEVEL_ZERO, controller.stop(), "stopped with both at their limits, because of");
        update(12, 0);
        assertEquals(Cause.LEVEL_ZERO, controller.stop(), "stopped with 12 tables, because of");
        update(11, 255 * MIB);
        assertTrue(controller.stop() == null, "stopped below both limits");
    }

    @Test
    @DisplayName("writes that wait are not set free by one table less; the cause stays what it was")
    void staysSlow() {
        update(7, 64 * MIB);
        controller.delayNanos(MIB, 0);
        controller.delayNanos(MIB, 0);
        update(7, 63 * MIB);
        assertEquals(Cause.DEBT, controller.slowdown(), "below the limits, after a write that waited, because of");
        rate(20, "below the limits with less debt");
        controller.delayNanos(MIB, 0);
        update(7, 63 * MIB);
        rate(20, "below the limits with as much");
        controller.delayNanos(1, 1_000_000_000_000L);
        update(7, 63 * MIB);
        assertTrue(controller.slowdown() == null, "slowed down, though the last write did not have to wait");
        update(9, 0);
        rate(20, "when it is slowed down again: it was a better guess than the first one");
        assertEquals(0, controller.delayNanos(1, 0), "wait of the first write after writes were free");
    }

    @Test
    @DisplayName("a stop brakes once; waiting for a memtable, or being slowed down, does not")
    void stops() {
        update(8, 0);
        controller.waited(Cause.MEMTABLE, true, 1);
        controller.waited(Cause.LEVEL_ZERO, false, 1);
        controller.waited(Cause.DEBT, false, 1);
        update(8, 0);
        rate(12.8, "after waits that were no stops");
        controller.waited(Cause.DEBT, true, 1);
        controller.waited(Cause.MEMTABLE, true, 1);
        update(8, 0);
        rate(7.68, "after a stop, and a wait for a memtable after it");
        update(7, 0);
        assertTrue(controller.slowdown() == null, "slowed down with 7 tables, and no write has waited");
        update(8, 0);
        rate(7.68, "after writes were free");
        update(8, 0);
        rate(6.144, "at the update after that");
    }

    @Test
    @DisplayName("waits are counted for their cause, by all threads")
    void counted() throws InterruptedException {
        assertEquals(new Stalls(0, 0), controller.stalls(Cause.DEBT), "waits before there was one");
        try (Crew crew = new Crew()) {
            crew.start(4, "writer", () -> {
                for (int i = 0; i < 2000; i++) {
                    controller.waited(Cause.LEVEL_ZERO, i % 2 == 0, i);
                    controller.waited(Cause.MEMTABLE, true, 3);
                }
            });
            crew.join();
        }
        assertEquals(new Stalls(8000, 4 * 1999 * 1000L), controller.stalls(Cause.LEVEL_ZERO), "waits for level 0");
        assertEquals(new Stalls(8000, 24_000), controller.stalls(Cause.MEMTABLE), "waits for the memtable");
        assertEquals(new Stalls(0, 0), controller.stalls(Cause.DEBT), "waits for debt");
    }

    @Test
    @DisplayName("writes that come at once wait one for the other, whichever thread they are of")
    void together() throws InterruptedException {
        update(8, 0);
        ConcurrentSkipListSet<Long> waits = new ConcurrentSkipListSet<>();
        try (Crew crew = new Crew()) {
            crew.start(4, "writer", () -> {
                for (int i = 0; i < 100; i++) {
                    waits.add(controller.delayNanos(1 << 12, 77));
                }
            });
            crew.join();
        }
        assertEquals(400, waits.size(), "different waits of 400 writes at one moment");
        near(399 * 244_140.0, waits.last(), 1000, "the longest of them, in nanoseconds");
    }

    @Test
    @DisplayName("no write waits longer than 100 ms, and idle time is not saved up")
    void bounds() {
        update(8, 0);
        long start = Long.MAX_VALUE - 5;
        assertEquals(0, controller.delayNanos(1 << 30, start), "wait of the first write");
        long wait = controller.delayNanos(16 << 10, start + 10);
        assertEquals(100_000_000, wait, "wait behind a write of a minute, in nanoseconds");
        long later = start + 10_000_000_000L;
        assertEquals(0, controller.delayNanos(16 << 10, later), "wait after ten seconds without a write");
        near(976_562, controller.delayNanos(16 << 10, later), 2, "wait of another one at that moment");
        near(1_953_125, controller.delayNanos(1, later), 4, "wait of a third one");
    }

    @Test
    @DisplayName("writes of gigabytes and terabytes occupy the store for as long as they take")
    void largeWrites() {
        update(8, 0);
        long now = 7;
        for (long bytes : new long[] {1L << 31, 1L << 33, 1L << 34, 1L << 40, 1L << 45}) {
            assertEquals(0, controller.delayNanos(bytes, now), "wait of a write of " + bytes + " bytes");
            assertEquals(
                    100_000_000,
                    controller.delayNanos(1, now + 1_000_000),
                    "wait after a write of " + bytes + " bytes, which takes minutes, in nanoseconds");
            now += 1L << 52;
        }
    }

    @Test
    @DisplayName("while writes are free a write does not wait for a thread that holds the lock of the controller")
    void freeWritesTakeNoLock() throws InterruptedException {
        synchronized (controller) {
            Crew.mustEnd(
                    "delayNanos waits for a lock, though writes are free",
                    () -> assertEquals(0, controller.delayNanos(1000, 5), "wait of a write while writes are free"));
        }
    }

    @Test
    @DisplayName("the rate stays between 16 KiB and 1 GiB a second")
    void slowestAndFastest() {
        update(8, 0);
        for (int i = 0; i < 60; i++) {
            update(12, 0);
        }
        assertEquals(16 << 10, controller.bytesPerSecond(), "bytes a second after 60 brakes");
        for (int i = 0; i < 80; i++) {
            update(9, 1000 - i);
        }
        assertEquals(1 << 30, controller.bytesPerSecond(), "bytes a second when it got better 80 times");
    }

    @Test
    @DisplayName(
            "in an overload that lasts nobody is stopped, the rate settles, and 99.9 % of writes take under ten medians")
    void overload() {
        for (int mergeTables : List.of(1, 2, 4)) {
            for (double merges : List.of(25.0, 50.0)) {
                for (double writer : List.of(2 * merges, 8 * merges, 40 * merges)) {
                    overload(new SimulatedOverload.Speeds(writer, merges), mergeTables);
                }
            }
        }
    }

    private static void overload(SimulatedOverload.Speeds speeds, int mergeTables) {
        String what = " with " + speeds + " MiB a second, merges of " + mergeTables + " tables and more";
        SimulatedOverload store =
                new SimulatedOverload(new WriteStallController(LIMITS), speeds, mergeTables, Long.MAX_VALUE - 1000);
        store.run(30);
        int stops = store.stops();
        store.forgetWrites();
        store.run(60);
        assertEquals(stops, store.stops(), "stops after 60 s, of which so many in the first 30" + what);
        for (double rate : store.mebibytesPerSecond(30, 10)) {
            assertTrue(
                    rate > 0.7 * speeds.merges() && rate < 1.2 * speeds.merges(),
                    "ten seconds in which " + (long) rate + " MiB a second were written" + what);
        }
        assertTrue(
                store.writeNanos(99.9) < 10 * store.writeNanos(50),
                store.writeNanos(99.9) + " ns for the 99.9th percentile of writes, median " + store.writeNanos(50)
                        + what);
    }
}
