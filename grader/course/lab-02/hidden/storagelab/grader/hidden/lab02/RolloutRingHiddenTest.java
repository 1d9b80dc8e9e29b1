package storagelab.grader.hidden.lab02;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.closeTo;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static storagelab.testkit.StoreMatchers.atMost;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.rollout.Arc;
import storagelab.rollout.Rollout;
import storagelab.rollout.RolloutRing;
import storagelab.rollout.Variant;
import storagelab.testkit.CountingList;
import storagelab.testkit.Seeds;

/** Exercise 2.4: where users are on the ring, where the arcs are, and which arc a point is in. */
@Tag("2.4")
class RolloutRingHiddenTest {
    private static final long LAST_POINT = RolloutRing.POINTS - 1;
    private static final String PROBE_ADVICE = "search by halving, and keep the arc instead of getting it again";

    /** A point that was computed without Java. */
    private record Golden(String salt, String user, long point) {}

    private static Rollout abc(long start, int sharePerMillion) {
        return new Rollout(
                "checkout",
                start,
                List.of(new Variant("A", 50), new Variant("B", 30), new Variant("C", 20)),
                sharePerMillion);
    }

    @Test
    @DisplayName("users have the same points as in any other process and language")
    void goldenPoints() {
        List<Golden> table = List.of(
                new Golden("checkout", "user-2", 1803194070L),
                new Golden("checkout", "user-12345", 1017098717L),
                new Golden("checkout", "user-1", 2669793133L),
                new Golden("search", "user-12345", 2997018856L),
                new Golden("checkout", "USER-1", 1504487551L),
                new Golden("checkout", "a user whose name is much longer than four bytes", 1133206089L));
        for (Golden golden : table) {
            check(golden, "the hash is MurmurHash3, 32 bits, seed 0, read without a sign");
        }
    }

    @Test
    @DisplayName("salt and user are hashed as UTF-8, with a byte 0 between them, and either may be empty")
    void goldenPointsOfUnusualNames() {
        List<Golden> table = List.of(
                new Golden("a", "bc", 2499566288L),
                new Golden("ab", "c", 942798780L),
                new Golden("checkout", "", 215255507L),
                new Golden("", "user-1", 729986995L),
                new Golden("", "", 1364076727L),
                new Golden("Käse", "Zoë", 455884925L),
                new Golden("checkout", "😀", 944483633L));
        for (Golden golden : table) {
            check(golden, "the bytes are those of the salt, one 0, and those of the user");
        }
    }

    private static void check(Golden golden, String advice) {
        assertThat(
                "the point of user \"" + golden.user + "\" with salt \"" + golden.salt + "\" (" + advice + ")",
                RolloutRing.pointOf(golden.salt, golden.user),
                is(golden.point));
    }

    @Test
    @DisplayName("arcs meet, fill the ring, and end at the floor of 2^32 times the weight so far over all weight")
    void arcs() {
        Seeds.check(200, random -> {
            Rollout rollout = randomRollout(random, 1 + random.nextInt(40), 1 + random.nextInt(1000));
            checkArcs(rollout);
        });
    }

    @Test
    @DisplayName("arcs are exact for one variant, for 100,000, and for weights that add up to 2147483647")
    void arcsOfExtremeWeights() {
        checkArcs(Rollout.onOff("one", 5, 0));
        checkArcs(new Rollout(
                "many",
                0,
                IntStream.range(0, 100_000)
                        .mapToObj(i -> new Variant("v" + i, 1 + i % 3))
                        .toList(),
                0));
        checkArcs(new Rollout(
                "heavy",
                7,
                List.of(new Variant("A", 1), new Variant("B", Integer.MAX_VALUE - 2), new Variant("C", 1)),
                0));
    }

    private static void checkArcs(Rollout rollout) {
        List<Arc> expected = expectedArcs(rollout);
        List<Arc> actual = RolloutRing.arcsOf(rollout);
        assertThat(
                "arcs of " + expected.size() + " variants, salt " + rollout.salt(), actual.size(), is(expected.size()));
        for (int i = 0; i < expected.size(); i++) {
            assertThat(
                    "arc " + i + " of " + expected.size() + ", weight "
                            + rollout.variants().get(i).weight(),
                    actual.get(i),
                    is(expected.get(i)));
        }
    }

