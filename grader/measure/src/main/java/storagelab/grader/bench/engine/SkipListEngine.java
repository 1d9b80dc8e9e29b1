package storagelab.grader.bench.engine;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import storagelab.api.Cursor;
import storagelab.api.Slice;

/** The JDK's skip list, which stores nothing on any disk: a mark to measure engines by, and not a rival. */
public final class SkipListEngine implements TransactionalEngine {
    private final ConcurrentSkipListMap<byte[], byte[]> map = new ConcurrentSkipListMap<>(Arrays::compareUnsigned);

    @Override
    public void open(Path directory, EngineSettings settings) {}

    @Override
    public void bulkLoad(Path directory, EngineSettings settings, Cursor sorted) {
        for (; sorted.isValid(); sorted.next()) {
            put(sorted.key().toByteArray(), sorted.value().toByteArray());
        }
    }

    @Override
    public void put(byte[] key, byte[] value) {
        map.put(key, value);
    }

    @Override
    public void update(byte[] key, Function<? super Slice, byte[]> change) {
        byte[] unused = map.computeIfPresent(key, (same, value) -> change.apply(Slice.wrap(value)));
    }

    @Override
    public void putAll(byte[][] keys, byte[][] values) {
        for (int i = 0; i < keys.length; i++) {
            map.put(keys[i], values[i]);
        }
    }

    @Override
    public @Nullable Slice get(byte[] key) {
        byte[] value = map.get(key);
        return value == null ? null : Slice.wrap(value);
    }

    @Override
    public void scan(byte[] from, int limit, EntryVisitor visitor) {
        int count = 0;
        for (Map.Entry<byte[], byte[]> entry : map.tailMap(from).entrySet()) {
            if (count++ == limit) {
                return;
            }
            visitor.entry(Slice.wrap(entry.getKey()), Slice.wrap(entry.getValue()));
        }
    }

    @Override
    public void checkpoint() {}

    @Override
    public EngineCounters counters() {
        return new EngineCounters(0, 0);
    }

    @Override
    public void close() {}
}
