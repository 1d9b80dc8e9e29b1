package storagelab.grader.hidden.lab01;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.hamcrest.Matchers.sameInstance;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static storagelab.grader.hidden.kit.Checks.assertEquals;
import static storagelab.grader.hidden.kit.Checks.assertFalse;
import static storagelab.grader.hidden.kit.Checks.assertTrue;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import storagelab.api.Metric;
import storagelab.api.StoreFailedException;
import storagelab.file.StatsRecorder;
import storagelab.sortedlog.BackgroundMaintenance;
import storagelab.sortedlog.FrozenMemtable;
import storagelab.sortedlog.MapMemtable;
import storagelab.testkit.Crew;
import storagelab.testkit.Eventually;
import storagelab.testkit.Step;

/** Exercise 1.10: the thread in the background and how it pushes back, with work that ends when the test says so. */
@Tag("1.10")
class BackgroundMaintenanceHiddenTest {
    private final FakeWork work = new FakeWork();
    private final StatsRecorder stats = new StatsRecorder();
    private final Crew crew = new Crew();

    @AfterEach
    void letGo() {
        work.allowAllFlushes();
        work.allowCompactions();
        crew.close();
    }

    @Test
    @DisplayName("submit returns at once; another thread flushes in order and merges after each flush, one at a time")
    void worksInTheBackground() {
        BackgroundMaintenance maintenance = maintenance(3);
        submit(maintenance, 1, 2, 3);
        work.awaitEvent("begin flush 1");
        assertEquals(List.of("begin flush 1"), work.events(), "events while the first flush is not allowed to end");
        work.allowAllFlushes();
        maintenance.drain();
        assertEquals(
                List.of(
                        "begin flush 1",
                        "end flush 1",
                        "begin compact",
                        "end compact",
                        "begin flush 2",
                        "end flush 2",
                        "begin compact",
                        "end compact",
                        "begin flush 3",
                        "end flush 3",
                        "begin compact",
                        "end compact"),
                work.events(),
                "events after three memtables were submitted and drained");
        assertFalse(work.overlapped(), "two pieces of work ran at the same time");
        Thread worker = work.worker();
        assertNotSame(Thread.currentThread(), worker, "the work ran on the thread of the writer");
        assertTrue(worker != null && worker.isDaemon(), "the thread in the background is not a daemon");
        maintenance.close();
    }

    @Test
    @DisplayName(
            "awaitRoom waits while all places are taken, the flush that runs counts, and goes on when it has ended")
    void awaitRoomWaitsForAPlace() throws InterruptedException {
        BackgroundMaintenance maintenance = maintenance(2);
        submit(maintenance, 1, 2);
        work.awaitEvent("begin flush 1");
        CountDownLatch room = new CountDownLatch(1);
        Thread writer = crew.start("writer", () -> {
            maintenance.awaitRoom();
            room.countDown();
        });
        Eventually.waits(writer);
        assertEquals(1, room.getCount(), "awaitRoom returned while 1 of 2 was being flushed and 1 waited");
        work.allowFlushes(1);
        Eventually.open("awaitRoom returns when a flush has ended", room);
        crew.join();
        assertEquals(1, stats.get(Metric.STALLS), "STALLS after one writer waited");
        assertThat("STALL_NANOS after one writer waited", stats.get(Metric.STALL_NANOS), greaterThan(0L));
        close(maintenance);
    }

    @Test
    @DisplayName("a place is free as soon as its flush has ended, although the merge after it still runs")
    void mergesDoNotHoldPlaces() throws InterruptedException {
        work.holdCompactions();
        BackgroundMaintenance maintenance = maintenance(1);
        submit(maintenance, 1);
        CountDownLatch room = new CountDownLatch(1);
        Thread writer = crew.start("writer", () -> {
            maintenance.awaitRoom();
            room.countDown();
        });
        Eventually.waits(writer);
        work.allowFlushes(1);
        work.awaitEvent("begin compact");
        Eventually.open("awaitRoom returns beside a merge that runs", room);
        close(maintenance);
    }