    @Test
    @DisplayName("the arcs stay where they are while the share grows, and wherever they start")
    void arcsDependOnWeightsAlone() {
        List<Arc> arcs = RolloutRing.arcsOf(abc(0, 0));
        assertThat("arcs at 10 %", RolloutRing.arcsOf(abc(0, 100_000)), is(arcs));
        assertThat("arcs from 0xC0000000", RolloutRing.arcsOf(abc(0xC0000000L, 0)), is(arcs));
    }

    @Test
    @DisplayName("at the ends of every arc and of every part that is on, a point gets what a look at every arc says")
    void everyBoundary() {
        Seeds.check(200, random -> {
            Rollout rollout = randomRollout(random, 1 + random.nextInt(4), 1 + random.nextInt(9));
            RolloutRing ring = new RolloutRing(rollout);
            List<Arc> arcs = expectedArcs(rollout);
            for (Arc arc : arcs) {
                long on = onLength(arc, rollout.sharePerMillion());
                for (long offset : new long[] {
                    arc.from() - 1, arc.from(), arc.from() + 1, arc.from() + on - 1, arc.from() + on, arc.to() - 1
                }) {
                    checkPoint(ring, rollout, arcs, Math.floorMod(rollout.start() + offset, RolloutRing.POINTS));
                }
            }
            for (long point : new long[] {0, 1, 1L << 31, (1L << 31) - 1, LAST_POINT}) {
                checkPoint(ring, rollout, arcs, point);
            }
        });
    }

    @Test
    @DisplayName("the part of an arc that is on is exact for every share: no point is lost to rounding")
    void shareOfAHundredPoints() {
        List<Variant> variants = List.of(new Variant("few", 50), new Variant("many", Integer.MAX_VALUE - 50));
        for (int percent = 0; percent <= 100; percent++) {
            int share = percent * 10_000;
            Rollout rollout = new Rollout("few", 0, variants, share);
            RolloutRing ring = new RolloutRing(rollout);
            for (long point = Math.max(0, percent - 1); point <= Math.min(99, percent); point++) {
                assertThat(
                        "point " + point + " of an arc of 100 points at a share of " + share
                                + " per million, which is its first " + percent + " points",
                        ring.variantAt(point),
                        is(point < percent ? Optional.of("few") : Optional.empty()));
            }
        }
    }

    private static void checkPoint(RolloutRing ring, Rollout rollout, List<Arc> arcs, long point) {
        long offset = Math.floorMod(point - rollout.start(), RolloutRing.POINTS);
        assertThat(
                "the variant at point " + point + ", which is " + offset + " from the start of " + rollout,
                ring.variantAt(point),
                is(expectedVariant(arcs, rollout.sharePerMillion(), offset)));
    }

    @Test
    @DisplayName("a rollout that starts near the end of the ring goes on past zero")
    void wraps() {
        RolloutRing last = new RolloutRing(Rollout.onOff("wrap", LAST_POINT, 500_000));
        assertThat("the start itself, the last point", last.variantAt(LAST_POINT), is(Optional.of("on")));
        assertThat("zero, one from the start", last.variantAt(0), is(Optional.of("on")));
        assertThat("the last of the half that is on", last.variantAt((1L << 31) - 2), is(Optional.of("on")));
        assertThat("the first behind it", last.variantAt((1L << 31) - 1), is(Optional.empty()));
        assertThat("the point before the start", last.variantAt(LAST_POINT - 1), is(Optional.empty()));
    }

    @Test
    @DisplayName("a variant of weight 0 gets nobody, be it first, in the middle, or last")
    void weightZero() {
        List<Variant> variants = List.of(
                new Variant("zero-1", 0),
                new Variant("zero-2", 0),
                new Variant("A", 1),
                new Variant("zero-3", 0),
                new Variant("B", 1),
                new Variant("zero-4", 0));
        RolloutRing ring = new RolloutRing(new Rollout("zeros", 0, variants, Rollout.EVERYBODY));
        assertThat("the first point", ring.variantAt(0), is(Optional.of("A")));
        assertThat("the last point of A", ring.variantAt((1L << 31) - 1), is(Optional.of("A")));
        assertThat("the first point of B", ring.variantAt(1L << 31), is(Optional.of("B")));
        assertThat("the last point", ring.variantAt(LAST_POINT), is(Optional.of("B")));
    }

