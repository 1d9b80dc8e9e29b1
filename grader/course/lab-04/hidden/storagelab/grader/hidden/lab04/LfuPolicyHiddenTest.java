package storagelab.grader.hidden.lab04;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static storagelab.grader.hidden.kit.Checks.assertEquals;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.cache.EvictionPolicy;
import storagelab.cache.LfuPolicy;

/** Exercise 4.2: the page that was used least often goes, of equals the one used longest ago. */
@Tag("4.2")
class LfuPolicyHiddenTest extends EvictionPolicyHiddenContract {
    @Override
    EvictionPolicy newPolicy(int capacity) {
        return new LfuPolicy(capacity);
    }

    @Override
    EvictionPolicy newModel(int capacity) {
        return NaivePolicies.leastFrequentlyUsed();
    }

    @Test
    @DisplayName("299 uses are fewer than 300, and seventeen million are fewer than one more")
    void largeCounts() {
        EvictionPolicy policy = full(2);
        touch(policy, 0, 299);
        touch(policy, 1, 298);
        policy.touch(1);
        policy.touch(0);
        assertEquals(1, policy.victim(ANY), "victim, slot 0 having 301 uses and slot 1 having 300");
        touch(policy, 0, 17_000_000);
        touch(policy, 1, 17_000_000);
        assertEquals(1, policy.victim(ANY), "victim, slot 0 having 17,000,301 uses and slot 1, used last, one less");
        policy.touch(1);
        assertEquals(0, policy.victim(ANY), "victim, both having 17,000,301 uses, and 0 its last one before");
    }

    @Test
    @DisplayName("a page is refused for a taken slot, also when no two slots have been used equally often, none once")
    void refusedBesideOtherCounts() {
        EvictionPolicy policy = full(3);
        for (int slot = 0; slot < 3; slot++) {
            touch(policy, slot, slot + 1);
        }
        for (int i = 0; i < 3; i++) {
            assertThrows(
                    IllegalArgumentException.class,
                    () -> policy.admit(1, 99),
                    "admit(1, 99), slots 0, 1 and 2 being taken and used 2, 3 and 4 times");
        }
        for (int expected = 0; expected < 3; expected++) {
            assertEquals(
                    expected, policy.victim(ANY), "victim, of slots used 2, 3 and 4 times, after refused admissions");
            policy.remove(expected);
        }
    }

    private static void touch(EvictionPolicy policy, int slot, int times) {
        for (int i = 0; i < times; i++) {
            policy.touch(slot);
        }
    }

    @Test
    @DisplayName("a slot begins with one use again for every page that comes into it")
    void begins() {
        EvictionPolicy policy = full(2);
        touch(policy, 0, 5);
        touch(policy, 1, 2);
        policy.remove(0);
        policy.admit(0, 99);
        assertEquals(0, policy.victim(ANY), "victim, slot 0 having a new page and slot 1 one with three uses");
        policy.remove(0);
        policy.admit(0, 70);
        assertEquals(0, policy.victim(ANY), "victim, slot 0 having a page that came back, which had six uses once");
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
}
