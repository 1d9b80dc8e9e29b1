package storagelab.grader.kv;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.isA;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jline.reader.Candidate;
import org.jline.reader.CompletingParsedLine;
import org.jline.reader.ParsedLine;
import org.jline.reader.Parser;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import storagelab.api.Slice;
import storagelab.grader.LabException;
import storagelab.kv.CrashSafeStore;
import storagelab.recovery.DurableOptions;
import storagelab.recovery.EngineKind;

class KvSessionTest {
    @TempDir
    private Path directory;

    @Test
    @DisplayName("a person at a terminal makes a store, reads it, makes mistakes and leaves")
    void typed() throws IOException {
        KvCalls kv = new KvCalls(directory);
        KvCalls.Said said = kv.type("""
                put 'two words' "it's\\x00"
                get 'two words'
                get nothing
                fetch
                put
                \\nonsense
                \\timing
                get 'two words'
                \\?
                exit
                """, "db");
        assertThat(said.exit(), is(0));
        assertThat(said.out(), containsString("db: no store yet: the first put or load makes one."));
        assertThat(said.out(), containsString("it's\\x00\n"));
        assertThat(said.out(), containsString("There is no key nothing.\nscan prints those there are.\n"));
        assertThat(said.out(), containsString("There is no command 'fetch'."));
        assertThat(said.out(), containsString("The command put needs a KEY."));
        assertThat(said.out(), containsString("There is no command \\nonsense."));
        assertThat(said.out(), containsString("Time: "));
        assertThat(said.out(), containsString("\\timing                  show"));
        assertThat(kv.call("db", "get", "two words").out(), is("it's\\x00\n"));
        Path history = directory.resolve("home/.local/state/storagelab/kv_history");
        assertThat(Files.readString(history), containsString("get nothing"));
    }

    @Test
    @DisplayName(
            "what a transaction has written is seen by it at once, and by others after its commit, and never after a rollback")
    void transaction() {
        KvCalls kv = new KvCalls(directory);
        KvCalls.Said said = kv.type("""
                put a 1
                begin
                put a 2
                put b 3
                scan
                rollback
                scan
                begin
                delete a
                put c 4
                verify
                commit
                commit
                """, "db");
        assertThat(said.out(), containsString("a\t2\nb\t3\n"));
        assertThat(said.out(), containsString("db*> "));
        assertThat(said.out(), containsString("A transaction has begun.\ncommit or rollback ends it"));
        assertThat(said.out(), containsString("No transaction has begun."));
        assertThat(kv.call("db", "scan").out(), is("c\t4\n"));
        KvCalls.Said left = kv.type("begin\nput a 9\n\\q\n", "db");
        assertThat(left.out(), containsString("The transaction was not committed: its writes are given up."));
        assertThat(kv.call("db", "scan").out(), is("c\t4\n"));
        KvCalls.Said none = kv.type("put a 1\nbegin\n\\q\n", "old", "--engine", "leveldb");
        assertThat(none.out(), containsString("no transactions in an LSM tree of lab 5"));
    }

    @Test
    @DisplayName("commands that come from a file run in order; the first that fails ends them, with its line")
    void script() {
        KvCalls kv = new KvCalls(directory);
        KvCalls.Said said = kv.call(
                "# a comment\nput a 1\nput b 2\nget missing\nscan\nput c\nput d 4\n".getBytes(UTF_8),
                "db",
                "--engine",
                "lsm");
        assertThat(said.exit(), is(LabException.USAGE));
        assertThat(said.out(), is("a\t1\nb\t2\n"));
        assertThat(said.err(), containsString("Line 6: The command put needs a VALUE."));
        assertThat(kv.call("db", "get", "d").exit(), is(KvAction.NOT_SO));
        assertThat(kv.call("elsewhere").exit(), is(LabException.USAGE));
        assertThat(kv.call("db", "--nonsense").exit(), is(LabException.USAGE));
    }

    @Test
    @DisplayName(
            "a session that only reads lets others read, and one that writes is refused while another program writes")
    void sharing() {
        KvCalls kv = new KvCalls(directory);
        assertThat(kv.call("db", "put", "a", "1").exit(), is(0));
        Path home = directory.resolve("db");
        DurableOptions options = DurableOptions.defaults(EngineKind.BTREE);
        CrashSafeStore.openReadOnly(home, options).close();
        try (var reader = CrashSafeStore.openReadOnly(home, options)) {
            assertThat(kv.call("db", "get", "a").out(), is("1\n"));
            KvCalls.Said refused = kv.call("db", "put", "a", "2");
            assertThat(refused.exit(), is(LabException.FAILED));
            assertThat(refused.err(), startsWith("The store in db is open in another program."));
            assertThat(reader.get(Slice.utf8("a")).isPresent(), is(true));
        }
    }

    @Test
    @DisplayName("the history is where the user says, or nowhere, and never in the store")
    void history() throws IOException {
        KvCalls kv = new KvCalls(directory, Map.of("LAB_KV_HISTORY", "lines"));
        kv.type("put a 1\n", "db");
        assertThat(Files.readString(directory.resolve("lines")), containsString("put a 1"));
        kv.type("put b 2\n", "db", "--history", "others");
        assertThat(Files.readString(directory.resolve("others")), containsString("put b 2"));
        kv.type("put c 3\n", "db", "--history", "");
        assertThat(Files.readString(directory.resolve("lines")), not(containsString("put c 3")));
        KvCalls.Said inside = kv.type("put d 4\n", "db", "--history", "db/lines");
        assertThat(inside.exit(), is(LabException.USAGE));
        assertThat(inside.err(), containsString("would be in the directory of the store"));
    }

    @Test
    @DisplayName("the editor completes commands, tables after FROM, and columns")
    void completion() {
        KvCalls kv = new KvCalls(directory);
        assertThat(
                kv.call("db", "query", "CREATE TABLE city (id INT PRIMARY KEY, name TEXT)")
                        .exit(),
                is(0));
        try (KvSession session = kv.session("db")) {
            assertThat(completed(session, "tab"), is(List.of("tables")));
            assertThat(completed(session, "select * from ci"), is(List.of("city")));
            assertThat(completed(session, "select na"), is(List.of("name")));
            assertThat(completed(session, "\\d c"), is(List.of("city")));
        }
    }

    private static List<String> completed(KvSession session, String line) {
        ParsedLine parsed = new KvParser().parse(line, line.length(), Parser.ParseContext.COMPLETE);
        assertThat("the editor warns about others", parsed, isA(CompletingParsedLine.class));
        List<Candidate> candidates = new ArrayList<>();
        new KvCompleter(session).words(parsed, candidates);
        return candidates.stream().map(Candidate::value).toList();
    }

    @Test
    @DisplayName("words are split at spaces outside of quotes, and a backslash is a character")
    void words() {
        assertThat(Words.split("put  'a b' c\"d e\"f \\x00"), is(List.of("put", "a b", "cd ef", "\\x00")));
        assertThat(Words.split(" put '' "), is(List.of("put", "")));
        assertThrows(LabException.class, () -> Words.split("put 'a"));
    }
}
