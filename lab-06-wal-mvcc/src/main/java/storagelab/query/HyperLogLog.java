package storagelab.query;

import com.google.common.hash.Hashing;
import storagelab.api.Slice;
import storagelab.codec.ByteReader;
import storagelab.codec.ByteWriter;
import storagelab.codec.MalformedBytesException;
import storagelab.course.ExercisePart;
import storagelab.course.Solution;

/**
 * Counts the different values of a stream in a few kilobytes, however long the stream is. The answer is an estimate: with the
 * precision p there are m = 2^p registers of one byte, and the standard error is 1.04 / √m.
 *
 * <table>
 * <caption>What a precision costs and gives</caption>
 * <tr><th>p</th><th>bytes</th><th>standard error</th></tr>
 * <tr><td>4</td><td>16</td><td>26 %</td></tr>
 * <tr><td>10</td><td>1,024</td><td>3.3 %</td></tr>
 * <tr><td>12</td><td>4,096</td><td>1.6 %</td></tr>
 * <tr><td>14</td><td>16,384</td><td>0.8 %</td></tr>
 * </table>
 *
 * <p>Two of three estimates are off by at most the standard error, 95 of 100 by at most twice as much.
 *
 * <p>How it counts: a value has a hash of 64 bits, of which the first p choose a register. Of the other bits, half of all hashes
 * begin with 1, a quarter with 01, an eighth with 001. A register keeps the longest run of zeros that it was given: if it is long,
 * the register has seen many different values. A value that comes again has the same hash, and changes nothing.
 *
 * <p>Example, with p = 4:
 *
 * <pre>
 *   value   hash                 register   other bits   rank   estimate
 *   hello   cbd8a7b341bd9b02     c = 12     1011 …       1      1.03
 *   world   71c5790af0fb84ea     7          0001 1100 …  4      2.14
 *   lab     2ab16e850e2c6a4c     2          1010 …       1      3.32
 * </pre>
 *
 * <p>Format: a byte with the version, 1, a byte with the precision, then the registers.
 *
 * <p>Concurrency: one thread. Source: Flajolet, Fusy, Gandouet and Meunier, "HyperLogLog" (2007).
 */
public final class HyperLogLog {
    /** The smallest precision. */
    public static final int PRECISION_MIN = 4;

    /** The greatest precision. */
    public static final int PRECISION_MAX = 18;

    private static final int VERSION = 1;
    private static final double ERROR_OF_ONE_REGISTER = 1.04;

    private final int precision;
    private final byte[] registers;

    /**
     * A counter that has seen nothing.
     *
     * @param precision from {@link #PRECISION_MIN} to {@link #PRECISION_MAX}
     * @throws IllegalArgumentException if it is not in this range
     */
    public HyperLogLog(int precision) {
        this(precision, new byte[1 << checked(precision)]);
    }

    private HyperLogLog(int precision, byte[] registers) {
        this.precision = precision;
        this.registers = registers;
    }

    private static int checked(int precision) {
        if (precision < PRECISION_MIN || precision > PRECISION_MAX) {
            throw new IllegalArgumentException(
                    "a precision of " + precision + ", which is not in " + PRECISION_MIN + " to " + PRECISION_MAX);
        }
        return precision;
    }

    /** The standard error of the estimates, as a part of the true number. */
    public double standardError() {
        return ERROR_OF_ONE_REGISTER / Math.sqrt(registers.length);
    }

    /** Counts a value. */
    public void add(Slice value) {
        addHash(hash(value));
    }

    /** The hash of a value: the first 64 bits of Murmur3 with 128 bits and the seed 0. */
    static long hash(Slice value) {
        return Hashing.murmur3_128().hashBytes(value.asByteBuffer()).asLong();
    }

    /**
     * Counts the value that has this hash. The first p bits of the hash, the highest ones, are the number of a register. The
     * <em>rank</em> of the other 64 − p bits is the place of the first 1 among them, counted from 1; it is 65 − p if all of them are
     * 0. The register keeps the greatest rank that it was given.
     *
     * <p>Example, with p = 4: the hash {@code 71c5790af0fb84ea} has the register 7. Its other bits begin with {@code 0001 1100}, so
     * that its rank is 4. The hash 0 has the register 0 and the rank 61.
     *
     * <p>Cost: O(1).
     */
    @ExercisePart("6.13")
    public void addHash(long hash) {
        int register = (int) (hash >>> (Long.SIZE - precision));
        long others = hash << precision | 1L << (precision - 1); // a 1 after the last of them
        byte rank = (byte) (Long.numberOfLeadingZeros(others) + 1);
        registers[register] = (byte) Math.max(registers[register], rank);
    }

