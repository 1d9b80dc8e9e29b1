package storagelab.grader.hidden.lab04;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static storagelab.grader.hidden.kit.Checks.assertEquals;
import static storagelab.grader.hidden.kit.Checks.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.cache.CacheSimulator;
import storagelab.cache.EvictionPolicy;
import storagelab.cache.Traces;
import storagelab.cache.TwoQueuePolicy;
import storagelab.testkit.Seeds;

/** Exercise 4.3: pages are on probation until they come back. */
@Tag("4.3")
class TwoQueuePolicyHiddenTest extends EvictionPolicyHiddenContract {
    private static final int CAPACITY = 100;
    private static final int HOT = 60;

    @Override
    EvictionPolicy newPolicy(int capacity) {
        return new TwoQueuePolicy(capacity);
    }

    @Override
    EvictionPolicy newModel(int capacity) {
        return NaivePolicies.twoQueues(capacity);
    }

    @Test
    @DisplayName("a scan of any length leaves what came back before it where it is")
    void scanResistance() {
        int expected = leftOfHotSet(newModel(CAPACITY));
        int left = leftOfHotSet(newPolicy(CAPACITY));
        assertEquals(expected, left, "pages of 40 that were wanted twice, and are left after a scan of 10,000 others");
    }

    /** Wants 40 pages, 100 others, the 40 again, and 10,000 others. Of the 40, those are left that came back as ghosts. */
    private static int leftOfHotSet(EvictionPolicy policy) {
        CacheSimulator memory = new CacheSimulator(policy, CAPACITY);
        want(memory, 0, 40);
        want(memory, 10_000, 10_000 + CAPACITY);
        want(memory, 0, 40);
        want(memory, 20_000, 30_000);
        return (int) IntStream.range(0, 40).filter(memory::contains).count();
    }

    private static void want(CacheSimulator memory, int from, int to) {
        for (int page = from; page < to; page++) {
            memory.access(page);
        }
    }

    @Test
    @DisplayName("lookups beside a scan hit, nearly always")
    void scanBesideHotSet() {
        Seeds.check(3, random -> {
            int[] trace = Traces.scanWithHotSet(HOT, 1_000, 20_000, random);
            int hits = CacheSimulator.hits(newPolicy(CAPACITY), CAPACITY, trace);
            assertTrue(
                    hits > 9_200, hits + " hits of 10,000 lookups in 60 pages, with 100 slots, beside a scan of 1,000");
        });
    }

    @Test
    @DisplayName("a page that is touched while it is new is no more than new")
    void touchedWhileNew() {
        EvictionPolicy policy = full(8);
        for (int i = 0; i < 3; i++) {
            policy.touch(0);
        }
        assertEquals(0, policy.victim(ANY), "victim, slot 0 having come first and been touched three times since");
    }

    @Test
    @DisplayName("there are half as many ghosts as slots: the oldest of them is known, the one before it is not")
    void ghosts() {
        EvictionPolicy policy = full(8);
        removeFirst(policy, 4);
        policy.admit(0, 70);
        assertEquals(
                List.of(4, 5, 0, 6, 7),
                drained(policy),
                "victims, 70 to 73 having left slots 0 to 3, and 70 having come back to slot 0 as the oldest ghost");
        EvictionPolicy forgetful = full(8);
        removeFirst(forgetful, 5);
        forgetful.admit(0, 70);
        assertEquals(
                List.of(5, 6, 7, 0),
                drained(forgetful),
                "victims, 70 to 74 having left slots 0 to 4, and 70, a ghost no more, having come back to slot 0");
    }

    @Test
    @DisplayName("a ghost that is refused for a taken slot is still a ghost, and the page in the slot is still itself")
    void refusedGhost() {
        EvictionPolicy policy = full(8);
        policy.remove(0);
        assertThrows(IllegalArgumentException.class, () -> policy.admit(1, 70), "admit(1, 70), slot 1 having page 71");
        policy.admit(0, 70);
        policy.remove(1);
        policy.admit(1, 71);
        assertEquals(
                List.of(2, 3, 4, 5, 0, 1, 6, 7),
                drained(policy),
                "victims, 70 having left slot 0, been refused for slot 1, and come back to slot 0 as a ghost; then 71"
                        + " having left slot 1 and come back");
    }

    @Test
    @DisplayName("a removal that is refused counts for nothing: recent is as long as before")
    void refusedRemoval() {
        EvictionPolicy policy = full(8);
        removeFirst(policy, 4);
        policy.admit(0, 70);
        for (int i = 0; i < 3; i++) {
            assertThrows(IllegalArgumentException.class, () -> policy.remove(1), "remove(1), slot 1 being empty");
        }
        policy.admit(2, 90);
        assertEquals(
                List.of(4, 5, 6, 0, 7, 2),
                drained(policy),
                "victims, 70 having come back to slot 0, 74 to 77 and 90 being recent, after remove(1) was refused");
    }

    @Test
    @DisplayName("a removal that is refused makes no ghost of the page that was in the slot last")
    void refusedRemovalMakesNoGhost() {
        EvictionPolicy policy = full(8);
        removeFirst(policy, 2);
        policy.admit(1, 70); // a ghost: page 70 is frequent now, and slot 0 stays empty
        assertThrows(IllegalArgumentException.class, () -> policy.remove(0), "remove(0), slot 0 being empty");
        policy.remove(1);
        policy.admit(0, 70);
        assertEquals(
                List.of(2, 3, 4, 5, 6, 7, 0),
                drained(policy),
                "victims, 70 having left slot 0 as a recent page and slot 1 as a frequent one, remove(0) having been"
                        + " refused in between, and 70 having come back to slot 0 as a new page");
    }

    @Test
    @DisplayName("a page that goes a second time was frequent, and leaves no ghost")
    void frequentLeavesNoGhost() {
        EvictionPolicy policy = full(8);
        policy.remove(0);
        policy.admit(0, 70);
        policy.remove(0);
        policy.admit(0, 70);
        assertEquals(
                List.of(1, 2, 3, 4, 5, 6, 7, 0),
                drained(policy),
                "victims, page 70 having gone from slot 0 and come back twice: as a ghost, and then as a new page");
    }

    @Test
    @DisplayName("frequent pages go in the order of their last use, those that are new in the order in which they came")
    void orders() {
        EvictionPolicy policy = full(8);
        removeFirst(policy, 3);
        for (int slot = 0; slot < 3; slot++) {
            policy.admit(slot, 70 + slot);
        }
        policy.touch(0);
        policy.touch(3);
        assertEquals(
                List.of(3, 4, 5, 1, 2, 0, 6, 7),
                drained(policy),
                "victims, 70, 71 and 72 having come back to slots 0, 1 and 2, and slots 0 and 3 having been touched");
    }

    private static void removeFirst(EvictionPolicy policy, int count) {
        for (int slot = 0; slot < count; slot++) {
            policy.remove(slot);
        }
    }

    private static List<Integer> drained(EvictionPolicy policy) {
        List<Integer> victims = new ArrayList<>();
        for (int victim = policy.victim(ANY); victim != EvictionPolicy.NONE; victim = policy.victim(ANY)) {
            victims.add(victim);
            policy.remove(victim);
            assertTrue(victims.size() < 100, "the victims have no end: " + victims);
        }
        return victims;
    }
}
