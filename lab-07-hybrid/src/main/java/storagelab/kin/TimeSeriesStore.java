package storagelab.kin;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import storagelab.api.Cursor;
import storagelab.api.Durability;
import storagelab.api.KeyRange;
import storagelab.api.Slice;
import storagelab.api.Snapshot;
import storagelab.api.SnapshotStore;
import storagelab.api.WriteBatch;
import storagelab.codec.ByteReader;
import storagelab.codec.ByteWriter;

/**
 * Points in time of many series: few bits a point, a summary of each window, and old windows that are dropped.
 *
 * <p>Time is divided into windows of equal width. A point arrives as an entry of its own. When its window is over, {@link
 * #seal} puts all points of the window into one {@link PointBlock}, next to a {@link WindowSummary}. {@link #dropBefore}
 * deletes the blocks of old windows; the summaries stay.
 *
 * <p>Format, for a series and a time as {@link KeyBytes} writes them:
 *
 * <table>
 * <caption>The entries</caption>
 * <tr><th>key</th><th>value</th></tr>
 * <tr><td>{@code r}, series, time</td><td>a point that is in no block: the bits of its value, eight bytes, lowest first</td></tr>
 * <tr><td>{@code b}, series, beginning of a window</td><td>the block of the window</td></tr>
 * <tr><td>{@code d}, series, beginning of a window</td><td>the summary of the window</td></tr>
 * <tr><td>{@code w}</td><td>the width of a window, and the time before which there are no points; two varints</td></tr>
 * </table>
 *
 * <p>Invariants:
 *
 * <ol>
 *   <li>A point is in its block, or an entry of its own that is newer. Sealing a window is one batch: it puts block and
 *       summary, and deletes the entries. A crash leaves all of that or nothing, so that no point is lost or counted twice.
 *   <li>The summary of a window is that of its block. Points of a sealed window that come late are merged into both by the next
 *       seal.
 *   <li>Points before the time in {@code w} do not exist for readers, whether their blocks have been deleted or not. So that
 *       time is one write, and the deletions, of any number, need not be atomic.
 * </ol>
 *
 * <p>Concurrency: safe for many threads. There must be one object over a store, which nothing else writes to.
 */
public final class TimeSeriesStore {
    private static final char RAW = 'r';
    private static final char BLOCK = 'b';
    private static final char SUMMARY = 'd';
    private static final Slice SETTINGS = KeyBytes.of('w').toSlice();
    private static final int DELETIONS_MAX = 1000; // in a batch

    private final SnapshotStore store;
    private final long windowMillis;

    /**
     * Series in {@code store}.
     *
     * @param windowMillis the width of a window
     * @throws IllegalArgumentException if it is not positive, or another one than before
     */
    public TimeSeriesStore(SnapshotStore store, long windowMillis) {
        if (windowMillis < 1 || windowMillis > Point.TIME_MAX) {
            throw new IllegalArgumentException("a window of " + windowMillis + " ms");
        }
        this.store = store;
        this.windowMillis = windowMillis;
        Optional<Slice> settings = store.get(SETTINGS);
        if (settings.isEmpty()) {
            writeSettings(0);
        } else {
            long before = new ByteReader(settings.get()).readVarint64();
            if (before != windowMillis) {
                throw new IllegalArgumentException("windows of " + windowMillis + " ms, which have had " + before);
            }
        }
    }

    /**
     * Adds points in one batch, in any order. A point at the time of another one replaces it.
     *
     * <p>Cost: one entry a point; nothing is read but the settings.
     *
     * @throws IllegalArgumentException if one is before the time at which {@link #dropBefore} was called; none is added then
     */
    public synchronized void append(String series, List<Point> points, Durability durability) {
        long first = horizon(store.get(SETTINGS));
        WriteBatch batch = new WriteBatch();
        for (Point point : points) {
            if (point.time() < first) {
                throw new IllegalArgumentException(point + " before " + first + ", where points have been dropped");
            }
            Slice value = new ByteWriter(Long.BYTES)
                    .putFixed64(Double.doubleToRawLongBits(point.value()))
                    .toSlice();
            batch.put(key(RAW, series, point.time()), value);
        }
        store.write(batch, durability);
    }

    /** The points with times in {@code [from, to)}, in their order. Cost: the blocks that overlap, and the points in no block. */
    public List<Point> points(String series, long from, long to) {
        TreeMap<Long, Double> found = new TreeMap<>();
        try (Snapshot now = store.snapshot()) {
            long first = Math.max(from, horizon(now.get(SETTINGS)));
            if (first >= to) {
                return List.of();
            }
            try (Cursor blocks = now.cursor(range(BLOCK, series, window(first), to))) {
                for (blocks.seekToFirst(); blocks.isValid(); blocks.next()) {
                    PointBlock.decode(blocks.value()).forEach(point -> found.put(point.time(), point.value()));
                }
            }
            try (Cursor raw = now.cursor(range(RAW, series, first, to))) {
                for (raw.seekToFirst(); raw.isValid(); raw.next()) {
                    found.put(numberOf(raw.key()), value(raw.value()));
                }
            }
            return found.subMap(first, to).entrySet().stream()
                    .map(point -> new Point(point.getKey(), point.getValue()))
                    .toList();
        }
    }