    @Test
    @DisplayName("while there is room nobody waits and no stall is counted")
    void noStallsWithRoom() {
        BackgroundMaintenance maintenance = maintenance(4);
        submit(maintenance, 1, 2);
        maintenance.beforeWrite();
        maintenance.awaitRoom();
        assertEquals(0, stats.get(Metric.STALLS), "STALLS with 2 of 4 places taken");
        assertEquals(0, stats.get(Metric.STALL_NANOS), "STALL_NANOS with 2 of 4 places taken");
        close(maintenance);
    }

    @Test
    @DisplayName(
            "writers are slowed down while all places but one are taken: each write waits a little, and is counted")
    void slowsDown() {
        BackgroundMaintenance maintenance = maintenance(3);
        submit(maintenance, 1, 2);
        long begin = System.nanoTime();
        for (int i = 1; i <= 5; i++) {
            maintenance.beforeWrite();
            assertEquals(i, stats.get(Metric.STALLS), "STALLS after " + i + " writes with 2 of 3 places taken");
        }
        assertThat(
                "STALL_NANOS after 5 writes that waited up to a millisecond each",
                stats.get(Metric.STALL_NANOS),
                greaterThanOrEqualTo(TimeUnit.MICROSECONDS.toNanos(500)));
        assertThat(
                "STALL_NANOS after 5 writes of one thread, and the time they took altogether",
                stats.get(Metric.STALL_NANOS),
                lessThanOrEqualTo(System.nanoTime() - begin));
        submit(maintenance, 3);
        maintenance.beforeWrite();
        assertEquals(
                6, stats.get(Metric.STALLS), "STALLS after a write with 3 of 3 places taken: it is not stopped here");
        close(maintenance);
    }

    @Test
    @DisplayName("with one place there is nothing between running and stopped: beforeWrite never waits")
    void onePlace() {
        BackgroundMaintenance maintenance = maintenance(1);
        maintenance.beforeWrite();
        submit(maintenance, 1);
        maintenance.beforeWrite();
        assertEquals(0, stats.get(Metric.STALLS), "STALLS of beforeWrite with maxFrozenMemtables = 1");
        close(maintenance);
    }

    @Test
    @DisplayName("drain returns when everything is flushed and merged, not before, and at once when there is nothing")
    void drainWaits() throws InterruptedException {
        work.holdCompactions();
        BackgroundMaintenance maintenance = maintenance(3);
        maintenance.drain();
        submit(maintenance, 1, 2);
        CountDownLatch drained = new CountDownLatch(1);
        Thread writer = crew.start("writer", () -> {
            maintenance.drain();
            drained.countDown();
        });
        Eventually.waits(writer);
        work.allowAllFlushes();
        work.awaitEvent("begin compact");
        Eventually.waits(writer);
        assertEquals(
                1, drained.getCount(), "drain returned before the memtables were flushed and their merges had ended");
        work.allowCompactions();
        Eventually.open("drain returns when all is done", drained);
        assertTrue(work.events().contains("end flush 2"), "drain returned before memtable 2 was flushed");
        assertEquals(2, work.events().stream().filter("end compact"::equals).count(), "merges that ended before drain");
        maintenance.close();
    }

    @Test
    @DisplayName("drain waits for the merge after the last flush")
    void drainWaitsForTheLastMerge() throws InterruptedException {
        work.holdCompactions();
        BackgroundMaintenance maintenance = maintenance(2);
        submit(maintenance, 1);
        work.allowAllFlushes();
        work.awaitEvent("begin compact");
        CountDownLatch drained = new CountDownLatch(1);
        Thread writer = crew.start("drain, while the only memtable is flushed and its merge runs,", () -> {
            maintenance.drain();
            drained.countDown();
        });
        Eventually.waits(writer);
        assertEquals(1, drained.getCount(), "drain returned while the merge after the last flush still ran");
        work.allowCompactions();
        Eventually.open("drain returns when the merge has ended", drained);
        maintenance.close();
    }

