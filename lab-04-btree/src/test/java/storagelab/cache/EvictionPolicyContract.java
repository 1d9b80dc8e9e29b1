package storagelab.cache;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.BitSet;
import java.util.Random;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import storagelab.testkit.Seeds;

/** What every policy has to do, whichever page it likes least. */
abstract class EvictionPolicyContract {
    static final IntPredicate ANY = slot -> true;

    /** A policy for {@code capacity} empty slots. */
    abstract EvictionPolicy newPolicy(int capacity);

    /** A policy whose slots 0, 1, … have the pages 70, 71, …, admitted in this order. */
    final EvictionPolicy full(int capacity) {
        EvictionPolicy policy = newPolicy(capacity);
        for (int slot = 0; slot < capacity; slot++) {
            policy.admit(slot, 70 + slot);
        }
        return policy;
    }

    @Test
    @DisplayName("the victim has a page and may go, and there is none only if no page may go")
    void victimMayGo() {
        Seeds.check(50, random -> {
            int capacity = 1 + random.nextInt(8);
            EvictionPolicy policy = newPolicy(capacity);
            BitSet taken = new BitSet();
            for (int i = 0; i < 200; i++) {
                int slot = random.nextInt(capacity);
                if (!taken.get(slot)) {
                    policy.admit(slot, random.nextInt(20));
                    taken.set(slot);
                } else if (random.nextInt(3) == 0) {
                    policy.remove(slot);
                    taken.clear(slot);
                } else {
                    policy.touch(slot);
                }
                checkVictim(policy, taken, random);
            }
        });
    }

    private static void checkVictim(EvictionPolicy policy, BitSet taken, Random random) {
        BitSet mayGo = BitSet.valueOf(new long[] {random.nextLong()});
        int victim = policy.victim(slot -> {
            assertThat(
                    "is there a page in slot " + slot + ", about which evictable is asked?", taken.get(slot), is(true));
            return mayGo.get(slot);
        });
        mayGo.and(taken);
        String state = " with pages in " + taken + ", of which " + mayGo + " may go";
        if (victim == EvictionPolicy.NONE) {
            assertThat("is NONE the right answer" + state, mayGo.isEmpty(), is(true));
        } else {
            assertThat("may the victim, " + victim + ", go" + state, mayGo.get(victim), is(true));
        }
    }

    @Test
    @DisplayName("one victim after the other empties the memory, and an empty one has no victim")
    void emptied() {
        EvictionPolicy policy = full(5);
        policy.touch(3);
        BitSet gone = new BitSet();
        for (int i = 0; i < 5; i++) {
            int victim = policy.victim(ANY);
            assertThat("victim after " + gone + " of 5 have gone", victim, is(not(EvictionPolicy.NONE)));
            assertThat("has the victim, " + victim + ", gone before", gone.get(victim), is(false));
            policy.remove(victim);
            gone.set(victim);
        }
        assertThat("victim of an empty memory", policy.victim(ANY), is(EvictionPolicy.NONE));
    }

    @Test
    @DisplayName("a touch of an empty slot changes nothing, and makes nobody a victim")
    void lateTouch() {
        EvictionPolicy policy = newPolicy(2);
        policy.touch(1);
        assertThat(
                "victim after a touch of an empty slot, all being empty", policy.victim(ANY), is(EvictionPolicy.NONE));
        policy.admit(0, 70);
        policy.touch(1);
        assertThat("victim after a touch of slot 1, which is empty", policy.victim(ANY), is(0));
        policy.admit(1, 71);
    }

    @Test
    @DisplayName("admitting into a taken slot and removing from an empty one are errors that name the slot")
    void errors() {
        EvictionPolicy policy = full(3);
        assertThat(
                assertThrows(
                                IllegalArgumentException.class,
                                () -> policy.admit(2, 99),
                                "admit into slot 2, which is taken")
                        .getMessage(),
                containsString("2"));
        policy.remove(2);
        assertThat(
                assertThrows(
                                IllegalArgumentException.class,
                                () -> policy.remove(2),
                                "remove from slot 2, which is empty")
                        .getMessage(),
                containsString("2"));
        policy.admit(2, 99);
    }

    @Test
    @DisplayName("a memory without slots is an error")
    void noSlots() {
        assertThrows(IllegalArgumentException.class, () -> newPolicy(0), "a policy for 0 slots");
        assertThrows(IllegalArgumentException.class, () -> newPolicy(-1), "a policy for -1 slots");
    }
}
