package storagelab.cache;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.testkit.Seeds;

@Tag("4.1")
class LruPolicyTest extends EvictionPolicyContract {
    @Override
    EvictionPolicy newPolicy(int capacity) {
        return new LruPolicy(capacity);
    }

    @Test
    @DisplayName("the worked example: the page that was not used for the longest time goes")
    void example() {
        EvictionPolicy policy = full(3);
        policy.touch(0);
        assertThat("victim", policy.victim(ANY), is(1));
        assertThat("victim, if slot 1 may not go", policy.victim(slot -> slot != 1), is(2));
        policy.touch(1);
        assertThat("victim after touch(1)", policy.victim(ANY), is(2));
    }

    @Test
    @DisplayName("random calls give the victims that a look at all slots gives")
    void model() {
        Seeds.check(
                100,
                random -> StampModel.leastRecentlyUsed(6).compare(new LruPolicy(6), random, 20 + random.nextInt(100)));
    }
}
