package storagelab.grader.hidden.lab06;

import static storagelab.grader.hidden.kit.Checks.assertEquals;
import static storagelab.grader.hidden.kit.Checks.assertFalse;
import static storagelab.grader.hidden.kit.Checks.assertTrue;
import static storagelab.grader.hidden.lab06.HardValues.ORDERED;
import static storagelab.grader.hidden.lab06.HardValues.bytes;
import static storagelab.grader.hidden.lab06.HardValues.encoding;
import static storagelab.grader.hidden.lab06.HardValues.show;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.api.KeyRange;
import storagelab.api.Slice;
import storagelab.query.Column;
import storagelab.query.ColumnType;
import storagelab.query.KeyColumn;
import storagelab.query.KeyEncoding;
import storagelab.query.Row;
import storagelab.query.SortOrder;
import storagelab.query.ValueRange;
import storagelab.query.ValueRange.Bound;

/** Exercise 6.12: ranges of keys. */
@Tag("6.12")
class KeyRangesHiddenTest {
    @Test
    @DisplayName("a prefix range has the rows with its value, and none with another one that is hard to tell from it")
    void hardPrefixes() {
        ORDERED.forEach((type, values) -> {
            for (SortOrder order : SortOrder.values()) {
                KeyEncoding encoding = new KeyEncoding(
                        bytes("ff"),
                        List.of(
                                new KeyColumn(Column.required("c", type), order),
                                KeyColumn.ascending(Column.required("n", ColumnType.INT))));
                for (Object first : values) {
                    checkPrefix(encoding, first, values);
                }
            }
        });
    }

    private static void checkPrefix(KeyEncoding encoding, Object first, List<Object> values) {
        KeyRange range = encoding.prefix(Row.of(first));
        for (Object value : values) {
            for (int next : new int[] {Integer.MIN_VALUE, Integer.MAX_VALUE}) {
                assertEquals(
                        value.equals(first),
                        range.contains(encoding.encode(Row.of(value, next))),
                        "whether the range of the prefix " + show(first) + " has the row of " + show(value) + " and "
                                + next + ", columns " + encoding.columns());
            }
        }
    }

    @Test
    @DisplayName("a prefix range has nothing of another prefix of the encoding")
    void otherIndexes() {
        List<KeyColumn> columns = List.of(KeyColumn.ascending(Column.required("c", ColumnType.INT)));
        KeyRange range = new KeyEncoding(bytes("07ff"), columns).prefix(Row.empty());
        assertFalse(range.contains(bytes("06ffffffffff")), "a key before those with the prefix 07ff is in their range");
        assertFalse(range.contains(bytes("0800000000")), "a key after those with the prefix 07ff is in their range");
        assertTrue(range.contains(bytes("07ffffffffff")), "a key with the prefix 07ff is not in their range");
    }

    @Test
    @DisplayName(
            "a range between two values that are hard to order has what is in it, whichever its ends and its order")
    void hardRanges() {
        ORDERED.forEach((type, values) -> {
            for (SortOrder order : SortOrder.values()) {
                KeyEncoding encoding = encoding(new KeyColumn(Column.required("c", type), order));
                for (int lower = 0; lower < values.size(); lower++) {
                    for (int upper = 0; upper < values.size(); upper++) {
                        checkRanges(encoding, values, lower, upper);
                    }
                }
            }
        });
    }

    /** Checks the ranges from a value to another one, with and without each of the two. */
    private static void checkRanges(KeyEncoding encoding, List<Object> values, int lower, int upper) {
        for (int kinds = 0; kinds < 4; kinds++) {
            Bound from = new Bound(values.get(lower), kinds % 2 == 0);
            Bound to = new Bound(values.get(upper), kinds < 2);
            KeyRange keys = encoding.range(Row.empty(), new ValueRange(from, to));
            for (int i = 0; i < values.size(); i++) {
                boolean isIn = (from.inclusive() ? lower <= i : lower < i) && (to.inclusive() ? i <= upper : i < upper);
                assertEquals(
                        isIn,
                        keys.contains(encoding.encode(Row.of(values.get(i)))),
                        "whether the range from " + show(from.value()) + (from.inclusive() ? "" : ", not included,")
                                + " to " + show(to.value()) + (to.inclusive() ? "" : ", not included,") + " has "
                                + show(values.get(i)) + ", columns " + encoding.columns());
            }
        }
    }

    @Test
    @DisplayName("ends that are values of the rows are in a range or not, as the range says; null is in none")
    void ends() {
        for (SortOrder order : SortOrder.values()) {
            KeyEncoding encoding = new KeyEncoding(
                    Slice.EMPTY,
                    List.of(
                            KeyColumn.ascending(Column.required("a", ColumnType.TEXT)),
                            new KeyColumn(Column.optional("b", ColumnType.INT), order)));
            for (int lower = 0; lower < 4; lower++) {
                for (int kinds = 0; kinds < 4; kinds++) {
                    ValueRange range = new ValueRange(new Bound(lower, kinds % 2 == 0), new Bound(2, kinds < 2));
                    KeyRange keys = encoding.range(Row.of("x"), range);
                    assertTrue(
                            keys.to() == null || keys.from().compareTo(keys.to()) <= 0,
                            "a range of keys that ends before it begins: " + keys);
                    for (Integer value : new Integer[] {0, 1, 2, 3}) {
                        assertEquals(
                                range.contains(ColumnType.INT, value),
                                keys.contains(encoding.encode(Row.of("x", value))),
                                "whether " + range + " " + order + " has " + value);
                    }
                    assertFalse(keys.contains(encoding.encode(Row.of("x", null))), range + " " + order + " has null");
                    assertFalse(keys.contains(encoding.encode(Row.of("y", 2))), range + " of x has a row of y");
                }
            }
            KeyRange notNull = encoding.range(Row.of("x"), ValueRange.all());
            assertFalse(notNull.contains(encoding.encode(Row.of("x", null))), "IS NOT NULL " + order + " has null");
            assertTrue(
                    notNull.contains(encoding.encode(Row.of("x", Integer.MIN_VALUE))),
                    "IS NOT NULL " + order + " lacks a row");
            assertTrue(
                    notNull.contains(encoding.encode(Row.of("x", Integer.MAX_VALUE))),
                    "IS NOT NULL " + order + " lacks a row");
        }
    }

    @Test
    @DisplayName("where no key is greater, a range has no end, and the range of the values after it is empty")
    void greatestKeys() {
        KeyEncoding encoding =
                new KeyEncoding(bytes("ffff"), List.of(KeyColumn.descending(Column.required("c", ColumnType.BIGINT))));
        KeyRange after = encoding.range(Row.empty(), ValueRange.lessThan(Long.MIN_VALUE));
        assertEquals(after.from(), after.to(), "the end of the range below the least BIGINT, descending");
        KeyRange from = encoding.range(Row.empty(), ValueRange.atMost(Long.MIN_VALUE));
        assertTrue(
                from.contains(encoding.encode(Row.of(Long.MIN_VALUE))),
                "the range up to the least BIGINT does not have it");
        assertFalse(from.contains(encoding.encode(Row.of(7L))), "the range up to the least BIGINT has 7");
    }
}
