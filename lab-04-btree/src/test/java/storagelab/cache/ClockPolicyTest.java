package storagelab.cache;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

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
        int capacity = 4096;
        EvictionPolicy policy = full(capacity);
        try (Crew crew = new Crew()) {
            for (int thread = 0; thread < 2; thread++) {
                int first = thread;
                crew.start("toucher-" + thread, () -> {
                    for (int slot = first; slot < capacity - 1; slot += 2) {
                        policy.touch(slot);
                    }
                });
            }
            crew.join();
        }
        assertThat("victim, all but the last being marked", policy.victim(ANY), is(capacity - 1));
    }
}
