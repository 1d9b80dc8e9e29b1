package storagelab.query;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import storagelab.api.Cursor;
import storagelab.api.Durability;
import storagelab.api.Isolation;
import storagelab.api.Slice;
import storagelab.api.TransactionConflictException;
import storagelab.api.WriteBatch;
import storagelab.disk.CrashDisk;
import storagelab.kv.CrashSafeStore;
import storagelab.recovery.EngineKind;
import storagelab.testkit.Seeds;
import storagelab.testkit.recovery.SmallStores;

class DatabaseTest {
    private static final Row A = Row.of(1, "a", 10L, 100);

    @ParameterizedTest
    @EnumSource(EngineKind.class)
    @DisplayName("random changes, in transactions that commit or not, agree with a map; reopened in between")
    void model(EngineKind engine) {
        Seeds.check(2, random -> {
            Path directory = CrashDisk.create().root().resolve("store");
            Map<Row, Row> rows = RelationModel.newRows();
            for (int session = 0; session < 5; session++) {
                try (CrashSafeStore store = CrashSafeStore.open(directory, SmallStores.options(engine))) {
                    Database database = Database.open(store);
                    if (session == 0) {
                        database.createTable(RelationModel.TABLE, RelationModel.SCHEMA);
                    } else if (session == 1) {
                        database.createIndex(RelationModel.TABLE, RelationModel.BY_KIND);
                        removeDuplicates(database, rows);
                        database.createIndex(RelationModel.TABLE, RelationModel.BY_CODE);
                    }
                    run(database, rows, random);
                }
            }
        });
    }

    private static void run(Database database, Map<Row, Row> rows, Random random) {
        for (int i = 0; i < 20; i++) {
            try (DatabaseTransaction transaction = database.begin(Isolation.SNAPSHOT)) {
                Map<Row, Row> changed = RelationModel.newRows();
                changed.putAll(rows);
                for (int left = random.nextInt(6); left > 0; left--) {
                    RelationModel.change(transaction.table(RelationModel.TABLE), changed, random);
                }
                if (random.nextInt(4) > 0) {
                    transaction.commit();
                    rows.clear();
                    rows.putAll(changed);
                }
            }
            assertThat(RelationModel.rows(database), is(rows));
            database.verify();
        }
    }

    private static void removeDuplicates(Database database, Map<Row, Row> rows) {
        for (Row key : List.copyOf(rows.keySet())) {
            Row removed = rows.remove(key);
            if (RelationModel.isUnique(rows) && !rows.isEmpty()) {
                rows.put(key, removed);
                if (RelationModel.isUnique(rows)) {
                    continue;
                }
                rows.remove(key);
            }
            try (DatabaseTransaction transaction = database.begin(Isolation.SNAPSHOT)) {
                assertThat("deleted", transaction.table(RelationModel.TABLE).delete(key), is(true));
                transaction.commit();
            }
        }
    }

    @Test
    @DisplayName("an insert with the primary key of another row is refused, and so are values that a unique index has")
    void constraints() {
        Database database = database();
        RelationModel.create(database);
        try (DatabaseTransaction transaction = database.begin(Isolation.SNAPSHOT)) {
            Table table = transaction.table(RelationModel.TABLE);
            table.insert(A);
            ConstraintViolationException sameKey =
                    assertThrows(ConstraintViolationException.class, () -> table.insert(Row.of(1, "b", 1L, null)));
            assertThat(sameKey.getMessage(), is("another row of items has the primary key [id] = [1]"));
            ConstraintViolationException sameCode =
                    assertThrows(ConstraintViolationException.class, () -> table.insert(Row.of(2, "b", 1L, 100)));
            assertThat(sameCode.constraint(), is("by_code"));
            assertThat(sameCode.getMessage(), startsWith("another row has [100] in the columns [code]"));
            assertThat("the refused row", table.get(Row.of(2)), is(Optional.empty()));
            table.insert(Row.of(3, null, 1L, null));
            table.insert(Row.of(4, null, 1L, null)); // null is not equal to null
            assertThat(
                    "moved to another key with its own code",
                    table.update(Row.of(1), Row.of(5, "a", 10L, 100)),
                    is(true));
            transaction.commit();
        }
        assertThat(RelationModel.rows(database).keySet(), is(java.util.Set.of(Row.of(3), Row.of(4), Row.of(5))));
        assertThat(database.verify(), is(new DatabaseVerifier.Verified(3, 6)));
    }

