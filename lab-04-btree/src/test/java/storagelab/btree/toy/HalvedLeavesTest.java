package storagelab.btree.toy;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.closeTo;
import static org.hamcrest.Matchers.is;

import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import storagelab.testkit.Seeds;

/** How full leaves are that are always divided in the middle. */
class HalvedLeavesTest {
    private static final int KEYS = 50_000;
    private static final int KEYS_MAX = 32;

    @Test
    @DisplayName("keeps all keys, in order, and has ln 2 of its leaves in use if they came at random")
    void random() {
        Seeds.check(3, random -> {
            List<Integer> keys = IntStream.range(0, KEYS).boxed().collect(Collectors.toList());
            Collections.shuffle(keys, random);
            HalvedLeaves leaves = new HalvedLeaves(KEYS_MAX);
            keys.forEach(leaves::put);
            Collections.sort(keys);
            assertThat("keys", leaves.keys(), is(keys));
            assertThat("in use", leaves.fill(), is(closeTo(Math.log(2), 0.03)));
        });
    }

    @Test
    @DisplayName("breaks as said: keys in order, up or down, leave half of every leaf empty")
    void inOrder() {
        HalvedLeaves up = new HalvedLeaves(KEYS_MAX);
        HalvedLeaves down = new HalvedLeaves(KEYS_MAX);
        for (int key = 0; key < KEYS; key++) {
            up.put(key);
            down.put(KEYS - key);
        }
        assertThat("in use, ascending", up.fill(), is(closeTo(0.5, 0.04)));
        assertThat("in use, descending", down.fill(), is(closeTo(0.5, 0.04)));
        assertThat("leaves, ascending", (double) up.leafCount(), is(closeTo(2.0 * KEYS / KEYS_MAX, 200)));
    }
}
