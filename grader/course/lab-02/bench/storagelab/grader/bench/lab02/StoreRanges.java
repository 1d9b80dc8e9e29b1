package storagelab.grader.bench.lab02;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Random;
import java.util.TreeMap;
import storagelab.api.MaintenanceKind;
import storagelab.api.Slice;
import storagelab.cursor.OrderedLogStore;
import storagelab.sortedlog.SortedLogOptions;
import storagelab.sortedlog.TableListKind;

/**
 * A store of posts for the benchmarks, and what is in it: 100 users with 80 posts each, written in random order, a fifth of
 * them written again and some deleted. They lie in several tables, each of which has posts of every user, and in the memtable.
 */
final class StoreRanges {
    static final int USERS = 100;
    private static final int POSTS = 80;
    private static final int VALUE_BYTES = 100;
    private static final long MEMTABLE_BYTES = 256 << 10;
    private static final int STRIDE = 4_001; // has no divisor in common with the number of posts

    final OrderedLogStore store;
    final TreeMap<Slice, Slice> content = new TreeMap<>();

    StoreRanges(Path directory, Random random) {
        store = OrderedLogStore.open(
                directory,
                SortedLogOptions.defaults()
                        .withMemtableBytes(MEMTABLE_BYTES)
                        .withTableList(TableListKind.EPHEMERAL)
                        .withMaintenance(MaintenanceKind.FOREGROUND)
                        .withCompactionTrigger(SortedLogOptions.NO_COMPACTION));
        int posts = USERS * POSTS;
        for (int i = 0; i < posts + posts / 5; i++) {
            int number = i < posts ? i * STRIDE % posts : random.nextInt(posts);
            Slice key = key(number / POSTS, number % POSTS);
            if (i % 50 == 49) {
                store.delete(key);
                content.remove(key);
            } else {
                byte[] value = new byte[VALUE_BYTES];
                random.nextBytes(value);
                store.put(key, Slice.wrap(value));
                content.put(key, Slice.wrap(value));
            }
        }
    }

    /** What the keys of all posts of {@code user} begin with. */
    static Slice user(int user) {
        return Slice.utf8(String.format(Locale.ROOT, "user%04d/", user));
    }

    private static Slice key(int user, int post) {
        return Slice.utf8(String.format(Locale.ROOT, "user%04d/post%06d", user, post));
    }
}
