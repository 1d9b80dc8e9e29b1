package storagelab.testkit.lsm;

import java.util.Map;
import java.util.NavigableMap;
import org.jspecify.annotations.Nullable;
import storagelab.api.Slice;
import storagelab.sstable.InternalCursor;

/** A position in a sorted map of internal keys: a cursor that needs no block, no table and no file, and counts its calls. */
public final class MapCursor implements InternalCursor {
    private final NavigableMap<Slice, Slice> entries;
    private Map.@Nullable Entry<Slice, Slice> here;
    private long seeks;
    private long steps;
    private long values;
    private int closes;

    /** A cursor at no entry of {@code entries}, which are in the order of internal keys. */
    public MapCursor(NavigableMap<Slice, Slice> entries) {
        this.entries = entries;
    }

    /** How often it was sent somewhere: {@code seek}, {@code seekToFirst} and {@code seekToLast}. */
    public long seeks() {
        return seeks;
    }

    /** How often it went to the entry beside: {@code next} and {@code prev}. */
    public long steps() {
        return steps;
    }

    /** How often it was asked for a value. */
    public long values() {
        return values;
    }

    /** How often it was closed. */
    public int closes() {
        return closes;
    }

    @Override
    public boolean isValid() {
        return here != null;
    }

    @Override
    public void seekToFirst() {
        seeks++;
        here = entries.firstEntry();
    }

    @Override
    public void seekToLast() {
        seeks++;
        here = entries.lastEntry();
    }

    @Override
    public void seek(Slice internalKey) {
        seeks++;
        here = entries.ceilingEntry(internalKey);
    }

    @Override
    public void next() {
        steps++;
        here = entries.higherEntry(key());
    }

    @Override
    public void prev() {
        steps++;
        here = entries.lowerEntry(key());
    }

    @Override
    public Slice key() {
        return current().getKey();
    }

    @Override
    public Slice value() {
        values++;
        return current().getValue();
    }

    @Override
    public void close() {
        closes++;
        here = null;
    }

    private Map.Entry<Slice, Slice> current() {
        if (here == null) {
            throw new IllegalStateException("the cursor is at no entry");
        }
        return here;
    }
}