    /**
     * About how many different values were added. With m = 2^p registers, z of which are 0, and the ranks M of all others, it is
     *
     * <pre>
     *                      m²
     *   n = --------------------------------        σ(x) = x + 1·x² + 2·x⁴ + 4·x⁸ + 8·x¹⁶ + …
     *       2 ln 2 · (m·σ(z/m) + Σ 2^-M)
     * </pre>
     *
     * <p>The sum is that of the classic estimate, the harmonic mean of what the registers say. The term with σ is for the registers
     * that have seen nothing: it makes the estimate right for few values, too, where the classic one changes to another formula.
     * σ is summed until a term no longer changes the sum. σ(1) is infinite: if all registers are 0, the estimate is 0.
     *
     * <p>Example, with p = 4: after hello, world and lab, thirteen registers are 0 and the ranks are 1, 4 and 1. The sum is 1/2 +
     * 1/16 + 1/2 = 1.0625, and σ(13/16) = 3.413. So n = 256 / (1.386 · (16 · 3.413 + 1.0625)) = 3.32.
     *
     * <p>Cost: O(2^p). Source: Ertl, "New cardinality estimation algorithms for HyperLogLog sketches" (2017), without its correction for
     * more than 2^60 values.
     */
    @ExercisePart("6.13")
    public double estimate() {
        int zeros = 0;
        double sum = 0;
        for (byte rank : registers) {
            if (rank == 0) {
                zeros++;
            } else {
                sum += Math.scalb(1.0, -rank);
            }
        }
        double size = registers.length;
        return size * size / (2 * Math.log(2) * (size * sigma(zeros / size) + sum));
    }

    @Solution
    private static double sigma(double x) {
        if (x == 1) {
            return Double.POSITIVE_INFINITY;
        }
        double sum = x;
        double weight = 1;
        for (double power = x * x; sum + weight * power != sum; power *= power) {
            sum += weight * power;
            weight *= 2;
        }
        return sum;
    }

    /**
     * Adds all values that {@code other} has seen: each register becomes the greater of the two. Afterwards this counter is the one
     * that has seen all values of both, and {@code other} is as it was. So the parts of a table may be counted by different threads,
     * or on different days.
     *
     * <p>Cost: O(2^p).
     *
     * @throws IllegalArgumentException if it has another precision
     */
    @ExercisePart("6.13")
    public void merge(HyperLogLog other) {
        if (other.precision != precision) {
            throw new IllegalArgumentException(
                    "a counter of the precision " + other.precision + " into one of the precision " + precision);
        }
        for (int i = 0; i < registers.length; i++) {
            registers[i] = (byte) Math.max(registers[i], other.registers[i]);
        }
    }

    /** The counter as bytes. */
    public Slice encode() {
        return new ByteWriter(2 + registers.length)
                .putByte(VERSION)
                .putByte(precision)
                .putBytes(Slice.wrap(registers))
                .toSlice();
    }

    /**
     * The counter of some bytes.
     *
     * @throws IllegalArgumentException if {@link #encode} cannot have returned them
     */
    public static HyperLogLog decode(Slice bytes) {
        ByteReader in = new ByteReader(bytes);
        try {
            int version = in.readByte();
            if (version != VERSION) {
                throw new IllegalArgumentException("a counter of version " + version + ", and not " + VERSION);
            }
            int precision = checked(in.readByte());
            byte[] registers = in.readBytes(1 << precision).toByteArray();
            if (in.remaining() > 0) {
                throw new IllegalArgumentException(in.remaining() + " bytes follow the registers");
            }
            for (byte rank : registers) {
                if (rank < 0 || rank > Long.SIZE - precision + 1) {
                    throw new IllegalArgumentException("no hash has the rank " + rank);
                }
            }
            return new HyperLogLog(precision, registers);
        } catch (MalformedBytesException e) {
            throw new IllegalArgumentException("a counter that is cut short: " + e.getMessage(), e);
        }
    }

    @Override
    public String toString() {
        return "about " + Math.round(estimate()) + " values";
    }
}
