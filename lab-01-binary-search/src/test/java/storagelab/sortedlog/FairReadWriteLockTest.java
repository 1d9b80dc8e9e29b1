package storagelab.sortedlog;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.testkit.Crew;
import storagelab.testkit.Eventually;

@Tag("1.8")
class FairReadWriteLockTest {
    private final FairReadWriteLock lock = new FairReadWriteLock();
    private final List<String> events = new CopyOnWriteArrayList<>();

    @Test
    @DisplayName("two readers hold the lock at the same time")
    void shared() throws Exception {
        CountDownLatch bothRead = new CountDownLatch(2);
        try (Crew crew = new Crew()) {
            crew.start(2, "reader", () -> {
                lock.acquireRead();
                bothRead.countDown();
                Eventually.open("the other reader is in too", bothRead);
                lock.releaseRead();
            });
            crew.join();
        }
    }

    @Test
    @DisplayName("a writer has the lock alone, whatever the others try")
    void alone() throws Exception {
        AtomicInteger readers = new AtomicInteger();
        AtomicInteger writers = new AtomicInteger();
        try (Crew crew = new Crew()) {
            crew.start(2, "reader", () -> {
                for (int i = 0; i < 2000; i++) {
                    lock.acquireRead();
                    readers.incrementAndGet();
                    assertThat("writers inside beside a reader", writers.get(), is(0));
                    readers.decrementAndGet();
                    lock.releaseRead();
                }
            });
            crew.start(2, "writer", () -> {
                for (int i = 0; i < 2000; i++) {
                    lock.acquireWrite();
                    assertThat("writers inside at once", writers.incrementAndGet(), is(1));
                    assertThat("readers inside beside a writer", readers.get(), is(0));
                    writers.decrementAndGet();
                    lock.releaseWrite();
                }
            });
            crew.join();
        }
    }

    @Test
    @DisplayName("the worked example: B does not pass W; B and C go together, before X")
    void example() throws Exception {
        try (Crew crew = new Crew()) {
            lock.acquireRead(); // this thread is reader A
            CountDownLatch releaseW = new CountDownLatch(1);
            waits(crew.start("W", () -> {
                lock.acquireWrite();
                events.add("W");
                Eventually.open("W may release", releaseW);
                lock.releaseWrite();
            }));
            Thread b = reader(crew, "B");
            waits(b);
            lock.releaseRead();
            Eventually.holds("W is in", () -> events.contains("W"));
            waits(reader(crew, "C"));
            waits(writer(crew, "X"));
            releaseW.countDown();
            crew.join();
        }
        assertThat("W, then the readers, then X: " + events, events.indexOf("X"), is(3));
        assertThat("the first of " + events, events.get(0), is("W"));
    }

    @Test
    @DisplayName("a writer gets in although readers never stop coming")
    void noStarvingWriter() throws Exception {
        AtomicBoolean done = new AtomicBoolean();
        try (Crew crew = new Crew()) {
            crew.start(3, "reader", () -> {
                while (!done.get()) {
                    lock.acquireRead();
                    lock.releaseRead();
                }
            });
            crew.start("writer", () -> {
                for (int i = 0; i < 100; i++) {
                    lock.acquireWrite();
                    lock.releaseWrite();
                }
                done.set(true);
            });
            crew.join();
        }
    }

    @Test
    @DisplayName("a waiting writer that is interrupted lets the readers behind it in")
    void interruptedWriter() throws Exception {
        try (Crew crew = new Crew()) {
            lock.acquireRead();
            Thread writer = crew.start(
                    "writer",
                    () -> assertThrows(
                            InterruptedException.class,
                            lock::acquireWrite,
                            "acquireWrite(), interrupted while it waits"));
            waits(writer);
            Thread reader = reader(crew, "reader");
            waits(reader);
            writer.interrupt();
            crew.join(); // the reader got in although A still reads
            lock.releaseRead();
        }
        assertThat("who got in, when the writer before it was interrupted", events, is(List.of("reader")));
    }

    @Test
    @DisplayName("releasing what is not held is an IllegalMonitorStateException")
    void releaseWithoutHolding() throws Exception {
        assertThrows(IllegalMonitorStateException.class, lock::releaseRead, "releaseRead() of a free lock");
        assertThrows(IllegalMonitorStateException.class, lock::releaseWrite, "releaseWrite() of a free lock");
        lock.acquireRead();
        assertThrows(
                IllegalMonitorStateException.class, lock::releaseWrite, "releaseWrite() while a reader has the lock");
        lock.releaseRead();
    }

    private Thread reader(Crew crew, String name) {
        return crew.start(name, () -> {
            lock.acquireRead();
            events.add(name);
            lock.releaseRead();
        });
    }

    private Thread writer(Crew crew, String name) {
        return crew.start(name, () -> {
            lock.acquireWrite();
            events.add(name);
            lock.releaseWrite();
        });
    }

    private static void waits(Thread thread) {
        Eventually.waits(thread);
    }
}
