package storagelab.rollout;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.closeTo;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static storagelab.testkit.StoreMatchers.atMost;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.testkit.CountingList;

@Tag("2.4")
class RolloutRingTest {
    private static final Rollout CHECKOUT = new Rollout(
            "checkout",
            0xC0000000L,
            List.of(new Variant("A", 50), new Variant("B", 30), new Variant("C", 20)),
            100_000);

    private static Optional<String> at(long point, int sharePerMillion) {
        return new RolloutRing(CHECKOUT.withShare(sharePerMillion)).variantAt(point);
    }

    @Test
    @DisplayName("users have the points of the task statement")
    void points() {
        assertThat("user-1 of checkout", RolloutRing.pointOf("checkout", "user-1"), is(2669793133L));
        assertThat("user-2 of checkout", RolloutRing.pointOf("checkout", "user-2"), is(1803194070L));
        assertThat("user-1 of search", RolloutRing.pointOf("search", "user-1"), is(1493466454L));
        assertThat("Zoë of checkout", RolloutRing.pointOf("checkout", "Zoë"), is(1726418445L));
    }

    @Test
    @DisplayName("the arcs of weights 50, 30, 20 are those of the task statement")
    void arcs() {
        assertThat(
                RolloutRing.arcsOf(CHECKOUT),
                is(List.of(
                        new Arc(0, 2147483648L, "A"),
                        new Arc(2147483648L, 3435973836L, "B"),
                        new Arc(3435973836L, 4294967296L, "C"))));
    }

    @Test
    @DisplayName("at 100 % every point has a variant, and an arc goes on past zero")
    void wrapsPastZero() {
        assertThat("the start", at(0xC0000000L, Rollout.EVERYBODY), is(Optional.of("A")));
        assertThat("the last point before zero", at(0xFFFFFFFFL, Rollout.EVERYBODY), is(Optional.of("A")));
        assertThat("zero", at(0, Rollout.EVERYBODY), is(Optional.of("A")));
        assertThat("the last point of A", at(0x3FFFFFFFL, Rollout.EVERYBODY), is(Optional.of("A")));
        assertThat("the first point of B", at(0x40000000L, Rollout.EVERYBODY), is(Optional.of("B")));
        assertThat("the last point of B", at(0x8CCCCCCBL, Rollout.EVERYBODY), is(Optional.of("B")));
        assertThat("the first point of C", at(0x8CCCCCCCL, Rollout.EVERYBODY), is(Optional.of("C")));
        assertThat("the last point of C", at(0xBFFFFFFFL, Rollout.EVERYBODY), is(Optional.of("C")));
    }

    @Test
    @DisplayName("each variant is on for the first part of its arc")
    void share() {
        assertThat("the start, at 0.0001 %", at(0xC0000000L, 1), is(Optional.of("A")));
        assertThat("the start, at 0 %", at(0xC0000000L, 0), is(Optional.empty()));
        assertThat("the middle of A, at 50 %", at(0, 500_000), is(Optional.empty()));
        assertThat("the middle of A, at 50.0001 %", at(0, 500_001), is(Optional.of("A")));
        assertThat("the last point of C, at 99.9999 %", at(0xBFFFFFFFL, 999_999), is(Optional.empty()));
    }

    @Test
    @DisplayName("user-2 gets B from 56.7 % on")
    void userTwo() {
        assertThat(new RolloutRing(CHECKOUT.withShare(566_000)).variantOf("user-2"), is(Optional.empty()));
        assertThat(new RolloutRing(CHECKOUT.withShare(567_000)).variantOf("user-2"), is(Optional.of("B")));
    }

    @Test
    @DisplayName("from 1 % to 10 % to 50 % nobody loses the flag, and nobody changes variants")
    void ramp() {
        for (int user = 0; user < 10_000; user++) {
            String name = "user-" + user;
            Optional<String> before = Optional.empty();
            for (int percent : new int[] {1, 10, 50}) {
                Optional<String> now = new RolloutRing(CHECKOUT.withShare(percent * 10_000)).variantOf(name);
                if (before.isPresent()) {
                    assertThat(name + " at " + percent + " %", now, is(before));
                }
                before = now;
            }
        }
    }

    @Test
    @DisplayName("of 100,000 users 10 % get a variant: 5 % A, 3 % B, 2 % C")
    void shares() {
        RolloutRing ring = new RolloutRing(CHECKOUT);
        int users = 100_000;
        List<String> variants = new ArrayList<>();
        for (int user = 0; user < users; user++) {
            ring.variantOf("user-" + user).ifPresent(variants::add);
        }
        assertThat(percentage(variants, "A", users), closeTo(5, 0.5));
        assertThat(percentage(variants, "B", users), closeTo(3, 0.5));
        assertThat(percentage(variants, "C", users), closeTo(2, 0.5));
    }

    @Test
    @DisplayName("a point among 100,000 arcs is found with 18 looks at arcs")
    void probes() {
        List<Variant> variants = new ArrayList<>();
        for (int i = 0; i < 100_000; i++) {
            variants.add(new Variant("v" + i, 1));
        }
        Rollout many = new Rollout("many", 0, variants, Rollout.EVERYBODY);
        CountingList<Arc> arcs = new CountingList<>(RolloutRing.arcsOf(many));
        RolloutRing ring = new RolloutRing(many, arcs);
        for (long point : new long[] {0, 1L << 31, RolloutRing.POINTS - 1}) {
            arcs.reset();
            assertThat(
                    "variant at point " + point + " of 100,000 equal arcs from 0",
                    ring.variantAt(point),
                    is(Optional.of("v" + point * 100_000 / RolloutRing.POINTS)));
            assertThat(arcs.probes(), atMost(18, "calls of get", "are the arcs searched by halving?"));
        }
    }

    @Test
    @DisplayName("what is not a point is refused")
    void notAPoint() {
        assertThrows(IllegalArgumentException.class, () -> at(-1, Rollout.EVERYBODY));
        assertThrows(IllegalArgumentException.class, () -> at(RolloutRing.POINTS, Rollout.EVERYBODY));
    }

    private static double percentage(List<String> variants, String name, int users) {
        return 100.0 * variants.stream().filter(name::equals).count() / users;
    }
}