    @Test
    @DisplayName("close flushes everything that was submitted, and the thread has ended when it returns")
    void closeDrains() throws InterruptedException {
        BackgroundMaintenance maintenance = maintenance(3);
        submit(maintenance, 1, 2, 3);
        work.awaitEvent("begin flush 1");
        Thread closer = crew.start("close, beside a flush that runs,", maintenance::close);
        Eventually.waits(closer);
        work.allowAllFlushes();
        crew.join();
        assertTrue(
                work.events().contains("end flush 3"),
                "close returned, and of 3 memtables there was: " + work.events());
        Thread worker = work.worker();
        assertTrue(worker != null && !worker.isAlive(), "the thread in the background still runs after close");
    }

    @Test
    @DisplayName("close of maintenance that never had anything to do ends its thread")
    void closeWithoutWork() throws InterruptedException {
        BackgroundMaintenance maintenance = maintenance(2);
        crew.start("closer", maintenance::close);
        crew.join();
    }

    @Test
    @DisplayName("submit throws IllegalStateException when all places are taken, and after close")
    void submitWithoutRoom() {
        BackgroundMaintenance maintenance = maintenance(2);
        submit(maintenance, 1, 2);
        assertThrows(IllegalStateException.class, () -> submit(maintenance, 3), "submit with 2 of 2 places taken");
        work.allowAllFlushes();
        maintenance.close();
        assertThrows(IllegalStateException.class, () -> submit(maintenance, 4), "submit after close");
        assertFalse(work.events().contains("begin flush 3"), "a memtable that was refused was flushed");
    }

    @Test
    @DisplayName("when the work fails, whoever waits at that moment is told, with the cause")
    void failureWakesWaiters() throws InterruptedException {
        RuntimeException cause = new IllegalStateException("the disk is on fire");
        BackgroundMaintenance maintenance = maintenance(2);
        submit(maintenance, 1, 2);
        work.awaitEvent("begin flush 1");
        Thread room =
                crew.start("awaitRoom", () -> assertFailed(maintenance::awaitRoom, cause, "awaitRoom that waited"));
        Eventually.waits(room);
        work.failWith(cause);
        work.allowFlushes(1);
        crew.join();
        close(maintenance);
    }

    @Test
    @DisplayName("work that throws an Error has failed, too: threads that wait at that moment are told, with the cause")
    void errorsWakeWaiters() throws InterruptedException {
        for (Error cause : List.of(new AssertionError("a broken invariant"), new OutOfMemoryError("a full heap"))) {
            FakeWork failing = new FakeWork();
            BackgroundMaintenance maintenance = new BackgroundMaintenance(failing, 1, stats);
            submit(maintenance, 1);
            failing.awaitEvent("begin flush 1");
            Thread room = crew.start(
                    "awaitRoom",
                    () -> assertFailed(maintenance::awaitRoom, cause, "awaitRoom, when a flush threw " + cause));
            Thread drain = crew.start(
                    "drain", () -> assertFailed(maintenance::drain, cause, "drain, when a flush threw " + cause));
            Eventually.waits(room);
            Eventually.waits(drain);
            failing.failWith(cause);
            failing.allowAllFlushes();
            crew.join();
            assertFailed(maintenance::beforeWrite, cause, "beforeWrite after a flush threw " + cause);
            maintenance.close();
        }
    }

    @Test
    @DisplayName("when the work fails, drain throws instead of waiting for ever")
    void failureWakesDrain() throws InterruptedException {
        RuntimeException cause = new IllegalStateException("the disk is on fire");
        BackgroundMaintenance maintenance = maintenance(2);
        submit(maintenance, 1);
        Thread drain = crew.start("drain", () -> assertFailed(maintenance::drain, cause, "drain that waited"));
        Eventually.waits(drain);
        work.failWith(cause);
        work.allowFlushes(1);
        crew.join();
        close(maintenance);
    }

