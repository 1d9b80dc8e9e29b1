package storagelab.grader.hidden.lab06;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static storagelab.grader.hidden.kit.Checks.assertEquals;

import com.google.common.io.BaseEncoding;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.api.Cursor;
import storagelab.api.Durability;
import storagelab.api.KeyRange;
import storagelab.api.OrderedStore;
import storagelab.api.Slice;
import storagelab.api.WriteBatch;
import storagelab.query.Column;
import storagelab.query.ColumnType;
import storagelab.query.ConstraintViolationException;
import storagelab.query.IndexDefinition;
import storagelab.query.KeyColumn;
import storagelab.query.KeyEncoding;
import storagelab.query.Row;
import storagelab.query.Schema;
import storagelab.query.SecondaryIndex;
import storagelab.query.SecondaryIndex.IndexEntry;
import storagelab.testkit.MemoryOrderedStore;
import storagelab.testkit.Seeds;
import storagelab.testkit.query.BatchTransaction;
import storagelab.testkit.query.RandomRows;

/** Exercise 6.12: secondary indexes. */
@Tag("6.12")
class SecondaryIndexHiddenTest {
    private static final Column ID = Column.required("id", ColumnType.INT);
    private static final Column KIND = Column.optional("kind", ColumnType.TEXT);
    private static final Column SIZE = Column.required("size", ColumnType.BIGINT);
    private static final Column CODE = Column.optional("code", ColumnType.INT);
    private static final Schema SCHEMA = new Schema(List.of(ID, KIND, SIZE, CODE), List.of("id"));

    private static final SecondaryIndex BY_KIND =
            index(SCHEMA, 8, false, KeyColumn.ascending(KIND), KeyColumn.descending(SIZE));
    private static final SecondaryIndex BY_CODE = index(SCHEMA, 9, true, KeyColumn.ascending(CODE));
    private static final Slice ROWS = bytes("0001");

    private final MemoryOrderedStore store = new MemoryOrderedStore();
    private final BatchTransaction transaction = new BatchTransaction(store);

    private static SecondaryIndex index(Schema schema, int id, boolean isUnique, KeyColumn... columns) {
        return new SecondaryIndex(schema, new IndexDefinition(id, "index" + id, isUnique, List.of(columns)));
    }

    @Test
    @DisplayName("entries have the bytes of the format: unique or not, with null or without")
    void bytesOfTheFormat() {
        Row row = Row.of(5, "ab", 3L, 6);
        check(BY_KIND, row, "007100000008" + "0161620000" + "7ffffffffffffffc" + "80000005", "");
        check(BY_KIND, Row.of(5, null, 3L, 6), "007100000008" + "00" + "7ffffffffffffffc" + "80000005", "");
        check(BY_CODE, row, "007100000009" + "0180000006", "80000005");
        check(BY_CODE, Row.of(5, "ab", 3L, null), "007100000009" + "00" + "80000005", "");
    }

    @Test
    @DisplayName(
            "the suffix has the columns of the primary key that the index does not have, in their order, ascending")
    void suffixes() {
        Schema two = new Schema(List.of(ID, KIND, SIZE, CODE), List.of("size", "id"));
        Row row = Row.of(5, "ab", 3L, 6);
        check(
                index(two, 1, false, KeyColumn.ascending(CODE)),
                row,
                "007100000001" + "0180000006" + "8000000000000003" + "80000005",
                "");
        check(
                index(two, 1, false, KeyColumn.descending(ID), KeyColumn.ascending(CODE)),
                row,
                "007100000001" + "7ffffffa" + "0180000006" + "8000000000000003",
                "");
        check(index(two, 1, true, KeyColumn.descending(ID)), row, "007100000001" + "7ffffffa", "8000000000000003");
        check(
                index(two, 1, true, KeyColumn.ascending(SIZE), KeyColumn.ascending(ID)),
                row,
                "007100000001" + "8000000000000003" + "80000005",
                "");
    }