    @Test
    @DisplayName("at 0 % nobody gets anything, at 100 % everybody does")
    void nobodyAndEverybody() {
        Seeds.check(100, random -> {
            Rollout rollout = randomRollout(random, 1 + random.nextInt(4), 1 + random.nextInt(9));
            long point = random.nextLong(RolloutRing.POINTS);
            for (long one :
                    new long[] {point, rollout.start(), Math.floorMod(rollout.start() - 1, RolloutRing.POINTS)}) {
                assertThat(
                        "point " + one + " at 0 % of " + rollout,
                        new RolloutRing(rollout.withShare(0)).variantAt(one).isPresent(),
                        is(false));
                assertThat(
                        "point " + one + " at 100 % of " + rollout,
                        new RolloutRing(rollout.withShare(Rollout.EVERYBODY))
                                .variantAt(one)
                                .isPresent(),
                        is(true));
            }
        });
    }

    @Test
    @DisplayName("ramping up through 1 %, 10 %, 50 % and 100 % takes the flag from nobody and changes no variant")
    void monotoneRamp() {
        int[] shares = {0, 1, 10_000, 100_000, 500_000, 500_001, 999_999, Rollout.EVERYBODY};
        List<RolloutRing> rings = IntStream.of(shares)
                .mapToObj(share -> new RolloutRing(abc(0xC0000000L, share)))
                .toList();
        for (int user = 0; user < 50_000; user++) {
            Optional<String> before = Optional.empty();
            for (int i = 0; i < shares.length; i++) {
                Optional<String> now = rings.get(i).variantOf("user-" + user);
                if (before.isPresent()) {
                    assertThat(
                            "user-" + user + ", who had a variant at " + shares[i - 1] + " in a million, at "
                                    + shares[i] + " in a million",
                            now,
                            is(before));
                }
                before = now;
            }
            assertThat("user-" + user + " at 100 %", before.isPresent(), is(true));
        }
    }

    @Test
    @DisplayName("of a million users each variant gets its share within half a percentage point, and 1 % is 1 %")
    void sharesOfAMillionUsers() {
        int users = 1_000_000;
        RolloutRing half = new RolloutRing(abc(3_000_000_000L, 500_000));
        RolloutRing hundredth = new RolloutRing(Rollout.onOff("checkout", 123_456_789, 10_000));
        int[] counts = new int[4];
        for (int user = 0; user < users; user++) {
            long point = RolloutRing.pointOf("checkout", "user-" + user);
            String variant = half.variantAt(point).orElse("");
            counts[0] += variant.equals("A") ? 1 : 0;
            counts[1] += variant.equals("B") ? 1 : 0;
            counts[2] += variant.equals("C") ? 1 : 0;
            counts[3] += hundredth.variantAt(point).isPresent() ? 1 : 0;
        }
        double percent = users / 100.0;
        assertThat("percentage of users with A, weight 50, at 50 %", counts[0] / percent, closeTo(25, 0.5));
        assertThat("percentage of users with B, weight 30, at 50 %", counts[1] / percent, closeTo(15, 0.5));
        assertThat("percentage of users with C, weight 20, at 50 %", counts[2] / percent, closeTo(10, 0.5));
        assertThat("percentage of users of a flag at 1 %", counts[3] / percent, closeTo(1, 0.1));
    }

    @Test
    @DisplayName("two flags at 10 % have a hundredth of the users in common, not a tenth")
    void flagsAreIndependent() {
        RolloutRing checkout = new RolloutRing(Rollout.onOff("checkout", 0, 100_000));
        RolloutRing search = new RolloutRing(Rollout.onOff("search", 0, 100_000));
        int users = 100_000;
        int both = 0;
        for (int user = 0; user < users; user++) {
            String name = "user-" + user;
            both += checkout.variantOf(name).isPresent()
                            && search.variantOf(name).isPresent()
                    ? 1
                    : 0;
        }
        assertThat(
                "percentage of users who get both flags (is the salt in the hash?)",
                both * 100.0 / users,
                closeTo(1, 0.5));
    }