    @Test
    @DisplayName(
            "after a failure every call throws it, nothing more is flushed, the thread ends, and close does not throw")
    void afterAFailure() {
        RuntimeException cause = new IllegalStateException("the disk is on fire");
        BackgroundMaintenance maintenance = maintenance(3);
        work.failWith(cause);
        submit(maintenance, 1);
        work.allowAllFlushes();
        work.awaitEvent("fail flush 1");
        Thread worker = work.worker();
        Eventually.holds("the thread in the background ends", () -> worker != null && !worker.isAlive());
        assertFailed(maintenance::beforeWrite, cause, "beforeWrite after a failure");
        assertFailed(maintenance::awaitRoom, cause, "awaitRoom after a failure");
        assertFailed(maintenance::drain, cause, "drain after a failure");
        assertFailed(() -> submit(maintenance, 2), cause, "submit after a failure");
        Step.at("close after a failure, which the calls before it have reported");
        maintenance.close();
        assertEquals(List.of("begin flush 1", "fail flush 1"), work.events(), "events when the first flush fails");
    }

    @Test
    @DisplayName("a merge that fails is a failure like a flush that fails")
    void failedMerge() {
        RuntimeException cause = new IllegalStateException("the disk is on fire");
        work.holdCompactions();
        BackgroundMaintenance maintenance = maintenance(2);
        submit(maintenance, 1);
        work.allowFlushes(1);
        work.awaitEvent("begin compact");
        work.failWith(cause);
        work.allowCompactions();
        assertFailed(maintenance::drain, cause, "drain after a failed merge");
        assertFailed(maintenance::beforeWrite, cause, "beforeWrite after a failed merge");
        maintenance.close();
    }

    @Test
    @DisplayName("an interrupt ends neither awaitRoom nor drain early, and the thread is still interrupted afterwards")
    void interruptsWait() throws InterruptedException {
        BackgroundMaintenance maintenance = maintenance(1);
        submit(maintenance, 1);
        work.awaitEvent("begin flush 1");
        Thread room = interruptedIn("awaitRoom", maintenance::awaitRoom);
        Thread drain = interruptedIn("drain", maintenance::drain);
        Eventually.waits(room);
        Eventually.waits(drain);
        assertFalse(work.events().contains("end flush 1"), "the flush ended early");
        work.allowAllFlushes();
        crew.join();
        maintenance.close();
    }

    @Test
    @DisplayName("an interrupt is not lost in a slow-down or in close")
    void interruptsAreKept() throws InterruptedException {
        BackgroundMaintenance maintenance = maintenance(2);
        submit(maintenance, 1);
        Thread.currentThread().interrupt();
        maintenance.beforeWrite();
        assertTrue(Thread.interrupted(), "the interrupt was lost in beforeWrite");
        Thread closing = interruptedIn("close", maintenance::close);
        Eventually.waits(closing);
        work.allowAllFlushes();
        crew.join();
    }

    /** A thread that is interrupted, waits in {@code call} all the same, and is interrupted when that returns. */
    private Thread interruptedIn(String name, Executable call) {
        Thread thread = crew.start(name, () -> {
            try {
                call.execute();
            } catch (Throwable e) {
                throw new AssertionError(name + " by an interrupted thread threw " + e, e);
            }
            assertTrue(work.events().contains("end flush 1"), name + " returned early when its thread was interrupted");
            assertTrue(Thread.interrupted(), "the interrupt was lost in " + name);
        });
        Eventually.waits(thread);
        thread.interrupt();
        LockSupport.unpark(thread);
        // The interrupt should be seen before what the thread waits for comes.
        Eventually.letHold(() -> !thread.isInterrupted());
        return thread;
    }

    private BackgroundMaintenance maintenance(int maxFrozenMemtables) {
        return new BackgroundMaintenance(work, maxFrozenMemtables, stats);
    }

    private static void submit(BackgroundMaintenance maintenance, int... numbers) {
        for (int number : numbers) {
            maintenance.submit(new FrozenMemtable(new MapMemtable(), List.of(), number));
        }
    }

    private void close(BackgroundMaintenance maintenance) {
        work.allowAllFlushes();
        work.allowCompactions();
        maintenance.close();
    }

    private static void assertFailed(Executable call, Throwable cause, String what) {
        StoreFailedException failure = assertThrows(StoreFailedException.class, call, what);
        assertThat("cause of the exception from " + what, failure.getCause(), sameInstance(cause));
    }
}
