package storagelab.lsm;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import com.google.common.util.concurrent.Uninterruptibles;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

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
}
