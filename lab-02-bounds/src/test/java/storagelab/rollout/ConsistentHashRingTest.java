package storagelab.rollout;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.closeTo;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static storagelab.testkit.StoreMatchers.atMost;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.testkit.CountingList;

@Tag("2.5")
class ConsistentHashRingTest {
    /** The points of the example in the task statement; a key is its point. */
    private static final Map<String, Long> EXAMPLE =
            Map.of("A#0", 1_000L, "B#0", 2_000_000_000L, "C#0", 4_000_000_000L, "D#0", 3_000_000_000L);

    private static long examplePoint(String text) {
        Long point = EXAMPLE.get(text);
        return point == null ? Long.parseLong(text) : point;
    }

    /** What a failure says of a key: where it is, and where the nodes are. */
    private static String nodeOf(String key) {
        return "node of key " + key + " (A is at 1000, B at 2000000000, C at 4000000000)";
    }

    private static ConsistentHashRing threeNodes() {
        return ConsistentHashRing.empty(ConsistentHashRingTest::examplePoint, 1)
                .with("C")
                .with("A")
                .with("B");
    }

    @Test
    @DisplayName("the example of the task statement: a key belongs to the first node at or behind it")
    void example() {
        ConsistentHashRing ring = threeNodes();
        assertThat(nodeOf("0"), ring.nodeOf("0"), is("A"));
        assertThat(nodeOf("1500"), ring.nodeOf("1500"), is("B"));
        assertThat(nodeOf("2000000000"), ring.nodeOf("2000000000"), is("B"));
        assertThat(nodeOf("2000000001"), ring.nodeOf("2000000001"), is("C"));
        assertThat(nodeOf("4100000000") + ", past zero", ring.nodeOf("4100000000"), is("A"));
    }

    @Test
    @DisplayName("a node that joins takes the keys before it, and gives them back when it leaves")
    void joinsAndLeaves() {
        ConsistentHashRing four = threeNodes().with("D");
        assertThat(nodeOf("2000000000") + ", D at 3000000000", four.nodeOf("2000000000"), is("B"));
        assertThat(nodeOf("2000000001") + ", D at 3000000000", four.nodeOf("2000000001"), is("D"));
        assertThat(nodeOf("3000000000") + ", D at 3000000000", four.nodeOf("3000000000"), is("D"));
        assertThat(nodeOf("3000000001") + ", D at 3000000000", four.nodeOf("3000000001"), is("C"));
        assertThat(nodeOf("3000000000") + ", without D", four.without("D").nodeOf("3000000000"), is("C"));
        assertThat(nodeOf("4100000000") + ", without A", four.without("A").nodeOf("4100000000"), is("B"));
    }

    @Test
    @DisplayName("virtual nodes stand at the points of the task statement")
    void virtualNodes() {
        assertThat(
                ConsistentHashRing.empty(RingHash.murmur3(), 2).with("node-1").virtualNodes(),
                contains(new VirtualNode(1092808254L, "node-1"), new VirtualNode(3685799543L, "node-1")));
    }

    @Test
    @DisplayName("of two nodes at one point the smaller name has the keys, whichever joined first")
    void twoNodesAtOnePoint() {
        ConsistentHashRing none = ConsistentHashRing.empty(text -> 100, 1);
        ConsistentHashRing ab = none.with("a").with("b");
        ConsistentHashRing ba = none.with("b").with("a");
        assertThat("a, then b", ab.virtualNodes(), contains(new VirtualNode(100, "a"), new VirtualNode(100, "b")));
        assertThat("b, then a", ba.virtualNodes(), is(ab.virtualNodes()));
        assertThat("a key of both", ba.nodeOf("key"), is("a"));
        assertThat("a key of both when a has left", ba.without("a").nodeOf("key"), is("b"));
    }

    @Test
    @DisplayName("a ring stays as it is when another is made of it")
    void immutable() {
        ConsistentHashRing three = threeNodes();
        three.with("D");
        three.without("A");
        assertThat(three.nodes(), contains("A", "B", "C"));
        assertThat("2500000000", three.nodeOf("2500000000"), is("C"));
    }

    @Test
    @DisplayName("an eleventh node takes about an eleventh of the keys, and no key moves between the other ten")
    void eleventhNode() {
        ConsistentHashRing ten = ConsistentHashRing.empty(RingHash.murmur3(), 256);
        for (int node = 0; node < 10; node++) {
            ten = ten.with("node-" + node);
        }
        ConsistentHashRing eleven = ten.with("node-10");
        int moved = 0;
        int movedBetweenOld = 0;
        for (int i = 0; i < 100_000; i++) {
            String before = ten.nodeOf("key-" + i);
            String after = eleven.nodeOf("key-" + i);
            moved += before.equals(after) ? 0 : 1;
            movedBetweenOld += before.equals(after) || after.equals("node-10") ? 0 : 1;
        }
        assertThat("keys that moved between nodes that were there before", movedBetweenOld, is(0));
        assertThat("keys that moved of 100,000", moved / 1000.0, closeTo(100 / 11.0, 2));
    }

    @Test
    @DisplayName("a key among 4,000 virtual nodes is found with 13 looks at them")
    void probes() {
        CountingList<VirtualNode> ring = new CountingList<>(IntStream.range(0, 4000)
                .mapToObj(i -> new VirtualNode(1_000_000L * i, "node-" + i))
                .toList());
        ConsistentHashRing counted = new ConsistentHashRing(Long::parseLong, 1, ring);
        for (int key : List.of(0, 1, 1_000_000_000, 2_000_000_001)) {
            ring.reset();
            assertThat(counted.nodeOf(Integer.toString(key)), is("node-" + (key + 999_999) / 1_000_000));
            assertThat(ring.probes(), atMost(13, "calls of get", "is the ring searched by halving?"));
        }
    }

    @Test
    @DisplayName("a node joins once and leaves once, and without nodes nobody has a key")
    void misuse() {
        ConsistentHashRing three = threeNodes();
        assertThrows(IllegalArgumentException.class, () -> three.with("A"));
        assertThrows(IllegalArgumentException.class, () -> three.without("D"));
        ConsistentHashRing none = ConsistentHashRing.empty(RingHash.murmur3(), 1);
        assertThrows(IllegalStateException.class, () -> none.nodeOf("key-1"));
    }
}
