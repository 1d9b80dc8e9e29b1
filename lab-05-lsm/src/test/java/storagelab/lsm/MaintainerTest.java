package storagelab.lsm;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import com.google.common.util.concurrent.Uninterruptibles;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import storagelab.testkit.Crew;
import storagelab.testkit.Eventually;

class MaintainerTest {
    @Test
    @DisplayName(
            "without threads, two callers wrote the same memtable out and dropped the next one: one of them waits now")
    void oneCallerAtATime() throws InterruptedException {
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        AtomicBoolean isFirst = new AtomicBoolean(true);
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch started = new CountDownLatch(1);
        Thread[] second = new Thread[1];
        Maintainer maintainer = new Maintainer(false, () -> {
            most.accumulateAndGet(inside.incrementAndGet(), Math::max);
            entered.countDown();
            if (isFirst.getAndSet(false)) {
                Uninterruptibles.awaitUninterruptibly(started);
                while (second[0].isAlive() && second[0].getState() != Thread.State.WAITING) {
                    Thread.onSpinWait();
                }
            }
            inside.decrementAndGet();
            return false;
        });
        Thread first = new Thread(maintainer::drain);
        first.start();
        entered.await();
        second[0] = new Thread(maintainer::drain);
        second[0].start();
        started.countDown();
        first.join();
        second[0].join();
        maintainer.close();
        assertThat("callers that work at the same time", most.get(), is(1));
    }

    @Test
    @DisplayName("drain() waited for ever when close() had come before it: it returns, and no work is begun")
    void drainAfterCloseWaitedForEver() throws InterruptedException {
        AtomicInteger begun = new AtomicInteger();
        Maintainer maintainer = new Maintainer(true, () -> {
            begun.incrementAndGet();
            return false;
        });
        maintainer.close();
        Crew.mustEnd("drain() waits for work that is not begun after close()", maintainer::drain);
        assertThat("pieces of work", begun.get(), is(0));
    }

    @Test
    @DisplayName("without threads, close() returned while a caller was at work, which went on with the next piece")
    void closedWhileACallerIsAtWork() throws InterruptedException {
        CountDownLatch isAtWork = new CountDownLatch(1);
        CountDownLatch goesOn = new CountDownLatch(1);
        AtomicInteger begun = new AtomicInteger();
        AtomicInteger done = new AtomicInteger();
        Maintainer maintainer = new Maintainer(false, () -> {
            begun.incrementAndGet();
            isAtWork.countDown();
            Uninterruptibles.awaitUninterruptibly(goesOn);
            return done.incrementAndGet() < 3; // there is more to do
        });
        AtomicInteger doneAtClose = new AtomicInteger(-1);
        try (Crew crew = new Crew()) {
            crew.start("caller", maintainer::drain);
            Eventually.open("the caller is at work", isAtWork);
            Thread closer = crew.start("close", () -> {
                maintainer.close();
                doneAtClose.set(done.get());
            });
            Eventually.waits(closer);
            goesOn.countDown();
            crew.join();
        }
        assertThat("pieces of work that were done when close() returned", doneAtClose.get(), is(1));
        assertThat("pieces of work that were begun at all", begun.get(), is(1));
        maintainer.wake();
        assertThat("pieces of work after another wake()", begun.get(), is(1));
    }
}
