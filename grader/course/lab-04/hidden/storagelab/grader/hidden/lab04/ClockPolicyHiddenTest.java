package storagelab.grader.hidden.lab04;

import static storagelab.grader.hidden.kit.Checks.assertEquals;
import static storagelab.grader.hidden.kit.Checks.assertTrue;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.cache.ClockPolicy;
import storagelab.cache.EvictionPolicy;
import storagelab.testkit.CpuTime;
import storagelab.testkit.Crew;
import storagelab.testkit.Eventually;

/** Exercise 4.3: a hand that goes around, and touches from many threads. */
@Tag("4.3")
class ClockPolicyHiddenTest extends EvictionPolicyHiddenContract {
    private static final int SLOTS = 16;

    /** Processor time spent on looking for a touch that is lost: finding one can take a second. */
    private static final long PATIENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(1_500);

    @Override
    EvictionPolicy newPolicy(int capacity) {
        return new ClockPolicy(capacity);
    }

    @Override
    EvictionPolicy newModel(int capacity) {
        return NaivePolicies.clock(capacity);
    }

    @Test
    @DisplayName("victim looks at each slot at most twice, also when no page can be evicted")
    void twoRounds() {
        EvictionPolicy policy = full(SLOTS);
        int[] looks = new int[SLOTS];
        assertEquals(
                EvictionPolicy.NONE, policy.victim(slot -> ++looks[slot] < 0), "victim, when no page can be evicted");
        for (int slot = 0; slot < SLOTS; slot++) {
            assertEquals(
                    true, looks[slot] <= 2, "slot " + slot + " was looked at " + looks[slot] + " times: at most 2");
        }
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
                                    "touch returns in another thread, while victim asks if a page may go (is there a lock?)",
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
    @DisplayName("no touch is lost because other threads touch other slots at the same time")
    void noTouchIsLost() throws InterruptedException {
        EvictionPolicy policy = full(SLOTS);
        AtomicBoolean done = new AtomicBoolean();
        try (Crew crew = new Crew()) {
            crew.start(2, "toucher of slots 2 to 15", () -> {
                long end = CpuTime.ofThisThreadNanos() + PATIENCE_NANOS;
                for (int i = 0; !done.get(); i++) {
                    for (int slot = 2; slot < SLOTS; slot++) {
                        policy.touch(slot);
                    }
                    if (i % 1_000 == 0 && CpuTime.ofThisThreadNanos() > end) {
                        done.set(true); // the other thread gets no processor: this one has done its part
                    }
                }
            });
            crew.start("toucher of slot 0", () -> {
                try {
                    long end = CpuTime.ofThisThreadNanos() + PATIENCE_NANOS;
                    for (int i = 0; CpuTime.ofThisThreadNanos() < end && !done.get(); i++) {
                        replace(policy, 2 + i % (SLOTS - 2));
                        policy.touch(0);
                        assertEquals(
                                1,
                                policy.victim(slot -> slot < 2),
                                "victim, of slots 0 and 1, of which 0 was touched just now; other threads touch others");
                    }
                } finally {
                    done.set(true);
                }
            });
            crew.join();
        }
    }

    /** Another page in {@code slot}, without a mark, so that others have something to set. */
    private static void replace(EvictionPolicy policy, int slot) {
        policy.remove(slot);
        policy.admit(slot, 100 + slot);
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