    private static void check(SecondaryIndex index, Row row, String key, String value) {
        assertEquals(
                new IndexEntry(bytes(key), bytes(value)), index.entry(row), "the entry of " + row + " in the " + index);
        IndexEntry entry = new IndexEntry(bytes(key), bytes(value));
        checkDecoded(SCHEMA, index, row, index.decode(entry.key(), entry.value()));
    }

    @Test
    @DisplayName("an entry says the columns of the index and of the primary key, and null for all others")
    void decoding() {
        Seeds.check(1000, random -> {
            RandomRows source = new RandomRows(random);
            List<Column> columns = new ArrayList<>(List.of(new Column("c0", anyType(random), false)));
            for (int i = 1; i < 4; i++) {
                columns.add(source.column("c" + i));
            }
            Schema schema = new Schema(columns, List.of("c0"));
            KeyColumn[] indexed = random.ints(0, 4)
                    .distinct()
                    .limit(1 + random.nextInt(3))
                    .mapToObj(i -> random.nextBoolean()
                            ? KeyColumn.ascending(columns.get(i))
                            : KeyColumn.descending(columns.get(i)))
                    .toArray(KeyColumn[]::new);
            SecondaryIndex index = index(schema, 1 + random.nextInt(1000), random.nextBoolean(), indexed);
            Row row = source.row(columns);
            IndexEntry entry = index.entry(row);
            checkDecoded(schema, index, row, index.decode(entry.key(), entry.value()));
        });
    }

    private static void checkDecoded(Schema schema, SecondaryIndex index, Row row, Row decoded) {
        List<String> known =
                index.columns().stream().map(column -> column.column().name()).toList();
        assertEquals(row.size(), decoded.size(), "columns of what an entry of the " + index + " says");
        List<@Nullable Object> expected = new ArrayList<>();
        for (int i = 0; i < row.size(); i++) {
            expected.add(known.contains(schema.columns().get(i).name()) ? row.get(i) : null);
        }
        assertEquals(new Row(expected), decoded, "what the entry of " + row + " in the " + index + " says");
    }

    @Test
    @DisplayName("bytes that are not an entry of the index are refused")
    void notAnEntry() {
        String good = "007100000008" + "0161620000" + "7ffffffffffffffc" + "80000005";
        assertEquals(5, BY_KIND.decode(bytes(good), Slice.EMPTY).get(0), "the id in an entry");
        for (String key : List.of(
                "", "007100000009" + good.substring(12), good.substring(0, 30), good + "00", "007100000008" + "02")) {
            assertThrows(
                    IllegalArgumentException.class,
                    () -> BY_KIND.decode(bytes(key), Slice.EMPTY),
                    "an entry with the key " + key);
        }
        IndexEntry unique = BY_CODE.entry(Row.of(5, "ab", 3L, 6));
        assertThrows(
                IllegalArgumentException.class,
                () -> BY_CODE.decode(unique.key(), bytes("800000")),
                "an entry of a unique index of which a byte of the value is missing");
    }

    @Test
    @DisplayName("an insert is one put; of a unique index one get before it")
    void costOfInsert() {
        Row row = Row.of(5, "ab", 3L, 6);
        BY_KIND.insert(transaction, row);
        assertEquals(List.of("put"), transaction.takeCalls(), "calls for an insert into an index that is not unique");
        BY_CODE.insert(transaction, row);
        assertEquals(List.of("get", "put"), transaction.takeCalls(), "calls for an insert into a unique index");
    }

    @Test
    @DisplayName("a delete is one delete and reads nothing")
    void costOfDelete() {
        Row row = Row.of(5, "ab", 3L, 6);
        for (SecondaryIndex index : List.of(BY_KIND, BY_CODE)) {
            index.insert(transaction, row);
            transaction.takeCalls();
            index.delete(transaction, row);
            assertEquals(List.of("delete"), transaction.takeCalls(), "calls for a delete from the " + index);
            assertEquals(
                    Optional.empty(),
                    transaction.get(index.entry(row).key()),
                    "what is under the key of the row after a delete");
            transaction.takeCalls();
        }
    }

