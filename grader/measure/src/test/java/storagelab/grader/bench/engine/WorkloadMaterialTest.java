package storagelab.grader.bench.engine;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.closeTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.not;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.BitSet;
import java.util.zip.Deflater;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import storagelab.api.Slice;

@DisplayName("What workloads are made of:")
final class WorkloadMaterialTest {
    private static final int SIZE = 10_000;

    @Test
    @DisplayName("a key has twelve digits and gives its number back")
    void key() {
        assertThat(new String(Records.key(42), StandardCharsets.US_ASCII), is("user000000000042"));
        assertThat(Records.number(Slice.wrap(Records.key(999_999_999_999L))), is(999_999_999_999L));
        assertThat(Records.number(Slice.wrap(Records.key(0))), is(0L));
    }

    @Test
    @DisplayName("about half of a value can be compressed")
    void compressible() {
        Deflater deflater = new Deflater();
        byte[] values = new byte[1_000 * Records.VALUE_BYTES];
        for (int i = 0; i < 1_000; i++) {
            System.arraycopy(Records.value(2L * i, 0), 0, values, i * Records.VALUE_BYTES, Records.VALUE_BYTES);
        }
        deflater.setInput(values);
        deflater.finish();
        double share = (double) deflater.deflate(new byte[2 * values.length]) / values.length;
        deflater.end();
        assertThat(share, is(closeTo(0.5, 0.1)));
    }

    @ParameterizedTest(name = "{0} numbers")
    @ValueSource(ints = {1, 2, 3, 1_000, 1_024, 1_025, 100_003})
    @DisplayName("an order has every number once, and another seed has another order")
    void order(int size) {
        KeyOrder order = new KeyOrder(size, 1);
        BitSet seen = new BitSet();
        for (int place = 0; place < size; place++) {
            seen.set(order.at(place));
        }
        assertThat(seen.cardinality(), is(size));
        assertThat(seen.length(), is(size));
        if (size >= 1_000) {
            KeyOrder other = new KeyOrder(size, 2);
            int[] first = new int[100];
            int[] second = new int[100];
            Arrays.setAll(first, order::at);
            Arrays.setAll(second, other::at);
            assertThat(first, is(not(second)));
            Arrays.sort(second);
            assertThat(second, is(not(first)));
        }
    }

    @Test
    @DisplayName("Zipf's most frequent number comes as often as the law says, whichever number that is")
    void zipf() {
        double zeta = 0;
        for (int i = 1; i <= SIZE; i++) {
            zeta += 1 / Math.pow(i, 0.99);
        }
        int draws = 200_000;
        int[] counts = new int[SIZE];
        for (int number : new ScrambledZipf(SIZE, 3).draws(draws)) {
            counts[number]++;
        }
        int most = Arrays.stream(counts).max().orElseThrow();
        assertThat((double) most / draws, is(closeTo(1 / zeta, 0.2 / zeta)));
        assertThat("the most frequent one is scrambled", counts[0], is(lessThan(most)));
        long drawn = Arrays.stream(counts).filter(count -> count > 0).count();
        assertThat(drawn, is(greaterThan(SIZE / 2L)));
    }

    @Test
    @DisplayName("prepared entries are all records in order")
    void prepared() {
        PreparedEntries entries = new PreparedEntries(70_000);
        int count = 0;
        for (entries.seekToFirst(); entries.isValid(); entries.next()) {
            assertThat(Records.number(entries.key()), is(2L * count));
            Records.checkWhole(entries.value(), 2L * count, 0);
            count++;
        }
        assertThat(count, is(70_000));
    }
}
