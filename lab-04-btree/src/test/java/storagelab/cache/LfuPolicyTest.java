package storagelab.cache;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.testkit.Seeds;

@Tag("4.2")
class LfuPolicyTest extends EvictionPolicyContract {
    @Override
    EvictionPolicy newPolicy(int capacity) {
        return new LfuPolicy(capacity);
    }

    @Test
    @DisplayName("the worked example: the page that was used least often goes, of equals the one used longer ago")
    void example() {
        EvictionPolicy policy = full(3);
        policy.touch(0);
        policy.touch(1);
        policy.touch(0);
        assertThat("victim", policy.victim(ANY), is(2));
        assertThat("victim, if slot 2 may not go", policy.victim(slot -> slot != 2), is(1));
        policy.touch(2);
        assertThat("victim after touch(2)", policy.victim(ANY), is(1));
    }

    @Test
    @DisplayName("random calls give the victims that a look at all slots gives")
    void model() {
        Seeds.check(
                100,
                random ->
                        StampModel.leastFrequentlyUsed(6).compare(new LfuPolicy(6), random, 20 + random.nextInt(100)));
    }
}
