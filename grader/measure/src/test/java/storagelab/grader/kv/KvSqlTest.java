package storagelab.grader.kv;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import storagelab.api.Slice;
import storagelab.grader.LabException;

class KvSqlTest {
    private static final String CITIES = "CREATE TABLE city (id BIGINT PRIMARY KEY, name TEXT NOT NULL, size INT);"
            + " CREATE INDEX by_size ON city (size DESC);"
            + " INSERT INTO city VALUES (1, 'Paris; on the Seine', 2138551), (2, 'Rome', 2318895), (3, 'Nowhere', NULL)";

    @TempDir
    private Path directory;

    @ParameterizedTest
    @EnumSource(
            value = StoreKind.class,
            names = {"BTREE", "LSM", "HYBRID"})
    @DisplayName("statements make tables and change rows; a SELECT, EXPLAIN and tables print, and write nothing")
    void statements(StoreKind kind) throws IOException {
        KvCalls kv = new KvCalls(directory);
        KvCalls.Said made = kv.call("db", "query", CITIES, "--engine", kind.toString());
        assertThat(made.err(), is(""));
        assertThat(made.out(), is("3 rows\n"));
        assertThat(kv.call("db", "analyze").exit(), is(0));
        TreeMap<String, Slice> before = StoreFiles.of(directory.resolve("db"));
        assertThat(
                kv.call("db", "query", "SELECT name, size FROM city WHERE size > 1 ORDER BY size DESC")
                        .out(),
                is("""
                        name                |    size
                        --------------------+---------
                        Rome                | 2318895
                        Paris; on the Seine | 2138551
                        (2 rows)
                        """));
        assertThat(
                kv.call("db", "query", "--json", "SELECT * FROM city WHERE id = 3")
                        .out(),
                is("{\"id\":3,\"name\":\"Nowhere\",\"size\":null}\n"));
        assertThat(
                kv.call("db", "explain", "SELECT name FROM city WHERE id = 2").exit(), is(0));
        assertThat(
                kv.call("db", "explain", "--analyze", "SELECT name FROM city WHERE id = 2")
                        .exit(),
                is(0));
        assertThat(kv.call("db", "tables").out(), is("city\t3 rows when it was analyzed\n"));
        assertThat(kv.call("db", "tables", "city").out(), is("""
                        id BIGINT NOT NULL
                        name TEXT NOT NULL
                        size INT
                        PRIMARY KEY (id)
                        INDEX by_size (size DESC)
                        """));
        assertThat("files after reading", StoreFiles.of(directory.resolve("db")), is(before));
    }

    @Test
    @DisplayName("a statement that is wrong says where, and one that breaks a rule changes nothing")
    void wrong() {
        KvCalls kv = new KvCalls(directory);
        assertThat(kv.call("db", "query", CITIES).exit(), is(0));
        KvCalls.Said unknown = kv.call("db", "query", "SELECT nam FROM city");
        assertThat(unknown.exit(), is(LabException.USAGE));
        assertThat(unknown.err(), containsString("line 1, column"));
        KvCalls.Said twice = kv.call("db", "query", "INSERT INTO city VALUES (1, 'again', 0)");
        assertThat(twice.exit(), is(LabException.FAILED));
        assertThat(twice.err(), containsString("The statement has changed nothing."));
        assertThat(kv.call("db", "query").err(), startsWith("The command query needs a STATEMENT."));
        assertThat(kv.call("db", "tables", "town").err(), startsWith("There is no table town."));
        assertThat(kv.call("old", "put", "a", "1", "--engine", "leveldb").exit(), is(0));
        assertThat(
                kv.call("old", "query", "SELECT * FROM city").err(),
                startsWith("There are no tables and no transactions in an LSM tree of lab 5"));
    }

    @Test
    @DisplayName(
            "a statement in a session goes on to its semicolon, and shares the transaction with the other commands")
    void session() {
        KvCalls kv = new KvCalls(directory);
        KvCalls.Said said = kv.type("""
                CREATE TABLE city (id BIGINT PRIMARY KEY,
                  name TEXT);
                BEGIN;
                INSERT INTO city VALUES (7, 'Bern');
                put note 'a; b'
                ROLLBACK;
                begin
                insert into city values (8, 'Oslo');
                put note kept
                commit
                select count(*) from city;
                \\d
                \\d city
                delete note
                delete from city where id = 8;
                """, "db");
        assertThat(said.out(), containsString("PRIMARY KEY (id)"));
        assertThat(said.out(), containsString("city\tnot analyzed yet"));
        assertThat(kv.call("db", "query", "SELECT * FROM city").out(), containsString("(0 rows)"));
        assertThat(kv.call("db", "get", "note").exit(), is(KvAction.NOT_SO));
        KvCalls.Said script = kv.call(
                "insert into city\nvalues (9, 'Ulm');\nput other 1\nselect name from city;\n".getBytes(UTF_8), "db");
        assertThat(script.err(), is(""));
        assertThat(script.out(), containsString("Ulm"));
        assertThat(kv.call("db", "get", "other").out(), is("1\n"));
    }

    @Test
    @DisplayName("semicolons between quotes and in comments end nothing; reads are told from writes")
    void text() {
        assertThat(SqlText.statements("a 'x;y' ; b \"c;d\" -- e;f\n; "), is(List.of("a 'x;y'", "b \"c;d\" -- e;f")));
        assertThat(SqlText.isEnded("select 'a;"), is(false));
        assertThat(SqlText.isEnded("select 1; "), is(true));
        assertThat(SqlText.isEnded("select 1; select"), is(false));
        assertThat(SqlText.isRead("SELECT 1"), is(true));
        assertThat(SqlText.isRead("explain delete from t"), is(true));
        assertThat(SqlText.isRead("explain analyze delete from t"), is(false));
        assertThat(SqlText.isRead("EXPLAIN ANALYZE SELECT 1"), is(true));
        assertThat(SqlText.isStatement("delete from"), is(false));
        assertThat(SqlText.isStatement("delete from t"), is(true));
        assertThat(SqlText.isStatement("begin"), is(false));
        assertThat(SqlText.isStatement("begin;"), is(true));
        assertThat(SqlText.isStatement("analyze city"), is(false));
    }
}
