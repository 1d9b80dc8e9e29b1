package storagelab.memtable;

import java.util.concurrent.ThreadLocalRandom;
import storagelab.api.Entry;
import storagelab.course.Solution;

/**
 * The skip list inside a memtable: {@link storagelab.skiplist.ConcurrentSkipList} over {@link NodeArena}, in which a node is the
 * number of a place in memory and not an object.
 *
 * <p>A search of many nodes begins where the {@link NodeIndex} says, near its end.
 *
 * <p>Invariants, on every level:
 *
 * <ol>
 *   <li>Nodes are in the order of {@link NodeArena#compare}, strictly.
 *   <li>Whatever was linked once can be reached from the head for ever.
 *   <li>A node on level i + 1 was on level i before.
 * </ol>
 *
 * <p>Concurrency: safe for many threads; no method waits.
 */
@Solution
final class VersionList {
    /** Levels that a list of 2 · 4¹¹ = 8 million entries needs; a larger one is only slower. */
    private static final int MAX_HEIGHT = 12;

    /** Entries from which on the list has an index. */
    private static final long INDEX_FROM = 64;

    /** Steps from where the index leads to, on level 1, after which a search from the top is quicker. */
    private static final int STEPS_MAX = 32;

    /** Two heads of a fair coin: above level 1, where half of all towers are, they go up with a chance of 1/4. */
    private static final int LEVEL_BITS = 2;

    private final NodeArena nodes = new NodeArena();
    private final long head = nodes.createHead(MAX_HEIGHT);
    private volatile NodeIndex nodeIndex = NodeIndex.EMPTY;

    /** What the positions that the other methods return mean. */
    NodeArena nodes() {
        return nodes;
    }

    /** The first node that is not before {@code key}. */
    long ceiling(SearchKey key) {
        long next = nodes.next(near(key), 0);
        while (next != NodeArena.NONE && nodes.compare(next, key) < 0) {
            next = nodes.next(next, 0);
        }
        return next;
    }

    /** The last node that is before {@code key}, {@link NodeArena#NONE} if there is none. */
    long lower(SearchKey key) {
        long node = near(key);
        long next = nodes.next(node, 0);
        while (next != NodeArena.NONE && nodes.compare(next, key) < 0) {
            node = next;
            next = nodes.next(node, 0);
        }
        return node == head ? NodeArena.NONE : node;
    }

    /** The first node of the list. */
    long first() {
        return nodes.next(head, 0);
    }

    /** The last node of the list. */
    long last() {
        long node = head;
        for (int level = MAX_HEIGHT - 1; level >= 0; level--) {
            for (long next = nodes.next(node, level); next != NodeArena.NONE; next = nodes.next(node, level)) {
                node = next;
            }
        }
        return node == head ? NodeArena.NONE : node;
    }

    /**
     * Inserts an entry: links a node from the bottom up. A compare-and-set that fails means that somebody else has put a
     * node there; as nodes are never taken out, the place is somewhere to the right of it.
     */
    void insert(SearchKey key, Entry entry) {
        int height = randomHeight();
        long[] before = new long[MAX_HEIGHT];
        if (height <= 2) {
            before[0] = near(key);
            before[1] = before[0];
        } else {
            descend(key, before);
        }
        long node = nodes.create(height, key, entry);
        for (int level = 0; level < height; level++) {
            long left = before[level];
            long right;
            do {
                right = nodes.next(left, level);
                while (right != NodeArena.NONE && nodes.compare(right, key) < 0) {
                    left = right;
                    right = nodes.next(left, level);
                }
                if (level == 0 && right != NodeArena.NONE && nodes.compare(right, key) == 0) {
                    throw new IllegalArgumentException(
                            "there is a version of " + entry.key() + " at sequence " + key.sequence);
                }
                nodes.setNext(node, level, right);
            } while (!nodes.link(left, level, right, node));
        }
    }

    /** Makes a new index when there are 64, 96, 128, 192, 256 … nodes: one thread passes each of these numbers. */
    void grownTo(long count) {
        int bits = Long.SIZE - Long.numberOfLeadingZeros(count);
        if (count >= INDEX_FROM && Long.numberOfTrailingZeros(count) >= bits - 2) {
            nodeIndex = nodeIndex.renewed(nodes, head);
        }
    }

    /** Heap that the list takes. */
    long reservedBytes() {
        return nodes.reservedBytes() + nodeIndex.sizeBytes();
    }

    /** A node before {@code key} with few nodes between: the last one on level 1. */
    private long near(SearchKey key) {
        NodeIndex current = nodeIndex;
        int before = current.countBefore(key, nodes);
        long node = current.nodeBefore(before, head);
        long notBefore = current.nodeAt(before);
        for (int step = 0; step < STEPS_MAX; step++) {
            long next = nodes.next(node, 1);
            if (next == notBefore || nodes.compare(next, key) >= 0) {
                return node;
            }
            node = next;
        }
        // Many nodes have come to one place since the index was made.
        long[] befores = new long[MAX_HEIGHT];
        descend(key, befores);
        return befores[1];
    }

    /** Finds the last node before {@code key} on every level. */
    private void descend(SearchKey key, long[] before) {
        // The table of chunks is read once, and again only for a newer chunk.
        long[][] chunks = nodes.chunks();
        long node = head;
        long[] chunk = chunks[Arena.chunkOf(node)];
        long notBefore = NodeArena.NONE;
        for (int level = MAX_HEIGHT - 1; level >= 0; level--) {
            // Invariant: node, in chunk, is before key; notBefore, where the walk on the level above has ended, is not.
            long next = NodeArena.next(chunk, Arena.offsetOf(node), level);
            while (next != notBefore) {
                int index = Arena.chunkOf(next);
                if (index >= chunks.length) {
                    chunks = nodes.chunks();
                }
                if (NodeArena.compare(chunks[index], Arena.offsetOf(next), key) >= 0) {
                    break;
                }
                node = next;
                chunk = chunks[index];
                next = NodeArena.next(chunk, Arena.offsetOf(node), level);
            }
            notBefore = next;
            before[level] = node;
        }
    }

    private static int randomHeight() {
        int coins = ThreadLocalRandom.current().nextInt();
        int height = 1 + (coins & 1);
        coins >>>= 1;
        while (height > 1 && height < MAX_HEIGHT && (coins & ((1 << LEVEL_BITS) - 1)) == 0) {
            height++;
            coins >>>= LEVEL_BITS;
        }
        return height;
    }
}
