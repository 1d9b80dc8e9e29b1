package storagelab.grader.hidden.lab06;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.closeTo;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static storagelab.grader.hidden.kit.Checks.assertEquals;
import static storagelab.testkit.ByteMatchers.sameBytesAs;

import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.api.Slice;
import storagelab.grader.hidden.kit.Growth;
import storagelab.query.HyperLogLog;
import storagelab.testkit.Seeds;

/** Exercise 6.13: counting different values. */
@Tag("6.13")
class HyperLogLogHiddenTest {
    private static final int HEAD_BYTES = 2;
    private static final BigInteger UNSIGNED = BigInteger.ONE.shiftLeft(Long.SIZE);

    @Test
    @DisplayName("the first bits of a hash choose the register, the place of the first 1 after them is the rank")
    void registersAndRanks() {
        for (int precision : new int[] {HyperLogLog.PRECISION_MIN, 7, 12, HyperLogLog.PRECISION_MAX}) {
            for (int place = 0; place <= Long.SIZE; place++) {
                long hash = place == Long.SIZE ? 0 : 1L << place;
                HyperLogLog counter = new HyperLogLog(precision);
                counter.addHash(hash);
                checkRegisters("after the hash " + hex(hash), counter, precision, hash);
            }
        }
    }

    @Test
    @DisplayName("a register keeps the greatest rank, whatever comes after it")
    void greatestRank() {
        Seeds.check(100, random -> {
            int precision = 4 + random.nextInt(5);
            HyperLogLog counter = new HyperLogLog(precision);
            long[] hashes = hashes(random, 1 + random.nextInt(200));
            for (long hash : hashes) {
                counter.addHash(hash);
            }
            checkRegisters("after " + hashes.length + " hashes", counter, precision, hashes);
        });
    }

    @Test
    @DisplayName("the estimate is that of the formula, from no register used to all of them used often")
    void formula() {
        Seeds.check(200, random -> {
            int precision = 4 + random.nextInt(7);
            int used = random.nextInt(1 + (1 << precision));
            byte[] bytes = new byte[HEAD_BYTES + (1 << precision)];
            bytes[0] = 1;
            bytes[1] = (byte) precision;
            for (int i = 0; i < used; i++) {
                bytes[HEAD_BYTES + i] = (byte) (1 + random.nextInt(random.nextBoolean() ? 4 : 65 - precision));
            }
            double expected = formula(bytes);
            assertThat(
                    "the estimate of " + (1 << precision) + " registers, of which " + used + " are not 0",
                    HyperLogLog.decode(Slice.wrap(bytes)).estimate(),
                    closeTo(expected, 1e-9 * expected));
        });
    }

    @Test
    @DisplayName("a counter that has seen nothing estimates 0")
    void nothing() {
        assertThat("the estimate of nothing", new HyperLogLog(4).estimate(), closeTo(0, 0));
    }

    @Test
    @DisplayName("a merged counter has the greater of each two registers, and the other counter stays as it was")
    void merge() {
        Seeds.check(100, random -> {
            int precision = 4 + random.nextInt(6);
            HyperLogLog one = new HyperLogLog(precision);
            HyperLogLog other = new HyperLogLog(precision);
            long[] ofOne = hashes(random, random.nextInt(300));
            long[] ofOther = hashes(random, random.nextInt(300));
            long[] all = new long[ofOne.length + ofOther.length];
            System.arraycopy(ofOne, 0, all, 0, ofOne.length);
            System.arraycopy(ofOther, 0, all, ofOne.length, ofOther.length);
            for (long hash : ofOne) {
                one.addHash(hash);
            }
            for (long hash : ofOther) {
                other.addHash(hash);
            }
            one.merge(other);
            checkRegisters("the counter after the merge", one, precision, all);
            checkRegisters("the counter that was merged into another", other, precision, ofOther);
            one.addHash(random.nextLong());
            checkRegisters("the counter that was merged, after the other one counted on", other, precision, ofOther);
        });
    }

    @Test
    @DisplayName("counters of different precisions are not merged")
    void otherPrecision() {
        for (int precision : new int[] {5, 7}) {
            HyperLogLog six = new HyperLogLog(6);
            HyperLogLog other = new HyperLogLog(precision);
            other.addHash(7);
            assertThrows(
                    IllegalArgumentException.class,
                    () -> six.merge(other),
                    "a counter of the precision " + precision + " into one of the precision 6");
            checkRegisters("the counter that refused to be merged", six, 6);
        }
    }

    @Test
    @DisplayName("counting a hash does not look at all registers")
    void constantTime() {
        Growth.check("counting a hash", "registers", new Growth.Sizes(1 << 4, 1 << 18), registers -> {
            HyperLogLog counter = new HyperLogLog(Integer.numberOfTrailingZeros(registers));
            return () -> {
                Random random = new Random(1);
                for (int i = 0; i < 500; i++) {
                    counter.addHash(random.nextLong());
                }
            };
        });
    }

    private static void checkRegisters(String what, HyperLogLog counter, int precision, long... hashes) {
        byte[] expected = new byte[HEAD_BYTES + (1 << precision)];
        expected[0] = 1;
        expected[1] = (byte) precision;
        for (long hash : hashes) {
            String bits = BigInteger.valueOf(hash).add(UNSIGNED).mod(UNSIGNED).toString(2);
            bits = "0".repeat(Long.SIZE - bits.length()) + bits;
            int register = HEAD_BYTES + Integer.parseInt(bits.substring(0, precision), 2);
            int first = bits.indexOf('1', precision);
            int rank = first < 0 ? Long.SIZE - precision + 1 : first - precision + 1;
            expected[register] = (byte) Math.max(expected[register], rank);
        }
        assertThat(
                what + ", the registers of a counter of the precision " + precision,
                counter.encode().toByteArray(),
                sameBytesAs(expected));
        assertEquals(1L << precision, counter.encode().length() - HEAD_BYTES, "registers");
    }

    private static double formula(byte[] bytes) {
        double size = bytes.length - HEAD_BYTES;
        double zeros = 0;
        double sum = 0;
        for (int i = HEAD_BYTES; i < bytes.length; i++) {
            zeros += bytes[i] == 0 ? 1 : 0;
            sum += bytes[i] == 0 ? 0 : Math.pow(2, -bytes[i]);
        }
        if (zeros == size) {
            return 0;
        }
        double sigma = zeros / size;
        for (int term = 0; term < 40; term++) {
            sigma += Math.pow(2, term) * Math.pow(zeros / size, Math.pow(2, term + 1.0));
        }
        return size * size / (2 * Math.log(2) * (size * sigma + sum));
    }

    private static long[] hashes(Random random, int count) {
        long[] hashes = new long[count];
        for (int i = 0; i < count; i++) {
            hashes[i] = random.nextLong() >>> random.nextInt(random.nextBoolean() ? 1 : Long.SIZE);
        }
        return hashes;
    }

    private static String hex(long hash) {
        return "%016x".formatted(hash);
    }
}