    @Test
    @DisplayName("an update writes what has changed and nothing else")
    void costOfUpdate() {
        Row row = Row.of(5, "ab", 3L, 6);
        Row other = Row.of(5, "ab", 4L, 6);
        Row moved = Row.of(7, "ab", 3L, 6);
        BY_KIND.insert(transaction, row);
        BY_CODE.insert(transaction, row);
        transaction.takeCalls();
        BY_KIND.update(transaction, row, Row.of(5, "ab", 3L, null));
        assertEquals(List.of(), transaction.takeCalls(), "calls for an update of a column that an index does not have");
        BY_CODE.update(transaction, row, other);
        assertEquals(
                List.of(),
                transaction.takeCalls(),
                "calls for an update of a column that a unique index does not have");
        BY_KIND.update(transaction, row, other);
        List<String> calls = new ArrayList<>(transaction.takeCalls());
        calls.sort(null);
        assertEquals(List.of("delete", "put"), calls, "calls for an update of an indexed column");
        BY_CODE.update(transaction, row, moved);
        assertEquals(
                List.of("put"),
                transaction.takeCalls(),
                "calls for another primary key with the same values of a unique index");
        BY_CODE.update(transaction, moved, Row.of(7, "ab", 3L, 8));
        calls = new ArrayList<>(transaction.takeCalls());
        calls.sort(null);
        assertEquals(List.of("delete", "get", "put"), calls, "calls for an update of the column of a unique index");
    }

    @Test
    @DisplayName(
            "a unique index refuses values that another row has, also one of the same transaction, and writes nothing")
    void unique() {
        Row first = Row.of(1, "ab", 3L, 6);
        Row second = Row.of(2, "ab", 3L, 7);
        Row same = Row.of(3, null, 9L, 6);
        BY_CODE.insert(transaction, first);
        transaction.commit(Durability.BUFFERED);
        BY_CODE.insert(transaction, second);
        for (Row twice : List.of(same, Row.of(4, null, 9L, 7))) {
            transaction.takeCalls();
            ConstraintViolationException refused = assertThrows(
                    ConstraintViolationException.class,
                    () -> BY_CODE.insert(transaction, twice),
                    "an insert of the code of another row");
            assertEquals("index9", refused.constraint(), "the constraint that is violated");
            assertThat(
                    "the message", String.valueOf(refused.getMessage()), containsString(String.valueOf(twice.get(3))));
            assertEquals(List.of("get"), transaction.takeCalls(), "calls for an insert that is refused");
        }
        assertThrows(
                ConstraintViolationException.class,
                () -> BY_CODE.update(transaction, second, Row.of(2, "ab", 3L, 6)),
                "an update to the code of another row");
        assertEquals(List.of("get"), transaction.takeCalls(), "calls for an update that is refused");
        BY_CODE.insert(transaction, Row.of(10, "ab", 3L, null));
        BY_CODE.insert(transaction, Row.of(11, "ab", 3L, null));
        BY_CODE.update(transaction, second, Row.of(2, "ab", 3L, null));
        BY_CODE.insert(transaction, Row.of(12, "ab", 3L, 7));
    }

    @Test
    @DisplayName("after any changes, each index has exactly the entries of the rows")
    void alwaysAgree() {
        Seeds.check(100, random -> {
            MemoryOrderedStore fresh = new MemoryOrderedStore();
            Map<Integer, Row> rows = new TreeMap<>();
            for (int i = 0; i < 30; i++) {
                BatchTransaction changes = new BatchTransaction(fresh);
                Map<Integer, Row> changed = new TreeMap<>(rows);
                change(changes, changed, random);
                if (random.nextInt(4) > 0) {
                    changes.commit(Durability.BUFFERED);
                    rows = changed;
                }
                checkAgreement(fresh, rows);
            }
        });
    }

