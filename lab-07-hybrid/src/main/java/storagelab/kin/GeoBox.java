package storagelab.kin;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * Points between two latitudes and two longitudes, all four included. A box does not go over the 180th meridian: what does is
 * two boxes.
 *
 * @param south the smallest latitude
 * @param west the smallest longitude
 * @param north the largest latitude
 * @param east the largest longitude
 */
public record GeoBox(double south, double west, double north, double east) {
    private static final long PARTS = 1L << 32; // of the longitudes, and of the latitudes

    /** Checks the order. */
    public GeoBox {
        Place.check(south, west);
        Place.check(north, east);
        if (south > north || west > east) {
            throw new IllegalArgumentException("a box from " + south + ", " + west + " to " + north + ", " + east
                    + ": south is below north, west below east");
        }
    }

    /** Whether a point is in it. */
    public boolean contains(double latitude, double longitude) {
        return south <= latitude && latitude <= north && west <= longitude && longitude <= east;
    }

    /** One or two boxes with every point that is at most {@code meters} from another point. */
    static List<GeoBox> around(double latitude, double longitude, double meters) {
        double reach = Place.degrees(meters) * (1 + 1e-9) + 1e-9; // more than rounding can take off
        double south = latitude - reach;
        double north = latitude + reach;
        if (south <= -90 || north >= 90) { // a pole is in it, and every meridian ends there
            return List.of(new GeoBox(Math.max(-90, south), -180, Math.min(90, north), 180));
        }
        double aside = Math.toDegrees(
                        Math.asin(Math.min(1, Math.sin(Math.toRadians(reach)) / Math.cos(Math.toRadians(latitude)))))
                + 1e-9;
        double west = longitude - aside;
        double east = longitude + aside;
        if (west < -180) {
            return List.of(new GeoBox(south, west + 360, north, 180), new GeoBox(south, -180, north, east));
        }
        if (east > 180) {
            return List.of(new GeoBox(south, west, north, 180), new GeoBox(south, -180, north, east - 360));
        }
        return List.of(new GeoBox(south, west, north, east));
    }

    /**
     * The number of the cell of a point: 32 bits say in which of 2^32 equal parts of the world its longitude is, 32 bits where
     * its latitude is, and they alternate, the highest bit of the longitude first. So the first two bits say in which quarter
     * of the world it is, the next two in which quarter of that, and so on.
     */
    static long cell(double latitude, double longitude) {
        return spread(longitudePart(longitude)) << 1 | spread(latitudePart(latitude));
    }

    private static long longitudePart(double longitude) {
        return Math.min((long) ((longitude + 180) / 360 * PARTS), PARTS - 1);
    }

    private static long latitudePart(double latitude) {
        return Math.min((long) ((latitude + 90) / 180 * PARTS), PARTS - 1);
    }

    /** Puts a zero before each of the 32 bits. */
    private static long spread(long bits) {
        long spread = bits;
        spread = (spread | spread << 16) & 0x0000ffff0000ffffL;
        spread = (spread | spread << 8) & 0x00ff00ff00ff00ffL;
        spread = (spread | spread << 4) & 0x0f0f0f0f0f0f0f0fL;
        spread = (spread | spread << 2) & 0x3333333333333333L;
        return (spread | spread << 1) & 0x5555555555555555L;
    }

    /**
     * Numbers of cells that follow each other.
     *
     * @param first as unsigned
     * @param last as unsigned, included
     */
    record Cells(long first, long last) {}

    /** Parts of the world from a longitude and a latitude on, with this many of each: the cells that begin with the same bits. */
    private record Square(long west, long south, long size) {
        Cells cells() {
            long first = spread(west) << 1 | spread(south);
            return new Cells(first, first + size * size - 1); // the world has 2^64 cells, and its last is -1
        }

        List<Square> quarters() {
            long half = size / 2;
            return List.of(
                    new Square(west, south, half),
                    new Square(west, south + half, half),
                    new Square(west + half, south, half),
                    new Square(west + half, south + half, half));
        }
    }

    /** The parts of the world that a box lies in; a point of the box is in one of them, however its degrees are rounded. */
    private record Parts(long west, long south, long east, long north) {
        boolean contains(Square square) {
            return west <= square.west
                    && square.west + square.size - 1 <= east
                    && south <= square.south
                    && square.south + square.size - 1 <= north;
        }

        boolean overlaps(Square square) {
            return west <= square.west + square.size - 1
                    && square.west <= east
                    && south <= square.south + square.size - 1
                    && square.south <= north;
        }
    }

    /**
     * Ranges of cells that have every point of the box, and as little else as about {@code most} ranges can: the largest square
     * that is not all inside is cut into quarters, and quarters without a point of the box are left out.
     */
    List<Cells> cover(int most) {
        Parts parts = new Parts(longitudePart(west), latitudePart(south), longitudePart(east), latitudePart(north));
        List<Cells> whole = new ArrayList<>();
        PriorityQueue<Square> partly =
                new PriorityQueue<>(Comparator.comparingLong(Square::size).reversed());
        partly.add(new Square(0, 0, PARTS));
        while (!partly.isEmpty() && whole.size() + partly.size() < most) {
            for (Square quarter : partly.remove().quarters()) {
                if (parts.contains(quarter)) {
                    whole.add(quarter.cells());
                } else if (parts.overlaps(quarter)) {
                    partly.add(quarter);
                }
            }
        }
        partly.forEach(square -> whole.add(square.cells()));
        return joined(whole);
    }

    /** Ranges in their order, neighbours as one. */
    private static List<Cells> joined(List<Cells> ranges) {
        ranges.sort((a, b) -> Long.compareUnsigned(a.first, b.first));
        List<Cells> joined = new ArrayList<>();
        for (Cells range : ranges) {
            int last = joined.size() - 1;
            if (last >= 0 && joined.get(last).last + 1 == range.first) {
                joined.set(last, new Cells(joined.get(last).first, range.last));
            } else {
                joined.add(range);
            }
        }
        return joined;
    }
}