    @Test
    @DisplayName("a user gets the same answer from every ring of the same rollout, however often and in whatever order")
    void sameAnswerAlways() {
        RolloutRing first = new RolloutRing(abc(0, 500_000));
        RolloutRing second = new RolloutRing(abc(0, 500_000));
        List<String> users = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            users.add("user-" + i);
        }
        List<Optional<String>> answers = users.stream().map(first::variantOf).toList();
        Collections.reverse(users);
        for (int i = 0; i < users.size(); i++) {
            String user = users.get(i);
            Optional<String> before = answers.get(users.size() - 1 - i);
            assertThat(user + ", asked again", first.variantOf(user), is(before));
            assertThat(user + ", asked of another ring", second.variantOf(user), is(before));
        }
    }

    @Test
    @DisplayName("a point among n arcs is found with at most ceil(log2(n + 1)) + 1 calls of get")
    void probes() {
        for (int count = 1; count <= 130; count++) {
            checkProbes(count, count);
        }
        checkProbes(100_000, 50);
    }

    private static void checkProbes(int count, int points) {
        List<Variant> variants =
                IntStream.range(0, count).mapToObj(i -> new Variant("v" + i, 1)).toList();
        Rollout rollout = new Rollout("many", 0, variants, Rollout.EVERYBODY);
        List<Arc> expected = expectedArcs(rollout);
        CountingList<Arc> arcs = new CountingList<>(expected);
        RolloutRing ring = new RolloutRing(rollout, arcs);
        int probesMax = 32 - Integer.numberOfLeadingZeros(count) + 1;
        for (int i = 0; i <= points; i++) {
            long point = i * (LAST_POINT / points);
            arcs.reset();
            Optional<String> found = ring.variantAt(point);
            long probes = arcs.probes();
            assertThat(
                    "looking up point " + point + " among " + count + " arcs",
                    probes,
                    atMost(probesMax, "calls of get", PROBE_ADVICE));
            assertThat(
                    "point " + point + " among " + count + " arcs",
                    found,
                    is(expectedVariant(expected, Rollout.EVERYBODY, point)));
        }
    }

    @Test
    @DisplayName("what is not a point of the ring is refused, with the value in the message")
    void notAPoint() {
        RolloutRing ring = new RolloutRing(abc(5, Rollout.EVERYBODY));
        for (long point : new long[] {-1, RolloutRing.POINTS, Long.MIN_VALUE, Long.MAX_VALUE}) {
            IllegalArgumentException refused = assertThrows(
                    IllegalArgumentException.class, () -> ring.variantAt(point), "the variant at point " + point);
            assertThat(refused.getMessage(), containsString(String.valueOf(point)));
        }
    }

    private static Rollout randomRollout(Random random, int variants, int weightMax) {
        List<Variant> list = new ArrayList<>();
        list.add(new Variant("v0", 1 + random.nextInt(weightMax)));
        for (int i = 1; i < variants; i++) {
            list.add(new Variant("v" + i, random.nextInt(weightMax + 1)));
        }
        Collections.shuffle(list, random);
        return new Rollout("random", random.nextLong(RolloutRing.POINTS), list, random.nextInt(1_000_001));
    }

    private static List<Arc> expectedArcs(Rollout rollout) {
        long total = rollout.variants().stream().mapToLong(Variant::weight).sum();
        List<Arc> arcs = new ArrayList<>();
        long weights = 0;
        long from = 0;
        for (Variant variant : rollout.variants()) {
            weights += variant.weight();
            long to = product(RolloutRing.POINTS, weights, total);
            arcs.add(new Arc(from, to, variant.name()));
            from = to;
        }
        return arcs;
    }

    private static Optional<String> expectedVariant(List<Arc> arcs, int sharePerMillion, long offset) {
        for (Arc arc : arcs) {
            if (offset >= arc.from() && offset < arc.to()) {
                boolean on = offset - arc.from() < onLength(arc, sharePerMillion);
                return on ? Optional.of(arc.variant()) : Optional.empty();
            }
        }
        throw new AssertionError("no arc of " + arcs + " has " + offset);
    }

    private static long onLength(Arc arc, int sharePerMillion) {
        return product(arc.length(), sharePerMillion, Rollout.EVERYBODY);
    }

    /** ⌊a · b / c⌋, whatever the product is. */
    private static long product(long a, long b, long c) {
        return BigInteger.valueOf(a)
                .multiply(BigInteger.valueOf(b))
                .divide(BigInteger.valueOf(c))
                .longValueExact();
    }
}
