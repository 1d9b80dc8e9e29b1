package storagelab.grader.hidden.lab01;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static storagelab.grader.hidden.kit.Checks.assertEquals;
import static storagelab.grader.hidden.kit.Checks.assertFalse;
import static storagelab.grader.hidden.kit.Checks.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Lock;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.testkit.Crew;
import storagelab.testkit.Eventually;

/** Exercise 1.8: many readers or one writer, neither of which starves. */
@Tag("1.8")
class FairReadWriteLockHiddenTest extends LockHarness {
    private static final int HANDOVERS_MAX = 300;
    private static final int STRESS_ROUNDS = 600;

    @Test
    @DisplayName("several readers hold the lock at the same time")
    void readersShare() {
        List<LockClient> readers = new ArrayList<>();
        for (int i = 1; i <= 4; i++) {
            readers.add(reader("reader " + i).awaitInside("only readers have it"));
        }
        readers.forEach(LockClient::leave);
        writer("a writer").awaitInside("every reader has left").leave();
    }

    @Test
    @DisplayName("a writer keeps readers and writers out until it leaves")
    void writerExcludes() {
        LockClient holder = writer("the first writer").awaitInside("the lock is free");
        LockClient reader = reader("a reader").awaitBlocked("a writer has it");
        LockClient second = writer("the second writer").awaitBlocked("a writer has it");
        reader.failIfInside("a writer has it");
        holder.leave();
        Eventually.holds("the reader or the second writer is in", () -> reader.isInside() || second.isInside());
        LockClient first = reader.isInside() ? reader : second;
        LockClient next = first == reader ? second : reader;
        next.awaitBlocked("the lock is held by the other one");
        first.leave();
        next.awaitInside("everybody else has left").leave();
    }

    @Test
    @DisplayName("a writer gets in when the last of several readers leaves, not before")
    void writerWaitsForTheLastReader() {
        LockClient first = reader("the first reader").awaitInside("the lock is free");
        LockClient second = reader("the second reader").awaitInside("only a reader has it");
        LockClient writer = writer("a writer").awaitBlocked("two readers have it");
        first.leave();
        writer.awaitBlocked("one of two readers still has it");
        second.leave();
        writer.awaitInside("both readers have left").leave();
    }

    @Test
    @DisplayName("every reader that waits gets in when the writer leaves: no wake-up is lost")
    void allWaitingReadersWake() {
        for (int round = 0; round < 20; round++) {
            LockClient holder = writer("the writer").awaitInside("the lock is free");
            List<LockClient> readers = new ArrayList<>();
            for (int i = 1; i <= 5; i++) {
                readers.add(reader("reader " + i).awaitBlocked("a writer has it"));
            }
            holder.leave();
            for (LockClient reader : readers) {
                reader.awaitInside("the writer left, and five readers waited together");
            }
            readers.forEach(LockClient::leave);
        }
    }

    @Test
    @DisplayName("every writer that waits gets in, one after the other")
    void allWaitingWritersWake() {
        LockClient holder = reader("the reader").awaitInside("the lock is free");
        List<LockClient> writers = new ArrayList<>();
        for (int i = 1; i <= 5; i++) {
            writers.add(writer("writer " + i).awaitBlocked("a reader has it"));
        }
        holder.leave();
        while (!writers.isEmpty()) {
            Eventually.holds(
                    writers.size() + " writers wait, nobody has the lock, and one of them gets in",
                    () -> writers.stream().anyMatch(LockClient::isInside));
            List<LockClient> inside =
                    writers.stream().filter(LockClient::isInside).toList();
            assertEquals(1, inside.size(), "writers in the lock at the same time");
            writers.removeAll(inside);
            inside.get(0).leave();
        }
    }

