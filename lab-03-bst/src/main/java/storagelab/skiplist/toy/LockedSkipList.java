package storagelab.skiplist.toy;

import java.util.Comparator;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import storagelab.course.Toy;
import storagelab.skiplist.SkipList;

/**
 * A skip list for one thread behind a lock. It is right, and everybody waits: with one lock readers wait for writers and for
 * each other, with a read-write lock for writers.
 *
 * @param <K> the keys
 * @param <V> the values
 */
@Toy("readers and writers wait for each other")
public final class LockedSkipList<K, V> {
    private final SkipList<K, V> list;
    private final Lock readLock;
    private final Lock writeLock;

    private LockedSkipList(SkipList<K, V> list, Lock readLock, Lock writeLock) {
        this.list = list;
        this.readLock = readLock;
        this.writeLock = writeLock;
    }

    /** An empty list behind one lock for everything. */
    public static <K, V> LockedSkipList<K, V> withOneLock(Comparator<? super K> comparator, RandomGenerator coin) {
        Lock lock = new ReentrantLock();
        return new LockedSkipList<>(new SkipList<>(comparator, coin), lock, lock);
    }

    /** An empty list behind a lock that readers share. */
    public static <K, V> LockedSkipList<K, V> withReadWriteLock(
            Comparator<? super K> comparator, RandomGenerator coin) {
        ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
        return new LockedSkipList<>(new SkipList<>(comparator, coin), lock.readLock(), lock.writeLock());
    }

    /** The value of {@code key}; null if the key is not there. */
    public @Nullable V get(K key) {
        readLock.lock();
        try {
            return list.get(key);
        } finally {
            readLock.unlock();
        }
    }

    /** Stores {@code value} under every one of {@code keys}, as one batch: nobody sees a part of it. */
    public void putAll(Iterable<? extends K> keys, V value) {
        writeLock.lock();
        try {
            keys.forEach(key -> list.put(key, value));
        } finally {
            writeLock.unlock();
        }
    }
}
