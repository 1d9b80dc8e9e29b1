package storagelab.grader.hidden.lab02;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.closeTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static storagelab.testkit.StoreMatchers.atMost;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.rollout.ConsistentHashRing;
import storagelab.rollout.RingHash;
import storagelab.rollout.RolloutRing;
import storagelab.rollout.VirtualNode;
import storagelab.testkit.CountingList;
import storagelab.testkit.Seeds;

/** Exercise 2.5: where virtual nodes stand, whom a key belongs to, and what moves when a node joins or leaves. */
@Tag("2.5")
class ConsistentHashRingHiddenTest {
    private static final int POINTS_PER_NODE = 256;
    private static final int KEYS = 20_000;

    private static ConsistentHashRing ringOf(int nodes) {
        ConsistentHashRing ring = ConsistentHashRing.empty(RingHash.murmur3(), POINTS_PER_NODE);
        for (int node = 0; node < nodes; node++) {
            ring = ring.with("node-" + node);
        }
        return ring;
    }

    private static List<String> owners(ConsistentHashRing ring) {
        return IntStream.range(0, KEYS).mapToObj(i -> ring.nodeOf("key-" + i)).toList();
    }

    @Test
    @DisplayName("virtual nodes stand at the points of the name, #, and their number from 0, in ascending order")
    void points() {
        ConsistentHashRing ring = ConsistentHashRing.empty(RingHash.murmur3(), 3)
                .with("node-1")
                .with("Zürich")
                .with("node-2");
        assertThat(
                ring.virtualNodes(),
                is(List.of(
                        new VirtualNode(1092808254L, "node-1"),
                        new VirtualNode(1314384240L, "Zürich"),
                        new VirtualNode(1340442554L, "node-1"),
                        new VirtualNode(1871585611L, "Zürich"),
                        new VirtualNode(2765882587L, "Zürich"),
                        new VirtualNode(2840395964L, "node-2"),
                        new VirtualNode(3006881108L, "node-2"),
                        new VirtualNode(3383886341L, "node-2"),
                        new VirtualNode(3685799543L, "node-1"))));
    }

