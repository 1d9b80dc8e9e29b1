package storagelab.query.sql;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import storagelab.api.Isolation;
import storagelab.api.Slice;
import storagelab.api.TransactionConflictException;
import storagelab.disk.CrashDisk;
import storagelab.kv.CrashSafeStore;
import storagelab.query.Column;
import storagelab.query.ColumnType;
import storagelab.query.ConstraintViolationException;
import storagelab.query.Database;
import storagelab.query.Row;
import storagelab.recovery.DurableOptions;
import storagelab.recovery.EngineKind;

class SqlSessionTest {
    private final Database database = Database.open(
            CrashSafeStore.open(CrashDisk.create().root().resolve("store"), DurableOptions.defaults(EngineKind.BTREE)));
    private final SqlSession session = new SqlSession(database, SqlOptions.defaults());

    @BeforeEach
    void create() {
        session.execute("CREATE TABLE city (id BIGINT PRIMARY KEY, name TEXT NOT NULL, country TEXT, size INT)");
        session.execute("CREATE INDEX by_country ON city (country, size DESC)");
        session.execute(
                "INSERT INTO city VALUES (1, 'Paris', 'FR', 2138551), (2, 'Rome', 'IT', 2318895),"
                        + " (3, 'Lyon', 'FR', 522969), (?, ?, NULL, ?)",
                4,
                "O'Neill",
                null);
    }

    private List<Row> rows(String sql, @Nullable Object... parameters) {
        try (SqlResult result = session.execute(sql, parameters)) {
            return result.toList();
        }
    }

    @Test
    @DisplayName("a select returns columns, conditions, order, limit and offset as they are asked for")
    void select() {
        assertThat(
                rows("SELECT name FROM city WHERE country = 'FR' ORDER BY size DESC"),
                contains(Row.of("Paris"), Row.of("Lyon")));
        assertThat(
                rows("select name, id from city c where c.size between ? and ? order by name", 500_000, 2_200_000),
                contains(Row.of("Lyon", 3L), Row.of("Paris", 1L)));
        assertThat(rows("SELECT id FROM city ORDER BY id DESC LIMIT 2 OFFSET 1"), contains(Row.of(3L), Row.of(2L)));
        assertThat(
                rows("SELECT id FROM city ORDER BY country, id DESC LIMIT ? OFFSET ?", 2, 1),
                contains(Row.of(3L), Row.of(1L)));
        assertThat(rows("SELECT COUNT(*) FROM city WHERE size IS NOT NULL"), contains(Row.of(3L)));
        assertThat(rows("SELECT * FROM city WHERE size IS NULL"), contains(Row.of(4L, "O'Neill", null, null)));
        assertThat(rows("SELECT id FROM city WHERE name LIKE 'P%'"), contains(Row.of(1L)));
        assertThat(rows("SELECT id FROM city WHERE name LIKE ?", "R%"), contains(Row.of(2L)));
        assertThat(rows("SELECT id FROM city WHERE name = 'O''Neill'"), contains(Row.of(4L)));
        assertThat(rows("SELECT id FROM city WHERE 2 <= id AND (id < 4 AND size > 1000000)"), contains(Row.of(2L)));
        assertThat(rows("SELECT id FROM city WHERE country = ?", new @Nullable Object[] {null}), is(empty()));
        assertThat(rows("SELECT id FROM city WHERE id = 1 AND id = 2"), is(empty()));
        assertThat(rows("SELECT id FROM city WHERE size IS NULL AND size > 1"), is(empty()));
    }

    @Test
    @DisplayName("a result names its columns, and says how many rows were changed")
    void results() {
        try (SqlResult result = session.execute("SELECT name AS n, size FROM city")) {
            assertThat(
                    result.columns(),
                    is(List.of(Column.required("n", ColumnType.TEXT), Column.optional("size", ColumnType.INT))));
            assertThat(result.hasRows(), is(true));
        }
        assertThat(
                session.execute("UPDATE city SET size = 0 WHERE country = 'FR'").updateCount(), is(2L));
        assertThat(session.execute("DELETE FROM city WHERE size = 0").updateCount(), is(2L));
        assertThat(session.execute("DELETE FROM city").updateCount(), is(2L));
        assertThat(session.execute("SELECT COUNT(*) FROM city").toList(), contains(Row.of(0L)));
    }

