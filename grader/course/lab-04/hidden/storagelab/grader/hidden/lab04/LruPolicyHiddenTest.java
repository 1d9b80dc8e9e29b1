package storagelab.grader.hidden.lab04;

import static storagelab.grader.hidden.kit.Checks.assertEquals;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.cache.EvictionPolicy;
import storagelab.cache.LruPolicy;

/** Exercise 4.1: the page that was not used for the longest time goes. */
@Tag("4.1")
class LruPolicyHiddenTest extends EvictionPolicyHiddenContract {
    @Override
    EvictionPolicy newPolicy(int capacity) {
        return new LruPolicy(capacity);
    }

    @Override
    EvictionPolicy newModel(int capacity) {
        return NaivePolicies.leastRecentlyUsed();
    }

    @Test
    @DisplayName("a touch makes a page the last to go, and the others keep their order")
    void order() {
        EvictionPolicy policy = full(4);
        policy.touch(1);
        policy.touch(1);
        policy.touch(0);
        for (int expected : new int[] {2, 3, 1, 0}) {
            assertEquals(expected, policy.victim(ANY), "victim, of slots admitted as 0 1 2 3 and touched as 1 1 0");
            policy.remove(expected);
        }
    }

    @Test
    @DisplayName("an eviction and an admission allocate nothing")
    void evictionAllocatesNothing() {
        EvictionPolicy policy = full(100);
        assertAllocatesNothing("victim, remove and admit", i -> {
            int slot = policy.victim(ANY);
            policy.remove(slot);
            policy.admit(slot, i);
        });
    }
}
