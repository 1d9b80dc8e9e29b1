package storagelab.query;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.closeTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.api.Slice;
import storagelab.testkit.Seeds;

@Tag("6.13")
class HyperLogLogTest {
    @Test
    @DisplayName("the registers, estimates and bytes of the example")
    void example() {
        HyperLogLog counter = new HyperLogLog(4);
        assertThat("nothing", counter.estimate(), is(0.0));
        counter.add(Slice.utf8("hello"));
        assertThat("one", counter.estimate(), closeTo(1.03, 0.005));
        counter.add(Slice.utf8("world"));
        assertThat("two", counter.estimate(), closeTo(2.14, 0.005));
        counter.add(Slice.utf8("lab"));
        assertThat("three", counter.estimate(), closeTo(3.32, 0.005));
        assertThat(counter.encode().toString(), is("0x0104" + "00000100000000040000000001000000"));
    }

    @Test
    @DisplayName("the ranks of all bits 0 and all bits 1")
    void ranks() {
        HyperLogLog counter = new HyperLogLog(4);
        counter.addHash(0);
        counter.addHash(-1);
        assertThat("no 1 among 60 bits: rank 61", counter.encode().byteAt(2), is((byte) 61));
        assertThat("a 1 in front: rank 1", counter.encode().byteAt(17), is((byte) 1));
    }

    @Test
    @DisplayName("estimates are as good as the standard error says, for few values and for many")
    void error() {
        for (int count : new int[] {1, 30, 1_000, 5_000, 12_000, 100_000}) {
            double[] squares = {0};
            int rounds = 100;
            Seeds.check(rounds, random -> {
                HyperLogLog counter = new HyperLogLog(10);
                for (int i = 0; i < count; i++) {
                    counter.addHash(random.nextLong());
                }
                double error = (counter.estimate() - count) / count;
                assertThat("error for " + count, Math.abs(error), lessThan(6 * counter.standardError()));
                squares[0] += error * error;
            });
            double rootMeanSquare = Math.sqrt(squares[0] / rounds);
            assertThat(
                    "standard error for " + count + " values, seed " + Seeds.base(),
                    rootMeanSquare,
                    lessThan(1.4 * new HyperLogLog(10).standardError()));
        }
        assertThat(new HyperLogLog(12).standardError(), closeTo(0.01625, 1e-9));
    }

    @Test
    @DisplayName("values that look alike are counted, and values that come again are not")
    void values() {
        HyperLogLog counter = new HyperLogLog(14);
        for (int round = 0; round < 2; round++) {
            for (int i = 0; i < 50_000; i++) {
                counter.add(Slice.utf8("user" + i));
            }
            assertThat("after round " + round, counter.estimate(), closeTo(50_000, 2_000));
        }
    }

    @Test
    @DisplayName("a merged counter is the one that has seen all values")
    void merge() {
        Seeds.check(50, random -> {
            int precision = 4 + random.nextInt(8);
            HyperLogLog one = new HyperLogLog(precision);
            HyperLogLog other = new HyperLogLog(precision);
            HyperLogLog all = new HyperLogLog(precision);
            for (int i = random.nextInt(3_000); i > 0; i--) {
                long hash = random.nextLong();
                (random.nextBoolean() ? one : other).addHash(hash);
                all.addHash(hash);
            }
            one.merge(other);
            assertThat("the merged registers", one.encode(), is(all.encode()));
        });
        HyperLogLog four = new HyperLogLog(4);
        assertThrows(IllegalArgumentException.class, () -> four.merge(new HyperLogLog(5)));
    }
}