    @Test
    @DisplayName("a unique index is not made over rows with the same values, and leaves nothing")
    void uniqueIndexOverDuplicates() {
        Database database = database();
        database.createTable(RelationModel.TABLE, RelationModel.SCHEMA);
        insert(database, Row.of(1, "a", 1L, 7), Row.of(2, "b", 1L, 7));
        assertThrows(
                ConstraintViolationException.class,
                () -> database.createIndex(RelationModel.TABLE, RelationModel.BY_CODE));
        assertThat(database.catalog().table(RelationModel.TABLE).indexes(), is(empty()));
        database.verify();
        insert(database, Row.of(3, "b", 1L, 7));
        database.createIndex(RelationModel.TABLE, RelationModel.BY_KIND);
        assertThat(database.verify(), is(new DatabaseVerifier.Verified(3, 3)));
    }

    @Test
    @DisplayName("a transaction that wrote before an index was made cannot commit, since it does not know the index")
    void indexMadeMeanwhile() {
        Database database = database();
        database.createTable(RelationModel.TABLE, RelationModel.SCHEMA);
        database.createTable("others", RelationModel.SCHEMA);
        try (DatabaseTransaction early = database.begin(Isolation.SNAPSHOT);
                DatabaseTransaction unconcerned = database.begin(Isolation.SNAPSHOT)) {
            early.table(RelationModel.TABLE).insert(A);
            unconcerned.table("others").insert(A);
            database.createIndex(RelationModel.TABLE, RelationModel.BY_KIND);
            assertThrows(TransactionConflictException.class, early::commit);
            unconcerned.commit();
        }
        assertThat(database.verify(), is(new DatabaseVerifier.Verified(1, 0)));
    }

    @Test
    @DisplayName("dropping removes every key of a table; keys of other users of the store are not touched")
    void drop() {
        CrashSafeStore store = store();
        Map<Slice, Slice> foreign = new HashMap<>();
        for (String key : List.of("", "a", "zz")) {
            foreign.put(Slice.utf8(key), Slice.utf8("1"));
        }
        foreign.put(Slice.copyOf((byte) 0), Slice.utf8("2"));
        foreign.put(Slice.copyOf((byte) 0, (byte) 0x70, (byte) 0xff), Slice.utf8("3"));
        foreign.put(Slice.copyOf((byte) 0, (byte) 0x72), Slice.utf8("4"));
        WriteBatch batch = new WriteBatch();
        foreign.forEach(batch::put);
        store.write(batch, Durability.BUFFERED);
        Database database = Database.open(store);
        RelationModel.create(database);
        insert(database, A, Row.of(2, "b", 1L, null));
        database.analyze(RelationModel.TABLE, AnalyzeOptions.defaults(), new Random(1));
        database.dropIndex("by_kind");
        assertThat(database.verify(), is(new DatabaseVerifier.Verified(2, 2)));
        database.dropTable(RelationModel.TABLE);
        assertThat(database.verify(), is(new DatabaseVerifier.Verified(0, 0)));
        Map<Slice, Slice> left = new HashMap<>();
        try (Cursor cursor = store.cursor(storagelab.api.KeyRange.all())) {
            for (cursor.seekToFirst(); cursor.isValid(); cursor.next()) {
                left.put(cursor.key(), cursor.value());
            }
        }
        foreign.put(CatalogLayout.headerKey(), CatalogLayout.header(4)); // numbers are not used again
        assertThat(left, is(foreign));
    }

