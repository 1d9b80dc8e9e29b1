package storagelab.kin;

import java.util.List;
import storagelab.api.Slice;
import storagelab.codec.ByteReader;
import storagelab.codec.ByteWriter;

/**
 * What is left of the points of one window when the points themselves have been dropped.
 *
 * @param start of the window, in milliseconds
 * @param count how many points there are
 * @param min the smallest value
 * @param max the largest value
 * @param sum of all values
 */
public record WindowSummary(long start, long count, double min, double max, double sum) {
    private static final int BYTES = 1 + 3 * Double.BYTES;

    /** The mean of all values. */
    public double mean() {
        return sum / count;
    }

    /** The summary of points, of which there must be one. */
    static WindowSummary of(long start, List<Point> points) {
        double min = Double.POSITIVE_INFINITY;
        double max = Double.NEGATIVE_INFINITY;
        double sum = 0;
        for (Point point : points) {
            min = Math.min(min, point.value());
            max = Math.max(max, point.value());
            sum += point.value();
        }
        return new WindowSummary(start, points.size(), min, max, sum);
    }

    /** The count as a varint, then smallest value, largest value and sum in eight bytes each, lowest first. */
    Slice encode() {
        return new ByteWriter(BYTES)
                .putVarint64(count)
                .putFixed64(Double.doubleToRawLongBits(min))
                .putFixed64(Double.doubleToRawLongBits(max))
                .putFixed64(Double.doubleToRawLongBits(sum))
                .toSlice();
    }

    /** The inverse of {@link #encode}. */
    static WindowSummary decode(long start, Slice bytes) {
        ByteReader in = new ByteReader(bytes);
        return new WindowSummary(
                start,
                in.readVarint64(),
                Double.longBitsToDouble(in.readFixed64()),
                Double.longBitsToDouble(in.readFixed64()),
                Double.longBitsToDouble(in.readFixed64()));
    }
}
