package storagelab.grader.hidden.lab04;

import static storagelab.grader.hidden.lab01.Checks.assertEquals;
import static storagelab.grader.hidden.lab01.Checks.assertTrue;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.cache.ClockPolicy;
import storagelab.cache.EvictionPolicy;
import storagelab.testkit.Crew;
import storagelab.testkit.Eventually;

/** Exercise 4.3: a hand that goes around, and touches from many threads. */
@Tag("4.3")
class ClockPolicyHiddenTest extends EvictionPolicyHiddenContract {
    private static final int ROUNDS = 200;

    @Override
    EvictionPolicy newPolicy(int capacity) {
        return new ClockPolicy(capacity);
    }

    @Override
    EvictionPolicy newModel(int capacity) {
        return NaivePolicies.clock(capacity);
    }

    @Test
    @DisplayName("a new page has no mark: it goes when the hand comes by, unless it was touched")
    void newPages() {
        EvictionPolicy policy = full(3);
        policy.touch(0);
        assertEquals(1, policy.victim(ANY), "victim, slot 0 of three having been touched");
        policy.remove(1);
        policy.admit(1, 80);
        assertEquals(2, policy.victim(ANY), "victim, the hand being at slot 2, which was never touched");
        policy.remove(2);
        policy.admit(2, 81);
        policy.touch(2);
        assertEquals(0, policy.victim(ANY), "victim, slot 0 having lost its mark a round ago");
        policy.remove(0);
        policy.admit(0, 82);
        assertEquals(1, policy.victim(ANY), "victim, slot 1 having had a new page since the hand came by");
    }

    @Test
    @DisplayName("a mark that was set before a slot was emptied, or while it was empty, is not the next page's")
    void marksOfThoseBefore() {
        EvictionPolicy policy = full(2);
        policy.touch(0);
        policy.remove(0);
        policy.touch(0);
        policy.admit(0, 80);
        assertEquals(0, policy.victim(ANY), "victim, slot 0 having been touched before its page came");
    }

    @Test
    @DisplayName("a page that may not go keeps its mark while the hand passes over it")
    void marksOfThoseWhoStay() {
        EvictionPolicy policy = full(3);
        policy.touch(0);
        assertEquals(1, policy.victim(slot -> slot != 0), "victim, slot 0 being marked and not to go");
        assertEquals(2, policy.victim(ANY), "victim, the hand being at slot 2");
        assertEquals(1, policy.victim(ANY), "victim, the hand being at slot 0, which still has its mark");
    }

    @Test
    @DisplayName("touches beside the hand: it comes to an end, and with a page that may go")
    void touchedWhileTheHandComesBy() {
        for (int capacity = 1; capacity <= 9; capacity++) {
            EvictionPolicy policy = full(capacity);
            for (int only = 0; only < capacity; only++) {
                int mayGo = only;
                int victim = policy.victim(slot -> {
                    for (int any = 0; any < slot + 1; any++) {
                        policy.touch(any);
                    }
                    return slot == mayGo;
                });
                assertEquals(only, victim, "victim, only slot " + only + " may go, all being touched all the time");
            }
        }
    }

    @Test
    @DisplayName("a touch does not wait while another thread looks for a victim")
    void touchDoesNotWait() throws InterruptedException {
        EvictionPolicy policy = full(4);
        CountDownLatch looking = new CountDownLatch(1);
        CountDownLatch touched = new CountDownLatch(1);
        try (Crew crew = new Crew()) {
            crew.start(
                    "the one who evicts",
                    () -> policy.victim(slot -> {
                        looking.countDown();
                        try {
                            Eventually.open(
                                    "touch returns, in another thread, while victim asks whether a page may go: is there a lock?",
                                    touched);
                        } catch (InterruptedException e) {
                            Thread.currentThread().interrupt();
                        }
                        return true;
                    }));
            crew.start("the one who reads", () -> {
                Eventually.open("victim asks whether a page may go", looking);
                policy.touch(2);
                touched.countDown();
            });
            crew.join();
        }
    }

    @Test
    @DisplayName("two threads touch neighbours at the same time: no touch is lost")
    void noTouchIsLost() throws InterruptedException {
        int capacity = 1 << 14;
        EvictionPolicy policy = full(capacity);
        CyclicBarrier barrier = new CyclicBarrier(2);
        AtomicInteger lost = new AtomicInteger(EvictionPolicy.NONE);
        try (Crew crew = new Crew()) {
            crew.start("toucher of odd slots", () -> {
                for (int round = 0; round < ROUNDS; round++) {
                    barrier.await();
                    touchEverySecond(policy, 1, capacity, 104_729);
                    barrier.await();
                }
            });
            crew.start("toucher of even slots", () -> {
                for (int round = 0; round < ROUNDS; round++) {
                    barrier.await();
                    touchEverySecond(policy, 0, capacity, 7_919);
                    barrier.await();
                    // All being marked, the hand goes round once, takes every mark away, and stops where it began.
                    int victim = policy.victim(ANY);
                    if (victim != round % capacity) {
                        lost.set(victim);
                    }
                }
            });
            crew.join();
        }
        assertEquals(
                EvictionPolicy.NONE,
                lost.get(),
                "a slot that is found without a mark, although two threads have touched all slots, every second one each");
    }

    /** Touches every second slot once, in an order of its own. */
    private static void touchEverySecond(EvictionPolicy policy, int first, int capacity, int oddStep) {
        int half = capacity / 2;
        for (int i = 0; i < half; i++) {
            policy.touch(2 * (i * oddStep & half - 1) + first);
        }
    }

    @Test
    @DisplayName("victims are found while others touch without a pause")
    void victimsBesideTouches() throws InterruptedException {
        int capacity = 16;
        EvictionPolicy policy = full(capacity);
        AtomicBoolean done = new AtomicBoolean();
        try (Crew crew = new Crew()) {
            crew.start("toucher", () -> {
                for (int i = 0; !done.get(); i++) {
                    policy.touch(i % capacity);
                }
            });
            crew.start("the one who evicts", () -> {
                try {
                    for (int i = 0; i < 20_000; i++) {
                        int pinned = i % capacity;
                        int victim = policy.victim(slot -> slot != pinned);
                        assertTrue(
                                victim >= 0 && victim < capacity && victim != pinned,
                                "victim " + victim + " of 16 slots, of which " + pinned + " may not go");
                        policy.remove(victim);
                        policy.admit(victim, i);
                    }
                } finally {
                    done.set(true);
                }
            });
            crew.join();
        }
    }

    @Test
    @DisplayName("an eviction and an admission allocate nothing")
    void evictionAllocatesNothing() {
        EvictionPolicy policy = used(100);
        assertAllocatesNothing("victim, remove, admit and touch", i -> {
            int slot = policy.victim(ANY);
            policy.remove(slot);
            policy.admit(slot, i);
            policy.touch(i % 100);
        });
    }

    @Test
    @DisplayName("it says that touches may come from any thread")
    void touchesConcurrently() {
        assertTrue(newPolicy(1).touchesConcurrently(), "touchesConcurrently() of a clock is false");
    }
}