    @Test
    @DisplayName("under stress a writer is alone, readers see whole writes, and everybody finishes")
    void mutualExclusionUnderStress() throws InterruptedException {
        int[] pair = new int[2]; // written and read under the lock only, and not volatile
        AtomicInteger inside = new AtomicInteger(); // readers inside, and 1,000 for each writer
        try (Crew crew = new Crew()) {
            crew.start(2, "writer", () -> {
                for (int i = 0; i < STRESS_ROUNDS && !crew.hasFailed(); i++) {
                    lock.acquireWrite();
                    int others = inside.getAndAdd(1000);
                    assertEquals(0, others, "threads in the lock when a writer enters (a writer counts as 1000)");
                    pair[0]++;
                    Thread.yield();
                    pair[1]++;
                    inside.addAndGet(-1000);
                    lock.releaseWrite();
                }
            });
            crew.start(3, "reader", () -> {
                for (int i = 0; i < STRESS_ROUNDS && !crew.hasFailed(); i++) {
                    lock.acquireRead();
                    int others = inside.getAndIncrement();
                    assertTrue(others < 1000, "a reader entered while a writer was inside");
                    assertEquals(pair[0], pair[1], "two numbers that writers change together, seen by a reader");
                    inside.getAndDecrement();
                    lock.releaseRead();
                }
            });
            crew.join();
        }
        assertEquals(2 * STRESS_ROUNDS, pair[0], "increments under the write lock that were not lost");
    }

    @Test
    @DisplayName("a writer gets in although readers keep coming and one of them is always inside")
    void writerIsNotStarved() {
        LockClient current = reader("reader 0").awaitInside("the lock is free");
        LockClient writer = writer("the writer").awaitBlocked("a reader has it");
        for (int i = 1; i <= HANDOVERS_MAX && !writer.isInside(); i++) {
            LockClient next = reader("reader " + i);
            Eventually.holds("a reader comes in or waits", () -> next.isInside() || next.isBlocked());
            current.leave();
            Eventually.holds("the next reader or the writer gets in", () -> next.isInside() || writer.isInside());
            current = next;
        }
        assertTrue(
                writer.isInside(),
                HANDOVERS_MAX + " readers that came later than a waiting writer were let in before it: it starves");
        writer.leave();
        current.awaitInside("the writer has left").leave();
    }

    @Test
    @DisplayName("a reader gets in although writers keep coming and one of them always waits")
    void readerIsNotStarved() {
        LockClient current = writer("writer 0").awaitInside("the lock is free");
        LockClient reader = reader("the reader").awaitBlocked("a writer has it");
        for (int i = 1; i <= HANDOVERS_MAX && !reader.isInside(); i++) {
            LockClient next = writer("writer " + i).awaitBlocked("another writer has it");
            current.leave();
            Eventually.holds("the next writer or the reader gets in", () -> next.isInside() || reader.isInside());
            current = next;
        }
        assertTrue(
                reader.isInside(),
                HANDOVERS_MAX + " writers that came later than a waiting reader were let in before it: it starves");
        reader.leave();
        current.awaitInside("the reader has left").leave();
    }

    @Test
    @DisplayName("when a writer leaves, all readers that wait get in before the next writer, whoever came first")
    void waitingReadersGoBeforeTheNextWriter() {
        for (int round = 0; round < 20; round++) {
            LockClient holder = writer("the first writer").awaitInside("the lock is free");
            List<LockClient> readers = new ArrayList<>();
            LockClient next = round % 2 == 0 ? blockedWriter() : null;
            for (int i = 1; i <= 3; i++) {
                readers.add(reader("reader " + i).awaitBlocked("a writer has it"));
            }
            next = next == null ? blockedWriter() : next;
            holder.leave();
            for (LockClient reader : readers) {
                reader.awaitInside("it waited when the first writer left, so the second writer comes after it");
            }
            next.failIfInside("three readers have it");
            readers.forEach(LockClient::leave);
            next.awaitInside("the readers have left").leave();
        }
    }

