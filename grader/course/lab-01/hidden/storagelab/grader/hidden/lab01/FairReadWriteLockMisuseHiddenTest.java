package storagelab.grader.hidden.lab01;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static storagelab.grader.hidden.kit.Checks.assertEquals;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.testkit.Crew;
import storagelab.testkit.Eventually;

/** Exercise 1.8: threads that ask for what they hold, release what they do not hold, or should be asleep. */
@Tag("1.8")
class FairReadWriteLockMisuseHiddenTest extends LockHarness {
    @Test
    @DisplayName("only the thread that writes can release the lock for writing, and others that try change nothing")
    void strangersCannotRelease() {
        LockClient holder = writer("the writer").awaitInside("the lock is free");
        LockClient waiting = writer("the next writer").awaitBlocked("a writer has it");
        assertThrows(
                IllegalMonitorStateException.class,
                lock::releaseWrite,
                "releaseWrite by a thread that does not hold the lock, while another thread writes");
        assertThrows(IllegalMonitorStateException.class, lock::releaseRead, "releaseRead while a thread writes");
        waiting.awaitBlocked("a writer still has it, though another thread has called releaseWrite");
        holder.leave();
        waiting.awaitInside("the first writer has left").leave();
    }

    @Test
    @DisplayName("a thread that waits sleeps until it is notified: it neither spins nor looks again after a time")
    void sleepsUntilItIsNotified() {
        LockClient holder = writer("the writer").awaitInside("the lock is free");
        for (LockClient waiting : List.of(reader("a reader"), writer("the next writer"))) {
            waiting.awaitBlocked("a writer has it");
            Eventually.holds(
                    () -> "a thread that waits for the lock is in Object.wait() without a time limit; it is "
                            + waiting.state(),
                    () -> waiting.state() == Thread.State.WAITING);
            waiting.interruptWaiting();
        }
        holder.leave();
    }

    @Test
    @DisplayName(
            "a thread that writes and asks again waits for itself, and so does one that reads and asks for writing")
    void notReentrant() throws InterruptedException {
        asksAgain("a thread that writes and asks for writing", Side.WRITE, Side.WRITE);
        asksAgain("a thread that writes and asks for reading", Side.WRITE, Side.READ);
        asksAgain("a thread that reads and asks for writing", Side.READ, Side.WRITE);
        writer("a writer").awaitInside("everybody has left").leave();
    }

    private enum Side {
        READ,
        WRITE
    }

    /** A thread that holds the lock asks again. It has to wait; when it is interrupted, it holds what it held before. */
    private void asksAgain(String who, Side holds, Side wants) throws InterruptedException {
        try (Crew crew = new Crew()) {
            Thread thread = crew.start(who, () -> {
                acquire(holds);
                assertThrows(InterruptedException.class, () -> acquire(wants), who + " was given the lock");
                if (holds == Side.WRITE) {
                    lock.releaseWrite();
                } else {
                    lock.releaseRead();
                }
            });
            Eventually.waits(thread);
            thread.interrupt();
            crew.join();
        }
    }

    private void acquire(Side side) throws InterruptedException {
        if (side == Side.WRITE) {
            lock.acquireWrite();
        } else {
            lock.acquireRead();
        }
    }

    @Test
    @DisplayName("a reader that comes when the readers before it have their turn does not go in with them")
    void newReaderDoesNotJoinThoseAhead() throws InterruptedException {
        for (int round = 0; round < 20; round++) {
            CountDownLatch writing = new CountDownLatch(1);
            CountDownLatch mayRelease = new CountDownLatch(1);
            CountDownLatch reading = new CountDownLatch(1);
            try (Crew crew = new Crew()) {
                Thread late = crew.start("a writer that leaves and comes back as a reader", () -> {
                    lock.acquireWrite();
                    writing.countDown();
                    mayRelease.await();
                    synchronized (lock) { // where the lock's monitor is the lock itself, no reader is in yet
                        lock.releaseWrite();
                        lock.acquireRead();
                    }
                    reading.countDown();
                    lock.releaseRead();
                });
                Eventually.open("the first writer is in", writing);
                LockClient ahead = reader("a reader").awaitBlocked("a writer has it");
                LockClient next = blockedWriter();
                mayRelease.countDown();
                ahead.awaitInside("it waited when the first writer left");
                Eventually.waits(late);
                assertEquals(1, reading.getCount(), "a reader that came when a writer waited is in before that writer");
                ahead.leave();
                next.awaitInside("the reader that was ahead of it has left");
                next.leave();
                Eventually.open("the late reader gets in when the writer has left", reading);
                crew.join();
            }
        }
    }
}
