// exercise: 3.7
// type: storagelab.memtable.SkipListMemtable
// verdict: caught
// because: the size is that of keys and values: what is around them is forgotten, and the memory is full long before
public final class SkipListMemtable {
    private final AtomicLong bytes = new AtomicLong();

    public void add(long sequence, Entry entry) {
        SearchKey key = new SearchKey(entry.key(), checked(sequence));
        if (begun.getAndIncrement() < 0) {
            begun.getAndDecrement();
            throw new IllegalStateException("frozen");
        }
        try {
            versions.insert(key, entry);
            bytes.addAndGet(entry.key().length() + entry.value().length());
        } catch (RuntimeException | Error e) {
            begun.getAndDecrement();
            throw e;
        }
        added.getAndIncrement();
    }

    public long sizeBytes() {
        return bytes.get();
    }
}