    @Test
    @DisplayName("a reader that gives up when its turn has come holds up no writer")
    void interruptedReaderWhoseTurnHasCome() throws InterruptedException {
        for (int round = 0; round < 20; round++) {
            lock.acquireWrite();
            LockClient reader = reader("a reader").awaitBlocked("a writer has it");
            LockClient next = blockedWriter();
            synchronized (lock) { // where the lock's monitor is the lock itself, both events are one to those who wait
                reader.interruptUntilAwake();
                lock.releaseWrite();
            }
            reader.awaitEnd();
            next.awaitInside("the first writer left, and the reader whose turn it was gave up, or got in and left")
                    .leave();
        }
    }

    @Test
    @DisplayName("a reader that comes while a writer waits does not get in before that writer")
    void newReadersWaitBehindAWaitingWriter() {
        LockClient first = reader("the first reader").awaitInside("the lock is free");
        LockClient writer = writer("the writer").awaitBlocked("a reader has it");
        LockClient late = reader("a reader that came after the writer").awaitBlocked("a writer waits");
        first.leave();
        writer.awaitInside("the reader before it has left");
        late.failIfInside("a writer has it");
        writer.leave();
        late.awaitInside("the writer has left").leave();
    }

    @Test
    @DisplayName("writers get in in the order in which they came")
    void writersInOrder() {
        LockClient current = writer("writer 0").awaitInside("the lock is free");
        List<LockClient> waiting = new ArrayList<>();
        for (int i = 1; i <= 6; i++) {
            waiting.add(writer("writer " + i).awaitBlocked("another writer has it"));
        }
        for (LockClient next : waiting) {
            current.leave();
            next.awaitInside("it is the one that has waited longest");
            current = next;
        }
        current.leave();
    }

    @Test
    @DisplayName("a thread that is interrupted already does not get the lock, even if it is free")
    void interruptedBeforeItAsks() {
        Thread.currentThread().interrupt();
        assertThrows(InterruptedException.class, lock::acquireRead, "acquireRead by an interrupted thread");
        assertFalse(Thread.currentThread().isInterrupted(), "the thread is still interrupted after the exception");
        Thread.currentThread().interrupt();
        assertThrows(InterruptedException.class, lock::acquireWrite, "acquireWrite by an interrupted thread");
        assertFalse(Thread.interrupted(), "the thread is still interrupted after the exception");
        writer("a writer").awaitInside("the lock is free").leave();
    }

    @Test
    @DisplayName("a writer that is interrupted while it waits leaves no trace: readers come in beside a reader again")
    void interruptedWriterLeavesNoTrace() {
        LockClient holder = reader("the first reader").awaitInside("the lock is free");
        writer("a writer").awaitBlocked("a reader has it").interruptWaiting();
        LockClient second = reader("a second reader")
                .awaitInside("a reader has it, and the only writer that waited was interrupted and is gone");
        second.leave();
        holder.leave();
        writer("another writer").awaitInside("everybody has left").leave();
    }

    @Test
    @DisplayName("a writer that is interrupted while it waits wakes the readers that waited behind it")
    void interruptedWriterWakesReadersBehindIt() {
        LockClient holder = reader("the first reader").awaitInside("the lock is free");
        LockClient writer = writer("a writer").awaitBlocked("a reader has it");
        LockClient behind = reader("a reader behind the writer").awaitBlocked("a writer waits");
        writer.interruptWaiting();
        behind.awaitInside("only a reader has it, and the writer that it waited behind was interrupted and is gone");
        behind.leave();
        holder.leave();
    }

    @Test
    @DisplayName("a reader that is interrupted while it waits leaves no trace: writers and readers come in after it")
    void interruptedReaderLeavesNoTrace() {
        LockClient holder = writer("the first writer").awaitInside("the lock is free");
        LockClient interrupted = reader("a reader").awaitBlocked("a writer has it");
        LockClient second = writer("a second writer").awaitBlocked("a writer has it");
        interrupted.interruptWaiting();
        holder.leave();
        second.awaitInside("the first writer left and the waiting reader was interrupted")
                .leave();
        reader("another reader").awaitInside("everybody has left").leave();
    }

