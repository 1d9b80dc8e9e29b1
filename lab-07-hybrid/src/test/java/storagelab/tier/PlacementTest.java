package storagelab.tier;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import storagelab.api.KeyRange;
import storagelab.api.Slice;
import storagelab.testkit.Seeds;
import storagelab.tier.Placement.Placed;

class PlacementTest {
    private static final int KEYS = 20;

    private static Slice key(int index) {
        return index == 0 ? Slice.EMPTY : Slice.copyOf((byte) index);
    }

    private static KeyRange range(String from, @Nullable String to) {
        return new KeyRange(Slice.utf8(from), to == null ? null : Slice.utf8(to));
    }

    @Test
    @DisplayName("the example: neighbours on one tier are one range")
    void example() {
        Placement placement = Placement.all("lsm").with(range("b", "d"), "btree");
        assertThat(
                placement.parts(),
                is(List.of(
                        new Placed(range("", "b"), "lsm"),
                        new Placed(range("b", "d"), "btree"),
                        new Placed(range("d", null), "lsm"))));
        assertThat(placement.with(range("d", "f"), "btree").parts(), hasSize(3));
        assertThat(placement.with(range("b", "d"), "lsm"), is(Placement.all("lsm")));
        assertThat(
                placement.parts(range("a", "c")),
                is(List.of(new Placed(range("a", "b"), "lsm"), new Placed(range("b", "c"), "btree"))));
        assertThat(placement.parts(range("c", "c")), is(empty()));
    }

    @Test
    @DisplayName("after any changes, each key is on the tier that it was placed on last, and the parts say the same")
    void sameAsAnArray() {
        Seeds.check(100, PlacementTest::check);
    }

    private static void check(Random random) {
        String[] expected = new String[KEYS];
        Arrays.fill(expected, "a");
        Placement placement = Placement.all("a");
        for (int change = 0; change < 30; change++) {
            int from = random.nextInt(KEYS);
            int to = from + random.nextInt(KEYS - from + 1);
            String tier = List.of("a", "b", "c").get(random.nextInt(3));
            placement = placement.with(new KeyRange(key(from), to == KEYS ? null : key(to)), tier);
            Arrays.fill(expected, from, to, tier);
            for (int i = 0; i < KEYS; i++) {
                assertThat("tier of key " + i + " in " + placement, placement.tierOf(key(i)), is(expected[i]));
            }
            Slice end = Slice.EMPTY;
            String before = "";
            for (Placed part : placement.parts()) {
                assertThat("begin of " + part, part.range().from(), is(end));
                assertThat("tier of " + part, part.tier().equals(before), is(false));
                assertThat(
                        "tier of " + part,
                        part.tier(),
                        is(placement.tierOf(part.range().from())));
                before = part.tier();
                end = part.range().to();
            }
            assertThat("end of the last part", end == null, is(true));
        }
    }
}