    @Test
    @DisplayName("statistics are there again when the database is opened again")
    void statistics() {
        CrashSafeStore store = store();
        Database database = Database.open(store);
        RelationModel.create(database);
        insert(database, A, Row.of(2, "b", 1L, null), Row.of(3, "a", 4L, 5));
        TableStatistics analyzed = database.analyze(RelationModel.TABLE, AnalyzeOptions.defaults(), new Random(1));
        Database again = Database.open(store);
        TableStatistics known = again.catalog()
                .statistics(again.catalog().table(RelationModel.TABLE))
                .orElseThrow();
        assertThat(known.rows(), is(3L));
        for (Column column : RelationModel.SCHEMA.columns()) {
            assertThat(
                    column.name(),
                    known.column(column.name()).distinct(),
                    is(analyzed.column(column.name()).distinct()));
            assertThat(
                    column.name(),
                    known.column(column.name()).rest().buckets(),
                    is(analyzed.column(column.name()).rest().buckets()));
        }
    }

    @Test
    @DisplayName("names that cannot be one, and names that are taken, are refused")
    void names() {
        Database database = database();
        RelationModel.create(database);
        for (String bad : List.of("", "1a", "a b", "a\"", "x".repeat(64))) {
            assertThrows(IllegalArgumentException.class, () -> database.createTable(bad, RelationModel.SCHEMA));
        }
        assertThrows(
                IllegalArgumentException.class, () -> database.createTable(RelationModel.TABLE, RelationModel.SCHEMA));
        assertThrows(
                IllegalArgumentException.class, () -> database.createIndex(RelationModel.TABLE, RelationModel.BY_KIND));
        assertThrows(IllegalArgumentException.class, () -> database.dropTable("nothing"));
        assertThrows(IllegalArgumentException.class, () -> database.dropIndex("nothing"));
    }

    @Test
    @DisplayName("tables of a newer format are refused with a sentence")
    void newerFormat() {
        CrashSafeStore store = store();
        store.put(CatalogLayout.headerKey(), Slice.copyOf((byte) 2, (byte) 1));
        IllegalStateException refused = assertThrows(IllegalStateException.class, () -> Database.open(store));
        assertThat(refused.getMessage(), containsString("the format 2"));
    }

    @Test
    @DisplayName("verify finds a missing entry, an entry too many, a wrong one, and keys of nothing")
    void verifyFinds() {
        for (int damage = 0; damage < 4; damage++) {
            CrashSafeStore store = store();
            Database database = Database.open(store);
            RelationModel.create(database);
            insert(database, A, Row.of(2, "b", 1L, 3));
            SecondaryIndex byCode = database.catalog()
                    .table(RelationModel.TABLE)
                    .index("by_code")
                    .orElseThrow();
            Slice key = byCode.entry(A).key();
            switch (damage) {
                case 0 -> store.delete(key);
                case 1 ->
                    store.put(
                            byCode.entry(Row.of(9, "x", 1L, 9)).key(),
                            byCode.entry(A).value());
                case 2 -> store.put(key, byCode.entry(Row.of(2, "b", 1L, 3)).value());
                default -> store.put(KeySpace.prefix(77), Slice.EMPTY);
            }
            assertThrows(AssertionError.class, database::verify, "damage " + damage);
        }
    }

    private static void insert(Database database, Row... rows) {
        try (DatabaseTransaction transaction = database.begin(Isolation.SNAPSHOT)) {
            for (Row row : rows) {
                transaction.table(RelationModel.TABLE).insert(row);
            }
            transaction.commit();
        }
    }

    private static Database database() {
        return Database.open(store());
    }

    private static CrashSafeStore store() {
        return CrashSafeStore.open(CrashDisk.create().root().resolve("store"), SmallStores.options(EngineKind.BTREE));
    }
}
