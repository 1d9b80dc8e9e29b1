// exercise: 3.7
// type: storagelab.memtable.SkipListMemtable
// replace: type
// verdict: accepted
// because: a sorted map of the library whose keys are pairs of key and sequence, with an object for everything
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.locks.ReentrantReadWriteLock;

public final class SkipListMemtable {
    public static final long MAX_SEQUENCE = Long.MAX_VALUE >>> 1;

    /** Node of the map 24, half an index node 12, pair 24, entry 24, two slices 48, headers of two arrays 32. */
    private static final int OVERHEAD_BYTES = 164;

    private static final Comparator<VersionKey> ORDER = Comparator.comparing(VersionKey::key)
            .thenComparing(Comparator.comparingLong(VersionKey::sequence).reversed());

    private record VersionKey(Slice key, long sequence) {}

    private final ConcurrentSkipListMap<VersionKey, Entry> entries = new ConcurrentSkipListMap<>(ORDER);
    private final AtomicLong count = new AtomicLong();
    private final AtomicLong bytes = new AtomicLong();
    private final ReentrantReadWriteLock freezing = new ReentrantReadWriteLock();
    private boolean frozen;

    public SkipListMemtable() {}

    public void add(long sequence, Entry entry) {
        checked(sequence);
        freezing.readLock().lock();
        try {
            if (frozen) {
                throw new IllegalStateException("frozen");
            }
            if (entries.putIfAbsent(new VersionKey(entry.key(), sequence), entry) != null) {
                throw new IllegalArgumentException(entry.key() + " at " + sequence + " is there");
            }
            count.incrementAndGet();
            int valueBytes = entry.tombstone() ? -40 : rounded(entry.value().length());
            bytes.addAndGet(OVERHEAD_BYTES + rounded(entry.key().length()) + valueBytes);
        } finally {
            freezing.readLock().unlock();
        }
    }

    public Optional<Entry> get(Slice key, long sequence) {
        Map.Entry<VersionKey, Entry> found = entries.ceilingEntry(new VersionKey(key, checked(sequence)));
        return Optional.ofNullable(found).map(Map.Entry::getValue).filter(entry -> entry.key().equals(key));
    }

    public EntryCursor cursor(long sequence) {
        checked(sequence);
        return new EntryCursor() {
            private Entry at;
            private boolean closed;

            public boolean isValid() {
                checkOpen();
                return at != null;
            }

            public void seekToFirst() {
                seek(Slice.EMPTY);
            }

            public void seekToLast() {
                checkOpen();
                back(entries.lastEntry());
            }

            public void seek(Slice key) {
                checkOpen();
                forward(entries.ceilingEntry(new VersionKey(key, sequence)));
            }

            public void seekBefore(Slice key) {
                checkOpen();
                back(entries.lowerEntry(new VersionKey(key, Long.MAX_VALUE)));
            }

            public void next() {
                forward(entries.higherEntry(new VersionKey(current().key(), -1)));
            }

            public void prev() {
                seekBefore(current().key());
            }

            public Slice key() {
                return current().key();
            }

            public Slice value() {
                return current().value();
            }

            public boolean isTombstone() {
                return current().tombstone();
            }

            public void close() {
                closed = true;
            }

            private void forward(Map.Entry<VersionKey, Entry> from) {
                Map.Entry<VersionKey, Entry> found = from;
                while (found != null && found.getKey().sequence() > sequence) {
                    found = entries.higherEntry(found.getKey());
                }
                at = found == null ? null : found.getValue();
            }

            private void back(Map.Entry<VersionKey, Entry> from) {
                at = null;
                Map.Entry<VersionKey, Entry> found = from;
                while (found != null && at == null) {
                    Slice key = found.getKey().key();
                    at = get(key, sequence).orElse(null);
                    found = entries.lowerEntry(new VersionKey(key, Long.MAX_VALUE));
                }
            }

            private Entry current() {
                checkOpen();
                if (at == null) {
                    throw new IllegalStateException("at no entry");
                }
                return at;
            }

            private void checkOpen() {
                if (closed) {
                    throw new IllegalStateException("closed");
                }
            }
        };
    }

    public VersionCursor versions() {
        return new VersionCursor() {
            private Map.Entry<VersionKey, Entry> at;

            public boolean isValid() {
                return at != null;
            }

            public void seekToFirst() {
                at = entries.firstEntry();
            }

            public void seekToLast() {
                at = entries.lastEntry();
            }

            public void seek(Slice key, long sequence) {
                at = entries.ceilingEntry(new VersionKey(key, sequence));
            }

            public void next() {
                at = entries.higherEntry(current().getKey());
            }

            public void prev() {
                at = entries.lowerEntry(current().getKey());
            }

            public Slice key() {
                return current().getKey().key();
            }

            public long sequence() {
                return current().getKey().sequence();
            }

            public Slice value() {
                return current().getValue().value();
            }

            public boolean isTombstone() {
                return current().getValue().tombstone();
            }

            private Map.Entry<VersionKey, Entry> current() {
                if (at == null) {
                    throw new IllegalStateException("at no entry");
                }
                return at;
            }
        };
    }

    public long sizeBytes() {
        return bytes.get();
    }

    public long count() {
        return count.get();
    }

    public void freeze() {
        freezing.writeLock().lock();
        frozen = true;
        freezing.writeLock().unlock();
    }

    private static int rounded(int bytes) {
        return bytes + 7 & ~7;
    }

    private static long checked(long sequence) {
        if (sequence < 0 || sequence > MAX_SEQUENCE) {
            throw new IllegalArgumentException("sequence " + sequence);
        }
        return sequence;
    }
}
