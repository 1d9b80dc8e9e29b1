package storagelab.query;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.closeTo;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.lessThanOrEqualTo;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import storagelab.api.Slice;
import storagelab.testkit.Seeds;
import storagelab.testkit.query.RandomRows;

class InterpolationTest {
    @Test
    @DisplayName("a place between two values is from 0 to 1 and rises with the value, for every type")
    void positionsRise() {
        Seeds.check(3000, random -> {
            ColumnType type = ColumnType.values()[random.nextInt(ColumnType.values().length)];
            List<Object> four = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                four.add(new RandomRows(random).value(type));
            }
            four.sort(RandomRows::compare);
            double first = Interpolation.position(type, four.get(0), four.get(3), four.get(1));
            double second = Interpolation.position(type, four.get(0), four.get(3), four.get(2));
            assertThat("place of the second of " + four, first, greaterThanOrEqualTo(0.0));
            assertThat("place of the third of " + four, second, greaterThanOrEqualTo(first));
            assertThat("place of the third of " + four, second, lessThanOrEqualTo(1.0));
        });
    }

    @Test
    @DisplayName("places between values: by distance, text by the bytes after the common ones")
    void positions() {
        assertPosition(0.25, ColumnType.INT, -100, 300, 0);
        assertPosition(0.5, ColumnType.BIGINT, Long.MIN_VALUE, Long.MAX_VALUE, 0L);
        assertPosition(0.5, ColumnType.DOUBLE, -Double.MAX_VALUE, Double.MAX_VALUE, 0.0);
        assertPosition(0.75, ColumnType.DOUBLE, -1.0, 1.0, 0.5);
        assertPosition(
                0.1,
                ColumnType.TIMESTAMP,
                Instant.ofEpochSecond(5),
                Instant.ofEpochSecond(15),
                Instant.ofEpochSecond(6));
        assertPosition(0.518, ColumnType.TEXT, "Saab", "Sazz", "Sand");
        assertPosition(
                0.5, ColumnType.BYTES, Slice.copyOf((byte) 0), Slice.copyOf((byte) 0xfe), Slice.copyOf((byte) 0x7f));
    }

    private static void assertPosition(double expected, ColumnType type, Object lower, Object upper, Object value) {
        assertThat(
                value + " between " + lower + " and " + upper,
                Interpolation.position(type, lower, upper, value),
                closeTo(expected, 0.001));
    }
}
