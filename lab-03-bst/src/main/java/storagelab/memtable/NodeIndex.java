package storagelab.memtable;

import com.google.common.primitives.ImmutableLongArray;
import storagelab.api.Slice;
import storagelab.course.Solution;

/**
 * A table of every other node of a memtable's list, those with a level 1, to be searched by halving: where the search of the
 * list begins. It is old as soon as it is made, and that does no harm. Nodes never go, so a node that was before a key still
 * is; there may only be newer ones between the two.
 *
 * <p>The list itself can be searched from its highest level down, but each of its steps is another place in memory, and
 * a jump that the processor cannot foresee. Here a key is one number, these numbers lie side by side, and the halving
 * does without a jump, as {@link storagelab.bounds.BranchFreeInts} does.
 *
 * <p>What all keys begin with says nothing about their order. So the number of a key is made of the eight bytes that
 * follow it: of {@code account:00000017} and {@code account:00004711}, of {@code 00000017} and {@code 00004711}. Nodes
 * whose numbers are equal are compared by their keys.
 *
 * <p>Concurrency: immutable.
 */
@Solution
final class NodeIndex {
    /** The index of a list that is not worth one. */
    static final NodeIndex EMPTY = new NodeIndex(new long[0], new long[0], Slice.EMPTY);

    private static final int ARRAY_HEADER_BYTES = 16;

    private final long[] positions;
    private final long[] numbers;

    /** What all keys begin with. */
    private final Slice prefix;

    private NodeIndex(long[] positions, long[] numbers, Slice prefix) {
        this.positions = positions;
        this.numbers = numbers;
        this.prefix = prefix;
    }

    /**
     * An index to the nodes that now follow {@code head} on level 1. It is made from this older one: from each node that is
     * known already it is few steps to the next, and none of these walks has to wait for the end of another.
     */
    NodeIndex renewed(NodeArena nodes, long head) {
        ImmutableLongArray.Builder found = ImmutableLongArray.builder(2 * positions.length + 1);
        for (int i = 0; i <= positions.length; i++) {
            long end = nodeAt(i);
            long node = nodes.next(nodeBefore(i, head), 1);
            while (node != end) {
                found.add(node);
                node = nodes.next(node, 1);
            }
            if (end != NodeArena.NONE) {
                found.add(end);
            }
        }
        long[] positions = found.build().toArray();
        if (positions.length == 0) {
            return EMPTY;
        }
        // What the first and the last have in common, all between them have.
        Slice first = nodes.key(positions[0]);
        Slice prefix = first.subSlice(0, first.commonPrefix(nodes.key(positions[positions.length - 1])));
        long[] numbers = new long[positions.length];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = number(nodes.keyWordAt(positions[i], prefix.length()));
        }
        return new NodeIndex(positions, numbers, prefix);
    }

    /** How many of its nodes are before {@code key}. */
    int countBefore(SearchKey key, NodeArena nodes) {
        if (!key.key.startsWith(prefix)) {
            return key.key.compareTo(prefix) < 0 ? 0 : positions.length;
        }
        if (numbers.length == 0) {
            return 0;
        }
        long wanted = number(key.key.wordAt(prefix.length()));
        // Invariant: numbers before low are smaller than the wanted one; the first that is not is in [low, low +
        // length].
        int low = 0;
        int length = numbers.length;
        while (length > 1) {
            int half = length >>> 1;
            low += half & -oneIfLess(numbers[low + half - 1], wanted);
            length -= half;
        }
        low += oneIfLess(numbers[low], wanted);
        // Among nodes whose numbers are equal, the same by their keys.
        int high = low < numbers.length && numbers[low] == wanted ? numbers.length : low;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (numbers[middle] == wanted && nodes.compare(positions[middle], key) < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** Node {@code index}, {@link NodeArena#NONE} after the last. */
    long nodeAt(int index) {
        return index == positions.length ? NodeArena.NONE : positions[index];
    }

    /** The node before node {@code index}, {@code head} before the first. */
    long nodeBefore(int index, long head) {
        return index == 0 ? head : positions[index - 1];
    }

    /** Heap that it takes. */
    long sizeBytes() {
        return positions.length == 0 ? 0 : 2 * (ARRAY_HEADER_BYTES + (long) Long.BYTES * positions.length);
    }

    /** The number of a key, of eight bytes of it. The last bit is left out: so the difference of two numbers fits a long. */
    private static long number(long word) {
        return word >>> 1;
    }

    /** 1 if {@code number} is smaller than {@code wanted}, else 0: the sign of their difference. */
    private static int oneIfLess(long number, long wanted) {
        return (int) ((number - wanted) >>> (Long.SIZE - 1));
    }
}
