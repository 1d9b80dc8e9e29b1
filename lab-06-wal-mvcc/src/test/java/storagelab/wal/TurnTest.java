package storagelab.wal;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import storagelab.testkit.Crew;
import storagelab.testkit.Eventually;

class TurnTest {
    private final Turn turn = new Turn();

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    @DisplayName("a call before the wait is not lost, and several end one wait")
    void callsThatComeEarly(boolean isShort) throws InterruptedException {
        turn.call();
        turn.call();
        turn.await(isShort);

        try (Crew crew = new Crew()) {
            Thread waiter = crew.start("waiter", () -> turn.await(isShort));
            Eventually.waits(waiter);
            assertThat("a sleeper is awake", turn.isAwake(), is(false));
            turn.call();
            crew.join();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    @DisplayName("an interrupt ends no wait, and is not lost")
    void interrupts(boolean isShort) throws InterruptedException {
        AtomicBoolean isInterrupted = new AtomicBoolean();
        try (Crew crew = new Crew()) {
            Thread waiter = crew.start("waiter", () -> {
                turn.await(isShort);
                isInterrupted.set(Thread.currentThread().isInterrupted());
            });
            Eventually.waits(waiter);
            waiter.interrupt();
            Eventually.waits(waiter);
            turn.call();
            crew.join();
        }
        assertThat("interrupted when it returns", isInterrupted.get(), is(true));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    @DisplayName("two threads that call each other in turn never miss a call")
    void pingPong(boolean isShort) throws InterruptedException {
        Turn[] turns = {new Turn(), new Turn()};
        AtomicInteger next = new AtomicInteger(); // whose turn it is
        int rounds = 5_000;
        try (Crew crew = new Crew()) {
            for (int i = 0; i < 2; i++) {
                int mine = i;
                crew.start("player " + mine, () -> {
                    for (int round = 0; round < rounds; round++) {
                        while (next.get() % 2 != mine) {
                            turns[mine].await(isShort);
                        }
                        next.incrementAndGet();
                        turns[1 - mine].call();
                    }
                });
            }
            crew.join();
        }
        assertThat("moves", next.get(), is(2 * rounds));
    }
}