    @Test
    @DisplayName("values of every type go in as literals and as parameters, and come out")
    void types() {
        session.execute("CREATE TABLE t (a BOOLEAN, b INT, c BIGINT, d DOUBLE PRECISION, e TEXT, f BYTES, g TIMESTAMP,"
                + " PRIMARY KEY (b))");
        session.execute("INSERT INTO t VALUES (TRUE, -1, 9223372036854775807, 1.5, 'x', X'00ff',"
                + " TIMESTAMP '2024-05-01 12:00:00')");
        Row row = Row.of(
                true,
                -1,
                Long.MAX_VALUE,
                1.5,
                "x",
                Slice.copyOf((byte) 0, (byte) 0xff),
                Instant.parse("2024-05-01T12:00:00Z"));
        assertThat(rows("SELECT * FROM t"), contains(row));
        assertThat(
                rows(
                        "SELECT b FROM t WHERE g = '2024-05-01T12:00:00Z' AND a = true AND d = ? AND f = ?",
                        1.5f,
                        new byte[] {0, -1}),
                contains(Row.of(-1)));
    }

    @Test
    @DisplayName("the keys of an update may change, and a statement that fails changes nothing")
    void changesAreAtomic() {
        session.execute("CREATE UNIQUE INDEX names ON city (name)");
        assertThrows(
                ConstraintViolationException.class,
                () -> session.execute("INSERT INTO city VALUES (7, 'Nice', 'FR', 1), (8, 'Rome', 'FR', 1)"));
        assertThat(rows("SELECT COUNT(*) FROM city"), contains(Row.of(4L)));
        assertThrows(ConstraintViolationException.class, () -> session.execute("UPDATE city SET name = 'x'"));
        session.execute("BEGIN");
        session.execute("UPDATE city SET id = 10 WHERE id = 1");
        assertThrows(ConstraintViolationException.class, () -> session.execute("UPDATE city SET name = 'x'"));
        session.execute("COMMIT");
        assertThat(rows("SELECT id FROM city WHERE name = 'Paris'"), contains(Row.of(10L)));
        database.verify();
    }

    @Test
    @DisplayName("a transaction takes effect as a whole, is given up as a whole, and conflicts with others")
    void transactions() {
        SqlSession other = new SqlSession(database, SqlOptions.defaults().withIsolation(Isolation.SERIALIZABLE));
        session.execute("BEGIN");
        session.execute("DELETE FROM city WHERE id = 1");
        assertThat(rows("SELECT COUNT(*) FROM city"), contains(Row.of(3L)));
        assertThat(other.execute("SELECT COUNT(*) FROM city").toList(), contains(Row.of(4L)));
        session.execute("ROLLBACK");
        assertThat(rows("SELECT COUNT(*) FROM city"), contains(Row.of(4L)));
        session.execute("BEGIN;");
        session.execute("UPDATE city SET size = 1 WHERE id = 1");
        other.execute("UPDATE city SET size = 2 WHERE id = 1");
        assertThrows(TransactionConflictException.class, () -> session.execute("COMMIT"));
        assertThat("in a transaction after a conflict", session.isInTransaction(), is(false));
        assertThrows(SqlException.class, () -> session.execute("COMMIT"));
        session.execute("BEGIN");
        SqlException refused = assertThrows(SqlException.class, () -> session.execute("CREATE INDEX i ON city (size)"));
        assertThat(refused.getMessage(), startsWith("a change of the schema cannot be in a transaction"));
        session.close();
    }

    @Test
    @DisplayName("a prepared statement goes on after the schema has changed, and with other values")
    void prepared() {
        PreparedSql byCountry = session.prepare("SELECT id FROM city WHERE country = ?");
        assertThat(byCountry.execute("IT").toList(), contains(Row.of(2L)));
        session.execute("DROP INDEX by_country");
        assertThat(byCountry.execute("IT").toList(), contains(Row.of(2L)));
        session.execute("CREATE INDEX again ON city (country)");
        session.execute("ANALYZE city");
        assertThat(byCountry.execute("FR").toList().size(), is(2));
        PreparedSql byId = session.prepare("SELECT name FROM city WHERE id = ?");
        assertThat(byId.execute(1).toList(), contains(Row.of("Paris")));
        assertThat(byId.execute(3L).toList(), contains(Row.of("Lyon")));
        assertThat(byId.execute(99).toList(), is(empty()));
        session.execute("DROP TABLE city");
        assertThrows(SqlException.class, () -> byId.execute(1));
    }

