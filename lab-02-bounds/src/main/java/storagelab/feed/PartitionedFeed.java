package storagelab.feed;

import com.google.common.hash.Hashing;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import storagelab.api.Cursor;
import storagelab.api.KeyRange;
import storagelab.api.OrderedStore;
import storagelab.api.Slice;
import storagelab.course.Difficulty;
import storagelab.course.Exercise;
import storagelab.course.ExercisePart;
import storagelab.course.Solution;

/**
 * The posts of users whom so many write and read that one range of keys is too hot for one machine. The posts of each user
 * are spread over partitions and put together again when they are read, in the order in which they would have been.
 *
 * <p>In a cluster each machine has a range of the keys. The posts of a user begin with the same eight bytes, so they
 * are all on one machine; when a singer with forty million followers posts, that machine works and the others wait. A
 * byte in front of the key, the <em>salt</em>, says which partition a post is in; the keys of different partitions are far
 * apart, and different machines have them.
 *
 * <p>Format of a key in the store, by the example of post 7 of user 12345 at 1,700,000,000,000 ms in partition 3:
 *
 * <table>
 * <caption>A key</caption>
 * <tr><th>offset</th><th>size</th><th>field</th><th>example</th></tr>
 * <tr><td>0</td><td>1</td><td>partition, from 0 to one less than their number</td><td>{@code 03}</td></tr>
 * <tr><td>1</td><td>24</td><td>{@link Post#key}</td>
 *     <td>{@code 0000000000003039 7ffffe74301a97ff 7ffffffffffffff8}</td></tr>
 * </table>
 *
 * <p>Under it is {@link Post#value}, as without partitions.
 *
 * <p>Errors: what the store throws; {@link IllegalArgumentException} for a limit outside [1, {@value Feed#LIMIT_MAX}], with
 * the limit in the message.
 *
 * <p>Concurrency: safe for many threads, as the store is. Each partition is seen as it was at one moment of the call, and
 * not all at the same moment: of two posts that are published during the call, it may have the second and not the first.
 * A post that exists throughout the call is in the answer.
 */
public final class PartitionedFeed {
    /** The most partitions there can be: the salt is one byte. */
    public static final int PARTITIONS_MAX = 256;

    private final OrderedStore store;
    private final int partitions;

    /**
     * The feed of the posts in {@code store}, which has nothing else in it; the store stays the caller's.
     *
     * @param partitions how many; always the same for one store
     * @throws IllegalArgumentException if {@code partitions} is outside [1, {@value #PARTITIONS_MAX}]
     */
    public PartitionedFeed(OrderedStore store, int partitions) {
        if (partitions < 1 || partitions > PARTITIONS_MAX) {
            throw new IllegalArgumentException(partitions + " partitions are not in [1, " + PARTITIONS_MAX + "]");
        }
        this.store = store;
        this.partitions = partitions;
    }

    /**
     * The partition of {@code post}. You choose how, as long as:
     *
     * <ul>
     *   <li>it depends on the key of the post and on the number of partitions alone, in every process: who deletes a post, or
     *       publishes it again with another text, must find it where it is. "Whichever partition is next" is forgotten at the
     *       next restart;
     *   <li>of 20,000 posts of one user in 16 partitions, each partition gets its 1,250, give or take 20 %, in whatever rhythm
     *       they come: one each millisecond; one each second on the second (all these times are multiples of 1,000, and by
     *       the time modulo 16, fourteen of the partitions would never see one); all in one millisecond, with ids that count
     *       up, by ones or by sixteens.
     * </ul>
     *
     * @return 0 to one less than the number of partitions
     */
    @Exercise(id = "2.10", title = "A hot feed in partitions", points = 8, difficulty = Difficulty.MEDIUM, hours = 2)
    public int partitionOf(Post post) {
        // The partitions are arcs of equal length on the ring of 2^32 points.
        int hash =
                Hashing.murmur3_32_fixed().hashBytes(post.key().toByteArray()).asInt();
        return (int) ((Integer.toUnsignedLong(hash) * partitions) >>> 32);
    }

    /**
     * Adds {@code post}, in place of one with the same user, time and id.
     *
     * <p>Cost: one put.
     */
    @ExercisePart("2.10")
    public void publish(Post post) {
        store.put(inPartition(partitionOf(post), post.key()), post.value());
    }

    /**
     * Removes {@code post}, if it is there; its text does not matter.
     *
     * <p>Cost: one delete.
     */
    @ExercisePart("2.10")
    public void delete(Post post) {
        store.delete(inPartition(partitionOf(post), post.key()));
    }