    @Test
    @DisplayName("a key belongs to the first virtual node at or behind its point, past the end of the ring if need be")
    void firstAtOrBehind() {
        Seeds.check(300, random -> {
            int count = 1 + random.nextInt(4);
            List<VirtualNode> ring = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                ring.add(new VirtualNode(random.nextLong(RolloutRing.POINTS), "" + (char) ('A' + random.nextInt(4))));
            }
            Collections.sort(ring);
            ConsistentHashRing subject = new ConsistentHashRing(Long::parseLong, 1, ring);
            for (VirtualNode virtual : ring) {
                for (long point : new long[] {virtual.point() - 1, virtual.point(), virtual.point() + 1}) {
                    checkOwner(subject, Math.floorMod(point, RolloutRing.POINTS));
                }
            }
            for (long point : new long[] {0, (1L << 31) - 1, 1L << 31, RolloutRing.POINTS - 1}) {
                checkOwner(subject, point);
            }
        });
    }

    private static void checkOwner(ConsistentHashRing ring, long point) {
        String expected = ring.virtualNodes().get(0).node();
        for (VirtualNode virtual : ring.virtualNodes()) {
            if (virtual.point() >= point) {
                expected = virtual.node();
                break;
            }
        }
        assertThat(
                "whose is a key at point " + point + " on the ring " + ring.virtualNodes(),
                ring.nodeOf(Long.toString(point)),
                is(expected));
    }

    @Test
    @DisplayName(
            "of two nodes at one point the smaller name has the keys, whichever came first, and the other inherits them")
    void twoNodesAtOnePoint() {
        RingHash all = text -> text.startsWith("key") ? 50 : text.endsWith("#0") ? 100 : 200;
        ConsistentHashRing none = ConsistentHashRing.empty(all, 2);
        ConsistentHashRing ab = none.with("a").with("b");
        ConsistentHashRing ba = none.with("b").with("a");
        assertThat(
                "virtual nodes of two nodes with two points each",
                ab.virtualNodes().size(),
                is(4));
        assertThat("the ring whichever came first", ba.virtualNodes(), is(ab.virtualNodes()));
        assertThat("the key in front of a and b, a first", ab.nodeOf("key"), is("a"));
        assertThat("the key in front of a and b, b first", ba.nodeOf("key"), is("a"));
        assertThat("the key when a has left", ab.without("a").nodeOf("key"), is("b"));
        assertThat("the key when b has left", ab.without("b").nodeOf("key"), is("a"));
    }

    @Test
    @DisplayName("a ring does not depend on the order in which its nodes came, nor on nodes that left")
    void orderOfJoining() {
        Seeds.check(50, random -> {
            RingHash crowded = text -> Math.floorMod(text.hashCode() * 31L, 5L);
            List<String> names = new ArrayList<>(List.of("ann", "bob", "eve"));
            ConsistentHashRing sorted = joined(ConsistentHashRing.empty(crowded, 2), names);
            Collections.shuffle(names, random);
            ConsistentHashRing shuffled = joined(ConsistentHashRing.empty(crowded, 2), names);
            assertThat("joined in the order " + names, shuffled.virtualNodes(), is(sorted.virtualNodes()));
            String guest = "guest-" + random.nextInt(100);
            assertThat(
                    guest + " joined and left",
                    shuffled.with(guest).without(guest).virtualNodes(),
                    is(sorted.virtualNodes()));
            String first = names.get(0);
            assertThat(
                    first + " left and joined",
                    shuffled.without(first).with(first).virtualNodes(),
                    is(sorted.virtualNodes()));
        });
    }

    private static ConsistentHashRing joined(ConsistentHashRing ring, List<String> names) {
        ConsistentHashRing larger = ring;
        for (String name : names) {
            larger = larger.with(name);
        }
        return larger;
    }

    @Test
    @DisplayName("a node that joins n others takes about 1/(n + 1) of the keys, and none moves between the others")
    void join() {
        ConsistentHashRing ring = ringOf(1);
        List<String> before = owners(ring);
        for (int n = 1; n <= 16; n++) {
            String joining = "node-" + n;
            ring = ring.with(joining);
            List<String> after = owners(ring);
            int moved = checkMoves(before, after, joining, "when " + joining + " joins " + n + " others");
            double expected = 1.0 / (n + 1);
            assertThat(
                    "part of the keys that moved when " + joining + " joined " + n + " others",
                    moved / (double) KEYS,
                    closeTo(expected, 0.25 * expected));
            before = after;
        }
    }

    @Test
    @DisplayName("a node that leaves gives its keys to all the others, and none moves between the others")
    void leave() {
        int nodes = 10;
        ConsistentHashRing ring = ringOf(nodes);
        List<String> before = owners(ring);
        for (int node = 0; node < nodes; node++) {
            String leaving = "node-" + node;
            List<String> after = owners(ring.without(leaving));
            int moved = checkMoves(after, before, leaving, "when " + leaving + " leaves " + (nodes - 1) + " others");
            assertThat(
                    "keys that moved, and keys that " + leaving + " had",
                    moved,
                    is(Collections.frequency(before, leaving)));
            Map<String, Integer> inherited = new HashMap<>();
            for (int i = 0; i < KEYS; i++) {
                if (before.get(i).equals(leaving)) {
                    inherited.merge(after.get(i), 1, Integer::sum);
                }
            }
            assertThat("nodes that inherit from " + leaving, inherited.size(), is(nodes - 1));
        }
    }

    /** Counts the keys that are elsewhere on the larger ring, all of which must be on the node that only it has. */
    private static int checkMoves(List<String> smaller, List<String> larger, String node, String when) {
        int moved = 0;
        for (int i = 0; i < KEYS; i++) {
            if (!smaller.get(i).equals(larger.get(i))) {
                moved++;
                assertThat(
                        "key-" + i + " moves between " + smaller.get(i) + " and " + larger.get(i) + " " + when
                                + ": the node at one end of the move",
                        larger.get(i),
                        is(node));
            }
        }
        return moved;
    }

    @Test
    @DisplayName("with 256 points a node, each of ten nodes has a tenth of the keys, give or take a quarter of that")
    void balance() {
        Map<String, Integer> keys = new HashMap<>();
        owners(ringOf(10)).forEach(node -> keys.merge(node, 1, Integer::sum));
        for (int node = 0; node < 10; node++) {
            assertThat(
                    "keys of node-" + node + ", of " + KEYS,
                    keys.getOrDefault("node-" + node, 0),
                    allOf(greaterThan(KEYS / 10 * 3 / 4), lessThan(KEYS / 10 * 5 / 4)));
        }
    }

    @Test
    @DisplayName("a ring stays as it is, whatever joins and leaves the rings made of it")
    void immutable() {
        ConsistentHashRing ring = ringOf(3);
        List<VirtualNode> virtualNodes = List.copyOf(ring.virtualNodes());
        List<String> owners = owners(ring);
        ring.with("node-3").without("node-0");
        ring.without("node-1").with("node-4");
        assertThat("its virtual nodes", ring.virtualNodes(), is(virtualNodes));
        assertThat("the owners of the keys", owners(ring), is(owners));
    }

    @Test
    @DisplayName("a key among n virtual nodes is found with at most ceil(log2(n + 1)) + 1 calls of get")
    void probes() {
        Seeds.check(1, random -> {
            for (int count = 1; count <= 130; count++) {
                checkProbes(count, random);
            }
            checkProbes(100_000, random);
        });
    }

    private static void checkProbes(int count, Random random) {
        CountingList<VirtualNode> ring = new CountingList<>(IntStream.range(0, count)
                .mapToObj(i -> new VirtualNode(i * 40_000L + 39_999, "node-" + i))
                .toList());
        ConsistentHashRing subject = new ConsistentHashRing(Long::parseLong, 1, ring);
        int probesMax = 32 - Integer.numberOfLeadingZeros(count) + 1;
        for (int i = 0; i < 50; i++) {
            long point = i == 0 ? RolloutRing.POINTS - 1 : random.nextLong(count * 40_000L + 40_000);
            ring.reset();
            String owner = subject.nodeOf(Long.toString(point));
            assertThat(
                    "finding the owner of point " + point + " among " + count + " virtual nodes",
                    ring.probes(),
                    atMost(probesMax, "calls of get", "search by halving, and keep what get returned"));
            assertThat(
                    "the owner of point " + point + " among nodes that stand at 39999, 79999, …, " + count + " of them",
                    owner,
                    is("node-" + (point < count * 40_000L ? point / 40_000 : 0)));
        }
    }

    @Test
    @DisplayName("a node cannot join twice or leave a ring it is not on, and nobody has a key of an empty ring")
    void misuse() {
        ConsistentHashRing ring = ringOf(2);
        refuses(ring, one -> one.with("node-1"), "node-1 joins node-0 and node-1");
        refuses(ring, one -> one.without("node-2"), "node-2 leaves node-0 and node-1");
        refuses(ring, one -> one.without("node-1").without("node-1"), "node-1 leaves node-0 and node-1, twice");
        ConsistentHashRing empty = ring.without("node-0").without("node-1");
        assertThat("virtual nodes when everybody has left", empty.virtualNodes().size(), is(0));
        assertThrows(IllegalStateException.class, () -> empty.nodeOf("key"), "a key on a ring without nodes");
    }

    @Test
    @DisplayName("a node whose name begins with the name of another is another node")
    void namesThatBeginAlike() {
        ConsistentHashRing ring = ringOf(11); // with node-1 and node-10
        assertThat(
                "virtual nodes of node-10 when node-1 has left a ring that has both",
                count(ring.without("node-1"), "node-10"),
                is((long) POINTS_PER_NODE));
        assertThat(
                "virtual nodes of node-10 when it has joined a ring with node-1",
                count(ringOf(2).with("node-10"), "node-10"),
                is((long) POINTS_PER_NODE));
    }

    @Test
    @DisplayName("a node has all of its virtual nodes, also if some of them are at one point")
    void ownPointsCollide() {
        RingHash fewPoints = text -> text.endsWith("3") ? 7 : 5;
        ConsistentHashRing ring =
                ConsistentHashRing.empty(fewPoints, 4).with("a").with("b");
        for (String node : List.of("a", "b")) {
            assertThat(
                    "virtual nodes of " + node + ", which has four, three of them at point 5 and one at point 7",
                    count(ring, node),
                    is(4L));
        }
        assertThat(
                "virtual nodes when b has left",
                ring.without("b").virtualNodes().size(),
                is(4));
    }

    private static long count(ConsistentHashRing ring, String node) {
        return ring.virtualNodes().stream()
                .filter(virtual -> virtual.node().equals(node))
                .count();
    }

    private static void refuses(ConsistentHashRing ring, UnaryOperator<ConsistentHashRing> change, String what) {
        assertThrows(IllegalArgumentException.class, () -> change.apply(ring), what);
    }
}
