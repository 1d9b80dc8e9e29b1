package storagelab.memtable;

import storagelab.course.Solution;

/**
 * A table of every fourth node of a memtable's list, to be searched by halving: where the search of the list begins. It is
 * old as soon as it is made, and that does no harm. Nodes never go, so a node that was before a key still is; there may only
 * be newer ones between the two.
 *
 * <p>The list itself can be searched from its highest level down, but each of its steps is another place in memory. Here the
 * first sixteen bytes of the keys lie side by side, and the last steps of a search are in one line of the cache.
 *
 * <p>Concurrency: immutable.
 */
@Solution
final class Guide {
    /** The guide of a list that is not worth one. */
    static final Guide EMPTY = new Guide(new long[0], new long[0], new long[0]);

    private static final int ARRAY_HEADER_BYTES = 16;
    private static final int ARRAYS = 3;

    private final long[] first;
    private final long[] second;
    private final long[] positions;

    private Guide(long[] first, long[] second, long[] positions) {
        this.first = first;
        this.second = second;
        this.positions = positions;
    }

    /** A guide to the nodes that follow {@code head} on level 1. */
    static Guide to(Nodes nodes, long head) {
        int count = 0;
        for (long node = nodes.next(head, 1); node != Nodes.NONE; node = nodes.next(node, 1)) {
            count++;
        }
        Guide guide = new Guide(new long[count], new long[count], new long[count]);
        long node = nodes.next(head, 1);
        for (int i = 0; i < count; i++) {
            guide.first[i] = nodes.keyWord(node, 0);
            guide.second[i] = nodes.keyWord(node, 1);
            guide.positions[i] = node;
            node = nodes.next(node, 1);
        }
        return guide;
    }

    boolean isEmpty() {
        return positions.length == 0;
    }

    /** The last of its nodes that is before {@code key}; {@code head} if none is. */
    long lastBefore(SearchKey key, Nodes nodes, long head) {
        // Invariant: nodes below low are before the key, those from high on are not.
        int low = 0;
        int high = positions.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (isBefore(middle, key, nodes)) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low == 0 ? head : positions[low - 1];
    }

    /** Heap that it takes. */
    long sizeBytes() {
        return isEmpty() ? 0 : ARRAYS * (ARRAY_HEADER_BYTES + (long) Long.BYTES * positions.length);
    }

    private boolean isBefore(int index, SearchKey key, Nodes nodes) {
        if (first[index] != key.first) {
            return Long.compareUnsigned(first[index], key.first) < 0;
        }
        if (second[index] != key.second) {
            return Long.compareUnsigned(second[index], key.second) < 0;
        }
        return nodes.compare(positions[index], key) < 0;
    }
}