    /**
     * The newest posts of a user, at most {@code limit}, in the order of a feed without partitions: by descending time, those
     * of one millisecond by descending id.
     *
     * <p>Ask every partition for its newest post of this user, take the newest of these, ask the partition that had it for the
     * next one, and so on.
     *
     * <p>Example: user 1 has the posts a (1000, 1), b (2000, 1), c (3000, 1), d (3000, 2), e (4000, 1), in brackets their
     * times and ids, and a partition each for {a, d}, {c, e} and {b}. The newest of the partitions are d, e and b. With a limit
     * of 3: e is taken and c comes up behind it, d is taken and a comes up, c is taken. The page is e, d, c. Nobody looked
     * at more than 5 posts, and with a million older ones it would have been the same.
     *
     * <p>Cost, for p partitions: p cursors, each for this user's posts in one partition and nothing else (a store may copy
     * what is in the range of a cursor); one seek each; at most {@code limit} steps of all of them together. Every cursor
     * is closed when the call ends, also when it ends by an exception, and also when closing another cursor fails.
     */
    @ExercisePart("2.10")
    public List<Post> newest(long userId, int limit) {
        return gather(userId, PostKeys.prefix(userId), limit);
    }

    /**
     * The posts of the same user that come after {@code last} in the feed, at most {@code limit}: the next page, where {@code
     * last} was the last post of the page before. It need not be there any more.
     *
     * <p>Example: in the feed above, what comes after c is b, a. After d it is c, b, a: c is of the same millisecond, with a
     * smaller id.
     *
     * <p>Cost: as {@link #newest}. The ranges of the cursors begin behind {@code last}: what was on the pages before is not
     * looked at again.
     */
    @ExercisePart("2.10")
    public List<Post> olderThan(Post last, int limit) {
        return gather(last.userId(), successor(last.key()), limit);
    }

    @Solution
    private List<Post> gather(long userId, Slice from, int limit) {
        if (limit < 1 || limit > Feed.LIMIT_MAX) {
            throw new IllegalArgumentException(limit + " posts are not in [1, " + Feed.LIMIT_MAX + "]");
        }
        List<Post> posts = new ArrayList<>();
        try (Heads heads = new Heads()) {
            for (int partition = 0; partition < partitions; partition++) {
                Slice all = inPartition(partition, PostKeys.prefix(userId));
                KeyRange range = new KeyRange(
                        inPartition(partition, from), KeyRange.prefix(all).to());
                heads.open(store.cursor(range));
            }
            while (heads.hasPost() && posts.size() < limit) {
                posts.add(heads.newest());
                heads.step();
            }
        }
        return posts;
    }

    /** The key in the store of what is {@code key} in a feed without partitions. */
    @Solution
    private static Slice inPartition(int partition, Slice key) {
        byte[] salted = new byte[1 + key.length()];
        salted[0] = (byte) partition;
        key.copyTo(salted, 1);
        return Slice.wrap(salted);
    }

    /** The smallest key that is greater than {@code key}. */
    @Solution
    private static Slice successor(Slice key) {
        byte[] longer = new byte[key.length() + 1];
        key.copyTo(longer, 0);
        return Slice.wrap(longer);
    }

    /** One partition, and the key without its salt of the newest post in it that was not taken yet. */
    @Solution
    private record Head(Slice key, Cursor cursor) implements Comparable<Head> {
        @Override
        public int compareTo(Head other) {
            return key.compareTo(other.key);
        }
    }

    /** The partitions that have posts left, the one with the newest first. */
    @Solution
    private static final class Heads implements AutoCloseable {
        private final List<Cursor> cursors = new ArrayList<>();
        private final PriorityQueue<Head> heads = new PriorityQueue<>();

        void open(Cursor cursor) {
            cursors.add(cursor);
            cursor.seekToFirst();
            offer(cursor);
        }

        boolean hasPost() {
            return !heads.isEmpty();
        }

        Post newest() {
            Head head = heads.element();
            return Post.of(head.key, head.cursor.value());
        }

        void step() {
            Cursor cursor = heads.remove().cursor;
            cursor.next();
            offer(cursor);
        }

        private void offer(Cursor cursor) {
            if (cursor.isValid()) {
                Slice salted = cursor.key();
                heads.add(new Head(salted.subSlice(1, salted.length()), cursor));
            }
        }

        /** Closes every cursor, those after one whose {@code close} fails, too. */
        @Override
        public void close() {
            if (!cursors.isEmpty()) {
                Cursor last = cursors.remove(cursors.size() - 1);
                try (last) {
                    close();
                }
            }
        }
    }
}