    @Test
    @DisplayName("interrupts under load lose nobody: everybody else finishes and the lock ends up free")
    void interruptsUnderLoad() throws InterruptedException {
        AtomicInteger entered = new AtomicInteger();
        AtomicInteger interrupted = new AtomicInteger();
        try (Crew crew = new Crew()) {
            List<Thread> victims = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                victims.add(crew.start("victim-" + i, () -> enterAgainAndAgain(entered, interrupted)));
            }
            crew.start(2, "writer", () -> {
                for (int i = 0; i < STRESS_ROUNDS && !crew.hasFailed(); i++) {
                    lock.acquireWrite();
                    Thread.yield();
                    lock.releaseWrite();
                    victims.get(i % victims.size()).interrupt();
                }
            });
            crew.join();
        }
        assertEquals(2 * STRESS_ROUNDS, entered.get() + interrupted.get(), "attempts that ended one way or the other");
        writer("a last writer").awaitInside("everybody has left").leave();
        reader("a last reader").awaitInside("everybody has left").leave();
    }

    @Test
    @DisplayName("releasing what nobody holds throws IllegalMonitorStateException, and the lock still works")
    void releaseWithoutHolding() {
        assertThrows(IllegalMonitorStateException.class, lock::releaseRead, "releaseRead of a free lock");
        assertThrows(IllegalMonitorStateException.class, lock::releaseWrite, "releaseWrite of a free lock");
        LockClient reader = reader("a reader").awaitInside("the lock is free");
        assertThrows(IllegalMonitorStateException.class, lock::releaseWrite, "releaseWrite while a reader has it");
        reader.leave();
        LockClient writer = writer("a writer").awaitInside("the reader has left");
        assertThrows(IllegalMonitorStateException.class, lock::releaseRead, "releaseRead while a writer has it");
        reader("a second reader").awaitBlocked("a writer has it").interruptWaiting();
        writer.leave();
        assertThrows(IllegalMonitorStateException.class, lock::releaseWrite, "releasing a second time");
        writer("a last writer").awaitInside("everybody has left").leave();
    }

    @Test
    @DisplayName("who waits, sleeps on the monitor of the lock")
    void waitsOnAMonitor() {
        LockClient holder = writer("the writer").awaitInside("the lock is free");
        LockClient waiting = reader("a reader").awaitBlocked("a writer has it");
        Eventually.holds(
                () -> "a waiting reader stands in Object.wait; it stands at " + Arrays.toString(waiting.stackTrace()),
                () -> Arrays.stream(waiting.stackTrace())
                        .anyMatch(frame -> frame.getClassName().equals("java.lang.Object")
                                && frame.getMethodName().startsWith("wait")));
        assertThat(
                "the exercise is to write the lock, not to wrap one",
                Arrays.toString(waiting.stackTrace()),
                not(containsString("java.util.concurrent.locks")));
        holder.leave();
        waiting.awaitInside("the writer has left").leave();
    }

    @SuppressWarnings("LockNotBeforeTry") // what happens between lock and unlock is what is tested
    @Test
    @DisplayName("the two views of java.util.concurrent lock and unlock the same lock")
    void views() {
        Lock write = lock.writeLock();
        Lock read = lock.readLock();
        write.lock();
        LockClient reader = reader("a reader").awaitBlocked("the write view has it");
        write.unlock();
        reader.awaitInside("the write view was unlocked");
        read.lock();
        reader.leave();
        LockClient writer = writer("a writer").awaitBlocked("the read view has it");
        read.unlock();
        writer.awaitInside("the read view was unlocked").leave();
    }

    /** Enters and leaves for reading, then for writing, whatever interrupts come. */
    private void enterAgainAndAgain(AtomicInteger entered, AtomicInteger interrupted) {
        for (int i = 0; i < STRESS_ROUNDS; i++) {
            try {
                if (i % 2 == 0) {
                    lock.acquireRead();
                    lock.releaseRead();
                } else {
                    lock.acquireWrite();
                    lock.releaseWrite();
                }
                entered.incrementAndGet();
            } catch (InterruptedException expected) {
                interrupted.incrementAndGet();
            }
        }
    }
}