    @Test
    @DisplayName("whichever first commits survive a crash, each index has exactly the entries of the rows that do")
    void crashes() {
        Seeds.check(40, random -> {
            List<WriteBatch> commits = new ArrayList<>();
            MemoryOrderedStore all = new MemoryOrderedStore() {
                @Override
                public synchronized void write(WriteBatch batch, Durability durability) {
                    commits.add(batch);
                    super.write(batch, durability);
                }
            };
            Map<Integer, Row> rows = new TreeMap<>();
            for (int i = 0; i < 15; i++) {
                BatchTransaction changes = new BatchTransaction(all);
                change(changes, rows, random);
                changes.commit(Durability.BUFFERED);
            }
            MemoryOrderedStore survivor = new MemoryOrderedStore();
            for (WriteBatch commit : commits) {
                survivor.write(commit, Durability.BUFFERED);
                checkAgreement(survivor, rowsIn(survivor));
            }
        });
    }

    private static Map<Integer, Row> rowsIn(OrderedStore store) {
        Map<Integer, Row> rows = new TreeMap<>();
        try (Cursor cursor = store.cursor(KeyRange.prefix(ROWS))) {
            for (cursor.seekToFirst(); cursor.isValid(); cursor.next()) {
                Row row = new KeyEncoding(Slice.EMPTY, columns()).decode(cursor.value());
                rows.put((Integer) Objects.requireNonNull(row.get(0)), row);
            }
        }
        return rows;
    }

    /** A few changes of rows and their entries, those of one transaction. */
    private static void change(BatchTransaction changes, Map<Integer, Row> rows, Random random) {
        for (int left = 1 + random.nextInt(3); left > 0; left--) {
            int id = random.nextInt(6);
            Row before = rows.get(id);
            Row after = Row.of(
                    id,
                    random.nextInt(4) == 0 ? null : "k" + random.nextInt(2),
                    (long) random.nextInt(3),
                    random.nextInt(3) == 0 ? null : 10 * id + random.nextInt(3));
            if (before == null) {
                BY_KIND.insert(changes, after);
                BY_CODE.insert(changes, after);
            } else if (random.nextInt(3) == 0) {
                BY_KIND.delete(changes, before);
                BY_CODE.delete(changes, before);
                changes.delete(rowKey(id));
                rows.remove(id);
                continue;
            } else {
                BY_KIND.update(changes, before, after);
                BY_CODE.update(changes, before, after);
            }
            changes.put(rowKey(id), new KeyEncoding(Slice.EMPTY, columns()).encode(after));
            rows.put(id, after);
        }
    }

    private static void checkAgreement(OrderedStore in, Map<Integer, Row> rows) {
        for (SecondaryIndex index : List.of(BY_KIND, BY_CODE)) {
            Map<Slice, Slice> expected = new TreeMap<>();
            rows.values()
                    .forEach(row -> expected.put(
                            index.entry(row).key(), index.entry(row).value()));
            Map<Slice, Slice> actual = new TreeMap<>();
            try (Cursor cursor = in.cursor(index.all())) {
                for (cursor.seekToFirst(); cursor.isValid(); cursor.next()) {
                    actual.put(cursor.key(), cursor.value());
                }
            }
            assertEquals(expected, actual, "the entries of the " + index + " for the rows " + rows.values());
        }
    }

    private static List<KeyColumn> columns() {
        return SCHEMA.columns().stream().map(KeyColumn::ascending).toList();
    }

    private static Slice rowKey(int id) {
        return bytes("0001%02x".formatted(id));
    }

    private static ColumnType anyType(Random random) {
        return ColumnType.values()[random.nextInt(ColumnType.values().length)];
    }

    private static Slice bytes(String hex) {
        return Slice.wrap(BaseEncoding.base16().lowerCase().decode(hex));
    }
}
