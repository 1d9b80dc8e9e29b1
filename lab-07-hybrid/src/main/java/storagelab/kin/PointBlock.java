package storagelab.kin;

import java.util.ArrayList;
import java.util.List;
import storagelab.api.Slice;
import storagelab.codec.ByteReader;
import storagelab.codec.ByteWriter;
import storagelab.codec.MalformedBytesException;

/**
 * Points in few bits, as the paper on Gorilla (Pelkonen and others, 2015) describes it: times that come regularly take one bit, and
 * so does a value that repeats.
 *
 * <p>Format: the number of points as a varint; the time of the first in 64 bits, and the bits of its value; then for each point:
 *
 * <ol>
 *   <li>Its time. The difference of the last two times is expected to come again; written is by how much it does not:
 *       <table>
 *       <caption>The difference from what was expected</caption>
 *       <tr><th>difference</th><th>bits</th></tr>
 *       <tr><td>0</td><td>{@code 0}</td></tr>
 *       <tr><td>−64 to 63</td><td>{@code 10}, 7 bits</td></tr>
 *       <tr><td>−256 to 255</td><td>{@code 110}, 9 bits</td></tr>
 *       <tr><td>−2048 to 2047</td><td>{@code 1110}, 12 bits</td></tr>
 *       <tr><td>any other</td><td>{@code 1111}, 64 bits</td></tr>
 *       </table>
 *   <li>Its value. The bits of the last value and of this one, combined by XOR, are zeros in front and at the end, if the
 *       values are alike. If all are zeros: {@code 0}. If all bits that are set lie where those of the last such number were:
 *       {@code 10}, and the bits at these places. Otherwise {@code 11}, the number of zeros in front in 5 bits (31 if there are
 *       more), the number of bits that follow less 1 in 6 bits, and these bits.
 * </ol>
 *
 * <p>Cost: O(points), to encode as to decode. There is no way to one point but through those before it.
 */
final class PointBlock {
    private static final int[] WIDTHS = {7, 9, 12}; // of differences, from the shortest prefix on
    private static final int LEADING_BITS = 5;
    private static final int LEADING_MAX = (1 << LEADING_BITS) - 1;
    private static final int LENGTH_BITS = 6;

    private PointBlock() {}

    /** Encodes points, which must be in the order of their times. */
    static Slice encode(List<Point> points) {
        ByteWriter bytes = new ByteWriter(32 + 2 * points.size());
        bytes.putVarint32(points.size());
        BitWriter out = new BitWriter(bytes);
        ValueWindow window = new ValueWindow();
        long time = 0;
        long step = 0;
        long value = 0;
        for (int i = 0; i < points.size(); i++) {
            Point point = points.get(i);
            long bits = Double.doubleToRawLongBits(point.value());
            if (i == 0) {
                out.put(point.time(), Long.SIZE).put(bits, Long.SIZE);
            } else {
                if (point.time() <= time) {
                    throw new IllegalArgumentException(point + " after the time " + time);
                }
                putDifference(out, point.time() - time - step);
                window.put(out, bits ^ value);
                step = point.time() - time;
            }
            time = point.time();
            value = bits;
        }
        return out.finish();
    }

    /** The points of a block. */
    static List<Point> decode(Slice block) {
        ByteReader bytes = new ByteReader(block);
        int count = bytes.readVarint32();
        if (count < 0 || count / Integer.SIZE > block.length()) { // a point has two bits at least
            throw new MalformedBytesException(count + " points in a block of " + block.length() + " bytes");
        }
        BitReader in = new BitReader(bytes);
        ValueWindow window = new ValueWindow();
        List<Point> points = new ArrayList<>(count);
        long time = 0;
        long step = 0;
        long value = 0;
        for (int i = 0; i < count; i++) {
            if (i == 0) {
                time = in.read(Long.SIZE);
                value = in.read(Long.SIZE);
            } else {
                step += readDifference(in);
                time += step;
                value ^= window.read(in);
            }
            points.add(new Point(time, Double.longBitsToDouble(value)));
        }
        return points;
    }

    private static void putDifference(BitWriter out, long difference) {
        if (difference == 0) {
            out.put(0, 1);
            return;
        }
        for (int i = 0; i < WIDTHS.length; i++) {
            long limit = 1L << (WIDTHS[i] - 1);
            if (difference >= -limit && difference < limit) {
                out.put((1 << (i + 2)) - 2, i + 2).put(difference, WIDTHS[i]); // i + 1 ones and a zero
                return;
            }
        }
        out.put(0b1111, 4).put(difference, Long.SIZE);
    }

    private static long readDifference(BitReader in) {
        if (in.read(1) == 0) {
            return 0;
        }
        for (int width : WIDTHS) {
            if (in.read(1) == 0) {
                return in.readSigned(width);
            }
        }
        return in.read(Long.SIZE);
    }

    /** The places of the bits that were set in the last XOR of two values which differ. */
    private static final class ValueWindow {
        private int leading;
        private int length; // 0 before the first

        void put(BitWriter out, long xor) {
            if (xor == 0) {
                out.put(0, 1);
                return;
            }
            int zerosBefore = Math.min(LEADING_MAX, Long.numberOfLeadingZeros(xor));
            int zerosAfter = Long.numberOfTrailingZeros(xor);
            if (length > 0 && zerosBefore >= leading && zerosAfter >= Long.SIZE - leading - length) {
                out.put(0b10, 2);
            } else {
                leading = zerosBefore;
                length = Long.SIZE - zerosBefore - zerosAfter;
                out.put(0b11, 2).put(leading, LEADING_BITS).put(length - 1, LENGTH_BITS);
            }
            out.put(xor >>> (Long.SIZE - leading - length), length);
        }

        long read(BitReader in) {
            if (in.read(1) == 0) {
                return 0;
            }
            if (in.read(1) == 1) {
                leading = (int) in.read(LEADING_BITS);
                length = (int) in.read(LENGTH_BITS) + 1;
            }
            if (length == 0 || leading + length > Long.SIZE) {
                throw new MalformedBytesException("a value of " + length + " bits after " + leading + " zeros");
            }
            return in.read(length) << (Long.SIZE - leading - length);
        }
    }
}
