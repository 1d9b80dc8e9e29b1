package storagelab.cache;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.testkit.Crew;

@Tag("4.3")
class ClockPolicyTest extends EvictionPolicyContract {
    @Override
    EvictionPolicy newPolicy(int capacity) {
        return new ClockPolicy(capacity);
    }

    @Test
    @DisplayName("the worked example: the hand takes marks away until it finds a page without one")
    void example() {
        EvictionPolicy policy = full(4);
        policy.touch(0);
        policy.touch(2);
        assertThat("first victim, 0 and 2 being marked", policy.victim(ANY), is(1));
        policy.remove(1);
        policy.admit(1, 9);
        assertThat("second victim, the hand being at 2", policy.victim(ANY), is(3));
        policy.remove(3);
        policy.admit(3, 8);
        policy.touch(0);
        assertThat("third victim, 0 being marked, if slot 1 may not go", policy.victim(slot -> slot != 1), is(2));
    }

    @Test
    @DisplayName("if all are marked, the first one whose mark was taken away goes")
    void allMarked() {
        EvictionPolicy policy = full(3);
        for (int slot = 0; slot < 3; slot++) {
            policy.touch(slot);
        }
        assertThat("victim, all being marked", policy.victim(ANY), is(0));
    }

    @Test
    @DisplayName("pages that are touched whenever the hand comes by do not make it go round for ever")
    void touchedAgainAndAgain() {
        EvictionPolicy policy = full(3);
        int victim = policy.victim(slot -> {
            policy.touch(slot);
            return slot != 1;
        });
        assertThat("is there a victim, " + victim + ", that may go", victim == 0 || victim == 2, is(true));
    }

    @Test
    @DisplayName("threads that touch at once lose no touch")
    void manyThreads() throws InterruptedException {
        EvictionPolicy policy = full(16);
        AtomicBoolean done = new AtomicBoolean();
        try (Crew crew = new Crew()) {
            crew.start(3, "toucher of slots 2 to 15", () -> {
                while (!done.get()) {
                    for (int slot = 2; slot < 16; slot++) {
                        policy.touch(slot);
                    }
                }
            });
            crew.start("toucher of slot 0", () -> {
                try {
                    for (int i = 0; i < 200_000; i++) {
                        policy.remove(2);
                        policy.admit(2, 72);
                        policy.touch(0);
                        int victim = policy.victim(slot -> slot < 2);
                        assertThat("victim, of slots 0 and 1, of which 0 was touched just now", victim, is(1));
                    }
                } finally {
                    done.set(true);
                }
            });
            crew.join();
        }
    }
}