    @Test
    @DisplayName("EXPLAIN shows the plan, and EXPLAIN ANALYZE what was done")
    void explain() {
        session.execute("ANALYZE city");
        List<Row> plan = rows("EXPLAIN SELECT name FROM city WHERE id = 3");
        assertThat(plan.get(0).toString(), startsWith("[Project name  (estimated: 1.0 rows"));
        assertThat(plan.get(1).toString(), startsWith("[  Point lookup of city: id = 3  (estimated: 1.0 rows"));
        assertThat(rows("EXPLAIN DELETE FROM city").get(1).toString(), containsString("Full scan of city"));
        SqlResult analyzed = session.execute("EXPLAIN ANALYZE SELECT name FROM city WHERE country = 'FR'");
        assertThat(analyzed.toList().get(0).toString(), containsString("(actual: 2 rows"));
        assertThat(
                Objects.requireNonNull(
                                analyzed.explanation().orElseThrow().root().actual())
                        .rows(),
                is(2L));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "SELECT DISTINCT name FROM city | 'DISTINCT' | 1 | 8",
                "SELECT * FROM city, other | ', other' | 1 | 19",
                "SELECT * FROM city JOIN other ON 1 = 1 | 'JOIN' | 1 | 20",
                "SELECT name FROM city GROUP BY name | 'GROUP' | 1 | 23",
                "SELECT * FROM city WHERE id = 1 OR id = 2 | 'id = 1 OR id = 2' | 1 | 26",
                "SELECT * FROM city WHERE id <> 1 | 'id <> 1' | 1 | 26",
                "SELECT * FROM city WHERE id + 1 = 2 | 'id + 1' | 1 | 26",
                "SELECT * FROM city WHERE NOT id = 1 | 'NOT id = 1' | 1 | 26",
                "SELECT * FROM city WHERE id IN (1, 2) | 'id IN (1, 2)' | 1 | 26",
                "SELECT * FROM city WHERE id NOT BETWEEN 1 AND 2 | 'id NOT BETWEEN 1 AND 2' | 1 | 26",
                "SELECT * FROM city WHERE name LIKE '%x' | LIKE '%x' is not supported | 1 | 26",
                "SELECT * FROM city WHERE name ILIKE 'x%' | 'name ILIKE 'x%'' | 1 | 26",
                "SELECT MAX(id) FROM city | 'MAX(id)' | 1 | 8",
                "SELECT * FROM city ORDER BY id NULLS LAST | NULLS LAST' | 1 | 29",
                "SELECT * FROM city FOR UPDATE | 'FOR' | 1 | 20",
                "SELECT * FROM (SELECT * FROM city) x | is not a table | 1 | 15",
                "SELECT * FROM nothing | there is no table nothing; there are [city] | 1 | 15",
                "SELECT nothing FROM city | has no column nothing | 1 | 8",
                "SELECT * FROM city WHERE size = 'x' | x is not a value of column size | 1 | 33",
                "SELECT * FROM city UNION SELECT * FROM city | that begins with SELECT is not supported | 1 | 1",
                "INSERT INTO city (id) VALUES (1, 2) | 2 values for 1 columns | 1 | 31",
                "INSERT INTO city SELECT * FROM city | INSERT takes VALUES | 1 | 18",
                "INSERT INTO city VALUES (1, 'a', 'b', 1) ON CONFLICT DO NOTHING | 'ON' | 1 | 42",
                "UPDATE city SET size = size + 1 | 'size + 1' | 1 | 24",
                "DELETE FROM city LIMIT 1 | 'LIMIT' | 1 | 18",
                "CREATE TABLE t (a INT) | needs a PRIMARY KEY | 1 | 1",
                "CREATE TABLE t (a INT PRIMARY KEY DEFAULT 1) | 'DEFAULT' is not supported here | 1 | 35",
                "CREATE TABLE t (a MONEY PRIMARY KEY) | the type MONEY is not supported | 1 | 19",
                "CREATE INDEX i ON city (LOWER(name)) | is not supported | 1 | 30",
                "DROP VIEW v | DROP is for a TABLE or an INDEX | 1 | 6",
                "SELECT * FRM city | cannot be read from 'city' on | 1 | 14",
                "SELECT * FROM city WHERE | cannot be read from 'WHERE' on | 1 | 20",
                "SELECT * FROM city WHERE name = 'x | has no end | 1 | 33",
                "SELECT 1 FROM city; SELECT 2 FROM city | one statement at a time | 1 | 21",
                "EXPLAIN ANALYZE DELETE FROM city | use EXPLAIN | 1 | 1",
                "SHOW TABLES | that begins with SHOW is not supported | 1 | 1",
            })
    @DisplayName("what is not supported is refused in a sentence that says which part, and where")
    void unsupported(String sql, String message, int line, int column) {
        SqlException refused = assertThrows(SqlException.class, () -> session.execute(sql));
        String where = sql + " -> " + refused.getMessage();
        assertThat(where, refused.getMessage(), containsString(message));
        assertThat(where, List.of(refused.line(), refused.column()), is(List.of(line, column)));
    }

    @Test
    @DisplayName("a place is told by line and column, also in the second line")
    void secondLine() {
        SqlException refused =
                assertThrows(SqlException.class, () -> session.execute("SELECT *\nFROM city\n  WHERE nothing = 1"));
        assertThat(refused.getMessage(), containsString("(line 3, column 9)"));
    }
}
