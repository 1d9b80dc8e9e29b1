package storagelab.query;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import storagelab.api.Cursor;
import storagelab.testkit.query.RandomRows;

/** A small relation with every kind of index, and random changes of it, beside a map that has the rows as they should be. */
final class RelationModel {
    static final String TABLE = "items";
    static final Schema SCHEMA = new Schema(
            List.of(
                    Column.required("id", ColumnType.INT),
                    Column.optional("kind", ColumnType.TEXT),
                    Column.required("size", ColumnType.BIGINT),
                    Column.optional("code", ColumnType.INT)),
            List.of("id"));
    static final IndexSpec BY_KIND = IndexSpec.of("by_kind", "kind").descending("size");
    static final IndexSpec BY_CODE = IndexSpec.of("by_code", "code").asUnique();

    private static final int IDS = 12;
    private static final int CODES = 8;

    private RelationModel() {}

    /** Creates the relation with both of its indexes. */
    static void create(Database database) {
        database.createTable(TABLE, SCHEMA);
        database.createIndex(TABLE, BY_KIND);
        database.createIndex(TABLE, BY_CODE);
    }

    static Row randomRow(Random random) {
        return Row.of(
                random.nextInt(IDS),
                random.nextInt(4) == 0 ? null : "kind" + random.nextInt(3),
                (long) random.nextInt(5),
                random.nextInt(3) == 0 ? null : random.nextInt(CODES));
    }

    /** One random change. A row that breaks a constraint changes neither the relation nor the map. */
    static void change(Table table, Map<Row, Row> rows, Random random) {
        Row row = randomRow(random);
        Row key = SCHEMA.keyOf(row);
        Row other = Row.of(random.nextInt(IDS));
        switch (random.nextInt(4)) {
            case 0 -> {
                if (accepts(() -> table.insert(row))) {
                    rows.put(key, row);
                }
            }
            case 1 -> {
                if (accepts(() -> table.put(row))) {
                    rows.put(key, row);
                }
            }
            case 2 -> {
                boolean[] found = new boolean[1];
                if (accepts(() -> found[0] = table.update(other, row)) && found[0]) {
                    rows.remove(other);
                    rows.put(key, row);
                }
            }
            default -> {
                if (table.delete(other)) {
                    rows.remove(other);
                }
            }
        }
    }

    private static boolean accepts(Runnable change) {
        try {
            change.run();
            return true;
        } catch (ConstraintViolationException e) {
            return false;
        }
    }

    /** Whether the rows may be in one relation, as the map says. */
    static boolean isUnique(Map<Row, Row> rows) {
        List<Object> codes = new ArrayList<>();
        for (Row row : rows.values()) {
            Object code = row.get(3);
            if (code != null) {
                if (codes.contains(code)) {
                    return false;
                }
                codes.add(code);
            }
        }
        return true;
    }

    /** The rows of the relation, by primary key. */
    static Map<Row, Row> rows(Database database) {
        Map<Row, Row> rows = newRows();
        TableDefinition table = database.catalog().table(TABLE);
        try (Cursor cursor = database.newest().cursor(table.layout().all())) {
            for (cursor.seekToFirst(); cursor.isValid(); cursor.next()) {
                Row row = table.layout().row(cursor.key(), cursor.value());
                rows.put(SCHEMA.keyOf(row), row);
            }
        }
        return rows;
    }

    /** A map of rows by primary key, in its order. */
    static Map<Row, Row> newRows() {
        return new TreeMap<>((left, right) -> RandomRows.compare(left.get(0), right.get(0)));
    }
}
