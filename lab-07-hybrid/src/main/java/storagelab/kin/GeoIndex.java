package storagelab.kin;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
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
 * Places that are found by where they are: in a box, near a point, nearest to a point.
 *
 * <p>A store has one order, and the earth has two directions. The number of a place's cell ({@link GeoBox#cell}) makes one of
 * two: it is the address of a square within a square within a square. Places with numbers that begin alike are in the same
 * square, and a square is a range of numbers. A box is covered by a few squares; each is one range of keys.
 *
 * <p>Format, for a number as {@link KeyBytes} writes it:
 *
 * <table>
 * <caption>The entries</caption>
 * <tr><th>key</th><th>value</th></tr>
 * <tr><td>{@code g}, the cell in eight bytes, the highest first, the id</td><td>latitude and longitude as doubles, in eight bytes each, lowest
 *     first; the name in UTF-8</td></tr>
 * <tr><td>{@code i}, id</td><td>the key of the place</td></tr>
 * </table>
 *
 * <p>Invariants: both entries of a place are written in one batch, which deletes its old ones. So a place that moves is, after
 * a crash, where it was or where it is, and not at both or none.
 *
 * <p>Concurrency: safe for many threads. There must be one object over a store, which nothing else writes to.
 */
public final class GeoIndex {
    private static final char PLACE = 'g';
    private static final char ID = 'i';
    private static final int RANGES_MAX = 16; // of a query
    private static final double FIRST_METERS = 1_000;
    private static final double FARTHEST_METERS = 20_100_000; // more than half of the way around

    private final SnapshotStore store;
    private final int rangesMax;

    /** Places in {@code store}. */
    public GeoIndex(SnapshotStore store) {
        this(store, RANGES_MAX);
    }

    /** Places in {@code store}, in which a box is read as about {@code rangesMax} ranges. */
    public GeoIndex(SnapshotStore store, int rangesMax) {
        if (rangesMax < 1) {
            throw new IllegalArgumentException("a box as " + rangesMax + " ranges");
        }
        this.store = store;
        this.rangesMax = rangesMax;
    }

    /** Stores places in one batch, each instead of one with its id. */
    public synchronized void put(List<Place> places, Durability durability) {
        WriteBatch batch = new WriteBatch();
        for (Place place : places) {
            store.get(idKey(place.id())).ifPresent(batch::delete);
            Slice key = KeyBytes.of(PLACE)
                    .unsigned(GeoBox.cell(place.latitude(), place.longitude()))
                    .number(place.id())
                    .toSlice();
            Slice value = new ByteWriter(64)
                    .putFixed64(Double.doubleToRawLongBits(place.latitude()))
                    .putFixed64(Double.doubleToRawLongBits(place.longitude()))
                    .putBytes(KeyBytes.utf8(place.name()))
                    .toSlice();
            batch.put(key, value).put(idKey(place.id()), key);
        }
        store.write(batch, durability);
    }

    /** Removes a place; returns whether there was one. */
    public synchronized boolean remove(long id, Durability durability) {
        Optional<Slice> key = store.get(idKey(id));
        key.ifPresent(found -> store.write(new WriteBatch().delete(found).delete(idKey(id)), durability));
        return key.isPresent();
    }

    /**
     * The places in a box, in the order of their cells.
     *
     * <p>Cost: a seek for each range, and the places in the squares that cover the box; those that are not in the box
     * themselves are left out.
     */
    public List<Place> within(GeoBox box) {
        try (Snapshot now = store.snapshot()) {
            return within(now, box);
        }
    }

    private List<Place> within(Snapshot now, GeoBox box) {
        List<Place> found = new ArrayList<>();
        try (Cursor cursor = now.cursor(KeyRange.prefix(KeyBytes.of(PLACE).toSlice()))) {
            for (GeoBox.Cells cells : box.cover(rangesMax)) {
                cursor.seek(KeyBytes.of(PLACE).unsigned(cells.first()).toSlice());
                while (cursor.isValid() && Long.compareUnsigned(cursor.key().wordAt(1), cells.last()) <= 0) {
                    Place place = decode(cursor.key(), cursor.value());
                    if (box.contains(place.latitude(), place.longitude())) {
                        found.add(place);
                    }
                    cursor.next();
                }
            }
        }
        return found;
    }

    /**
     * The places that are at most {@code meters} from a point, the nearest first. Cost: as {@link #within} of a box around the
     * circle.
     */
    public List<Place> near(double latitude, double longitude, double meters) {
        Place.check(latitude, longitude);
        try (Snapshot now = store.snapshot()) {
            return near(now, latitude, longitude, meters);
        }
    }

    private List<Place> near(Snapshot now, double latitude, double longitude, double meters) {
        List<Place> found = new ArrayList<>();
        for (GeoBox box : GeoBox.around(latitude, longitude, meters)) {
            found.addAll(within(now, box));
        }
        found.removeIf(place -> place.metersFrom(latitude, longitude) > meters);
        found.sort(Comparator.comparingDouble((Place place) -> place.metersFrom(latitude, longitude))
                .thenComparingLong(Place::id));
        return found;
    }

    /**
     * The {@code count} places that are nearest to a point, the nearest first; fewer if there are not that many.
     *
     * <p>Cost: circles of one kilometer, two, four, and so on, until one has enough places; what is outside of it is farther
     * than what is inside.
     */
    public List<Place> nearest(double latitude, double longitude, int count) {
        Place.check(latitude, longitude);
        try (Snapshot now = store.snapshot()) {
            double meters = FIRST_METERS;
            List<Place> found = near(now, latitude, longitude, meters);
            while (found.size() < count && meters < FARTHEST_METERS) {
                meters *= 2;
                found = near(now, latitude, longitude, meters);
            }
            return List.copyOf(found.subList(0, Math.min(count, found.size())));
        }
    }

    private static Place decode(Slice key, Slice value) {
        ByteReader in = new ByteReader(value);
        double latitude = Double.longBitsToDouble(in.readFixed64());
        double longitude = Double.longBitsToDouble(in.readFixed64());
        String name = in.readBytes(in.remaining()).toUtf8();
        return new Place(KeyBytes.numberAt(key, 1 + Long.BYTES), name, latitude, longitude);
    }

    private static Slice idKey(long id) {
        return KeyBytes.of(ID).number(id).toSlice();
    }
}
