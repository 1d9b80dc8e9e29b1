package storagelab.testkit;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Waiting for another thread")
class PatienceTest {
    private static final long SAMPLE_NANOS = 100_000_000;
    private static final String CPU_UNTIL = "storagelab.test.cpuUntilNanos";

    private static boolean isOverWithin(int samples, Patience patience) {
        for (int i = 0; i < samples; i++) {
            LockSupport.parkNanos(SAMPLE_NANOS);
            if (patience.isOver()) {
                return true;
            }
        }
        return false;
    }

    @Test
    @DisplayName("goes on while one can run, even if it never gets a processor")
    void runnable() {
        AtomicBoolean done = new AtomicBoolean();
        try (Crew crew = new Crew();
                Patience patience = new Patience(0, 3)) {
            crew.start("busy", () -> {
                while (!done.get()) {
                    Thread.onSpinWait();
                }
            });
            assertThat(isOverWithin(10, patience), is(false));
            done.set(true);
        }
    }

    @Test
    @DisplayName("is given up when all of them wait, and the message says what was waited for")
    void allWait() {
        CountDownLatch never = new CountDownLatch(1);
        try (Crew crew = new Crew()) {
            crew.start("stuck", never::await);
            AssertionError failure =
                    assertThrows(AssertionError.class, () -> Eventually.open("the store is closed", never));
            assertThat(
                    failure.getMessage(),
                    containsString(
                            "waited for nothing until the store is closed: every other thread waits or has ended"));
        }
    }

    @Test
    @DisplayName("is given up for a thread that has to end and does not, and the message says where it is")
    void deadlock() {
        CountDownLatch never = new CountDownLatch(1);
        try (Crew crew = new Crew()) {
            crew.start("stuck", never::await);
            AssertionError failure = assertThrows(AssertionError.class, crew::join);
            assertThat(failure.getMessage(), containsString("thread stuck does not end; it is WAITING at"));
        }
    }

    @Test
    @DisplayName("is given up when the processor time of the test is nearly used up")
    void processorTime() {
        String before = System.getProperty(CPU_UNTIL);
        System.setProperty(CPU_UNTIL, "1");
        try (Patience patience = new Patience()) {
            assertThat(isOverWithin(10, patience), is(true));
            assertThat(patience.reason(), is("the test has used up its processor time"));
        } finally {
            if (before == null) {
                System.clearProperty(CPU_UNTIL);
            } else {
                System.setProperty(CPU_UNTIL, before);
            }
        }
    }
}