    /** The summaries of the sealed windows that begin in {@code [from, to)}. Cost: one entry a window. */
    public List<WindowSummary> summaries(String series, long from, long to) {
        List<WindowSummary> found = new ArrayList<>();
        if (from < to) {
            try (Cursor cursor = store.cursor(range(SUMMARY, series, from, to))) {
                for (cursor.seekToFirst(); cursor.isValid(); cursor.next()) {
                    found.add(WindowSummary.decode(numberOf(cursor.key()), cursor.value()));
                }
            }
        }
        return found;
    }

    /**
     * Seals every window that ends at {@code time} or before and has points in no block.
     *
     * <p>Cost: for each window one batch, and its points once more; series after series, nothing of the windows that are open but
     * their first point.
     *
     * @return how many windows were sealed
     */
    public synchronized int seal(long time) {
        int sealed = 0;
        try (Cursor raw = store.cursor(KeyRange.prefix(KeyBytes.of(RAW).toSlice()))) {
            raw.seekToFirst();
            while (raw.isValid()) {
                Slice series = seriesOf(raw.key());
                long start = window(numberOf(raw.key()));
                if (start + windowMillis > time) {
                    raw.seek(keyOf(RAW, series, Long.MAX_VALUE)); // the next series
                } else {
                    sealWindow(series, start, raw);
                    sealed++;
                }
            }
        }
        return sealed;
    }

    /** Seals a window, and leaves the cursor after its points. */
    private void sealWindow(Slice series, long start, Cursor raw) {
        TreeMap<Long, Double> points = new TreeMap<>();
        store.get(keyOf(BLOCK, series, start))
                .ifPresent(block -> PointBlock.decode(block).forEach(point -> points.put(point.time(), point.value())));
        WriteBatch batch = new WriteBatch();
        while (raw.isValid() && seriesOf(raw.key()).equals(series) && numberOf(raw.key()) < start + windowMillis) {
            points.put(numberOf(raw.key()), value(raw.value()));
            batch.delete(raw.key());
            raw.next();
        }
        List<Point> all = points.entrySet().stream()
                .map(point -> new Point(point.getKey(), point.getValue()))
                .toList();
        batch.put(keyOf(BLOCK, series, start), PointBlock.encode(all));
        batch.put(keyOf(SUMMARY, series, start), WindowSummary.of(start, all).encode());
        store.write(batch, Durability.BUFFERED);
    }

    /**
     * Drops the points of every window that ends at {@code time} or before. Their summaries stay.
     *
     * <p>Windows that are not sealed are sealed first, so that they have summaries. Then one SYNCED write says from when on
     * there are points; then the blocks are deleted. Blocks that a crash leaves are deleted by the next call.
     *
     * @return how many blocks were deleted
     */
    public synchronized int dropBefore(long time) {
        if (time < 0 || time > Point.TIME_MAX) {
            throw new IllegalArgumentException("drop what is before " + time);
        }
        int unused = seal(time);
        writeSettings(Math.max(window(time), horizon(store.get(SETTINGS))));
        int dropped = 0;
        WriteBatch batch = new WriteBatch();
        try (Cursor blocks = store.cursor(KeyRange.prefix(KeyBytes.of(BLOCK).toSlice()))) {
            blocks.seekToFirst();
            while (blocks.isValid()) {
                if (numberOf(blocks.key()) + windowMillis > time) {
                    blocks.seek(keyOf(BLOCK, seriesOf(blocks.key()), Long.MAX_VALUE));
                    continue;
                }
                batch.delete(blocks.key());
                dropped++;
                blocks.next();
                if (batch.operations().size() == DELETIONS_MAX) {
                    store.write(batch, Durability.BUFFERED);
                    batch = new WriteBatch();
                }
            }
        }
        store.write(batch, Durability.BUFFERED);
        return dropped;
    }

    private void writeSettings(long firstTime) {
        Slice settings = new ByteWriter(2 * Long.BYTES)
                .putVarint64(windowMillis)
                .putVarint64(firstTime)
                .toSlice();
        store.write(new WriteBatch().put(SETTINGS, settings), Durability.SYNCED);
    }

    private static long horizon(Optional<Slice> settings) {
        ByteReader in = new ByteReader(settings.orElseThrow());
        long unused = in.readVarint64();
        return in.readVarint64();
    }

    private long window(long time) {
        return time - Math.floorMod(time, windowMillis);
    }

    private static KeyRange range(char kind, String series, long from, long to) {
        return KeyRange.of(key(kind, series, from), key(kind, series, to));
    }

    private static Slice key(char kind, String series, long time) {
        return KeyBytes.of(kind).text(series).number(time).toSlice();
    }

    /** The key of another kind or time, for the bytes of a series in a key. */
    private static Slice keyOf(char kind, Slice series, long time) {
        return new ByteWriter(1 + series.length() + Long.BYTES)
                .putByte(kind)
                .putBytes(series)
                .putBytes(KeyBytes.of(kind).number(time).toSlice().subSlice(1, 1 + Long.BYTES))
                .toSlice();
    }

    private static Slice seriesOf(Slice key) {
        return key.subSlice(1, key.length() - Long.BYTES);
    }

    private static long numberOf(Slice key) {
        return KeyBytes.numberAt(key, key.length() - Long.BYTES);
    }

    private static double value(Slice value) {
        return Double.longBitsToDouble(new ByteReader(value).readFixed64());
    }
}
