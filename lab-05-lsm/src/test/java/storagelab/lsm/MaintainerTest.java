package storagelab.lsm;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class MaintainerTest {
    @Test
    @DisplayName(
            "without threads, two callers wrote the same memtable out and dropped the one behind it: one waits now")
    void oneCallerAtATime() throws InterruptedException {
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        AtomicBoolean isFirst = new AtomicBoolean(true);
        CountDownLatch entered = new CountDownLatch(1);
        AtomicReference<Thread> second = new AtomicReference<>(new Thread());
        Maintainer maintainer = new Maintainer(false, () -> {
            most.accumulateAndGet(inside.incrementAndGet(), Math::max);
            entered.countDown();
            if (isFirst.getAndSet(false)) {
                while (second.get().getState() != Thread.State.WAITING && inside.get() < 2) {
                    Thread.onSpinWait();
                }
            }
            inside.decrementAndGet();
            return false;
        });
        Thread first = new Thread(maintainer::drain);
        first.start();
        entered.await();
        second.set(new Thread(maintainer::drain));
        second.get().start();
        first.join();
        second.get().join();
        maintainer.close();
        assertThat("callers that work at the same time", most.get(), is(1));
    }
}
