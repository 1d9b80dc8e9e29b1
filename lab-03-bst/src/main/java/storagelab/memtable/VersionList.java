package storagelab.memtable;

import java.util.concurrent.ThreadLocalRandom;
import storagelab.course.Solution;
import storagelab.sortedlog.Entry;

/**
 * The skip list inside a memtable: {@link storagelab.skiplist.ConcurrentSkipList} over {@link Nodes}, in which a node is the
 * number of a place in memory and not an object.
 *
 * <p>Invariants, on every level:
 *
 * <ol>
 *   <li>Nodes are in the order of {@link Nodes#compare}, strictly.
 *   <li>Whatever was linked once can be reached from the head for ever.
 *   <li>A node on level i + 1 was on level i before.
 * </ol>
 *
 * <p>Concurrency: safe for many threads; no method waits.
 */
@Solution
final class VersionList {
    /** Levels that a list of 4¹² = 16 million entries needs; a larger one is only slower. */
    private static final int MAX_HEIGHT = 12;

    /** Two heads of a fair coin: a tower goes up another level with a chance of 1/4. */
    private static final int LEVEL_BITS = 2;

    private final Nodes nodes = new Nodes();
    private final long head = nodes.createHead(MAX_HEIGHT);

    /** What the positions that the other methods return mean. */
    Nodes nodes() {
        return nodes;
    }

    /** The first node that is not before {@code key}. */
    long ceiling(SearchKey key) {
        return descend(key, new long[MAX_HEIGHT]);
    }

    /** The last node that is before {@code key}, {@link Nodes#NONE} if there is none. */
    long lower(SearchKey key) {
        long[] before = new long[MAX_HEIGHT];
        descend(key, before);
        return before[0] == head ? Nodes.NONE : before[0];
    }

    /** The first node of the list. */
    long first() {
        return nodes.next(head, 0);
    }

    /** The last node of the list. */
    long last() {
        long node = head;
        for (int level = MAX_HEIGHT - 1; level >= 0; level--) {
            for (long next = nodes.next(node, level); next != Nodes.NONE; next = nodes.next(node, level)) {
                node = next;
            }
        }
        return node == head ? Nodes.NONE : node;
    }

    /**
     * Inserts an entry: links a node from the bottom up. A compare-and-set that fails means that somebody else has put a node there; as nodes
     * are never taken out, the place is somewhere to the right of it.
     */
    void insert(SearchKey key, Entry entry) {
        int height = randomHeight();
        long[] before = new long[MAX_HEIGHT];
        descend(key, before);
        long node = nodes.create(height, key, entry);
        for (int level = 0; level < height; level++) {
            long left = before[level];
            long right;
            do {
                right = nodes.next(left, level);
                while (right != Nodes.NONE && nodes.compare(right, key) < 0) {
                    left = right;
                    right = nodes.next(left, level);
                }
                if (level == 0 && right != Nodes.NONE && nodes.compare(right, key) == 0) {
                    throw new IllegalArgumentException(
                            "there is a version of " + entry.key() + " at sequence " + key.sequence);
                }
                nodes.setNext(node, level, right);
            } while (!nodes.link(left, level, right, node));
        }
    }

    /**
     * Finds the last node before {@code key} on every level, and returns the node that follows on level 0. The two were
     * neighbours at one moment during the call.
     */
    private long descend(SearchKey key, long[] before) {
        // Here the time of the memtable goes. So the table of chunks is read once, and again only for a newer chunk.
        long[][] chunks = nodes.chunks();
        long node = head;
        long[] chunk = chunks[Arena.chunkOf(node)];
        long notBefore = Nodes.NONE;
        for (int level = MAX_HEIGHT - 1; level >= 0; level--) {
            // Invariant: node, in chunk, is before key; notBefore, where the walk on the level above has ended, is not.
            long next = Nodes.next(chunk, Arena.offsetOf(node), level);
            while (next != notBefore) {
                int index = Arena.chunkOf(next);
                if (index >= chunks.length) {
                    chunks = nodes.chunks();
                }
                if (Nodes.compare(chunks[index], Arena.offsetOf(next), key) >= 0) {
                    break;
                }
                node = next;
                chunk = chunks[index];
                next = Nodes.next(chunk, Arena.offsetOf(node), level);
            }
            notBefore = next;
            before[level] = node;
        }
        return notBefore;
    }

    private static int randomHeight() {
        int coins = ThreadLocalRandom.current().nextInt();
        int height = 1;
        while (height < MAX_HEIGHT && (coins & ((1 << LEVEL_BITS) - 1)) == 0) {
            height++;
            coins >>>= LEVEL_BITS;
        }
        return height;
    }
}
