package storagelab.grader.hidden.lab04;

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
