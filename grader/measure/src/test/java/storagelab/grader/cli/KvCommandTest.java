package storagelab.grader.cli;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import storagelab.api.Slice;
import storagelab.compaction.TimeWindowPicker;
import storagelab.grader.LabException;
import storagelab.lsm.LsmOptions;
import storagelab.lsm.LsmStore;

class KvCommandTest {
    private static final int NOT_SO = 1;

    @TempDir
    private Path directory;

    private final LabCalls lab = new LabCalls(null);

    @Test
    @DisplayName("what is put is got, scanned, and gone when it was deleted")
    void putGetScanDelete() {
        assertThat(lab("kv", "db", "put", "apple", "red").exit(), is(0));
        assertThat(lab("kv", "db", "put", "pear", "green").exit(), is(0));
        assertThat(lab("kv", "db", "put", "fig", "blue").exit(), is(0));
        assertThat(lab("kv", "db", "get", "apple").out().strip(), is("red"));
        assertThat(
                lab("kv", "db", "scan").out().lines().toList().toString(), is("[apple\tred, fig\tblue, pear\tgreen]"));
        assertThat(lab("kv", "db", "scan", "b", "g").out().strip(), is("fig\tblue"));
        LabCalls.Said first = lab("kv", "db", "scan", "--limit", "1");
        assertThat(first.out().strip(), is("apple\tred"));
        assertThat(first.err(), containsString("There is more"));
        assertThat(lab("kv", "db", "delete", "apple").exit(), is(0));
        LabCalls.Said gone = lab("kv", "db", "get", "apple");
        assertThat(gone.exit(), is(NOT_SO));
        assertThat(gone.out(), is(""));
        assertThat(gone.err(), startsWith("There is no key apple."));
        LabCalls.Said merged = lab("kv", "db", "compact");
        assertThat(merged.out(), startsWith("Merged: level 6: 1 tables"));
        assertThat(merged.out(), containsString("LevelDB can read it."));
        assertThat(lab("kv", "db", "verify").out(), startsWith("The store is whole"));
        assertThat(lab("kv", "db", "stats").out(), containsString("level 6: 1 tables"));
        assertThat(lab("kv", "db", "stats").out(), containsString("merged by: leveled 4 10485760 10"));
    }

    @Test
    @DisplayName("size says about how many bytes of tables a range takes, and what is only in the log")
    void size() {
        lab("kv", "db", "put", "apple", "red".repeat(500));
        assertThat(
                lab("kv", "db", "size").out().lines().toList(),
                is(List.of("about 0 bytes of tables", "not counted, since they are only in the log: 1 operations")));
        lab("kv", "db", "put", "pear", "green");
        lab("kv", "db", "compact");
        String all = lab("kv", "db", "size", "--json").out();
        assertThat(all, containsString("\"logOperations\": 0"));
        assertThat(all, not(containsString("\"tableBytes\": 0")));
        assertThat(
                lab("kv", "db", "size", "a", "z").out(),
                is(lab("kv", "db", "size").out()));
        assertThat(lab("kv", "db", "size", "q").out().strip(), is("about 0 bytes of tables"));
        assertThat(lab("kv", "db", "size", "b", "a").exit(), is(LabException.USAGE));
    }

    @Test
    @DisplayName(
            "a get merged the 18 time windows of a store into one table: no file changes by reading, no table by a put")
    void aGetMergedTimeWindows() throws IOException {
        long[] now = {Instant.parse("2026-01-01T00:30:00Z").toEpochMilli()};
        LsmOptions options = LsmOptions.defaults()
                .withPicker(new TimeWindowPicker(3_600_000, 4))
                .withClock(() -> Instant.ofEpochMilli(now[0]));
        try (LsmStore store = LsmStore.open(directory.resolve("db"), options)) {
            for (int hour = 0; hour < 18; hour++) {
                store.put(Slice.utf8("hour " + hour), Slice.utf8("" + hour));
                store.flush();
                now[0] += 3_600_000;
            }
            store.flush();
        }
        TreeMap<String, Slice> before = files();
        assertThat(lab("kv", "db", "get", "hour 7").out().strip(), is("7"));
        assertThat(lab("kv", "db", "scan").out().lines().count(), is(18L));
        assertThat(lab("kv", "db", "stats").out(), containsString("merged by: time-window 3600000 4"));
        assertThat(lab("kv", "db", "verify").exit(), is(0));
        assertThat("files after reading", files(), is(before));
        assertThat(lab("kv", "db", "put", "hour 18", "18").exit(), is(0));
        assertThat(lab("kv", "db", "get", "hour 18").out().strip(), is("18"));
        before.keySet().removeIf(name -> !name.endsWith(".ldb"));
        TreeMap<String, Slice> after = files();
        after.keySet().removeIf(name -> !name.endsWith(".ldb"));
        assertThat("tables after a put", after, is(before));
        LabCalls.Said merged = lab("kv", "db", "compact");
        assertThat(
                merged.out(), containsString("LevelDB cannot read it, because of its picker, time-window 3600000 4"));
        assertThat(lab("kv", "db", "compact", "--leveldb").out(), containsString("LevelDB can read it."));
        assertThat(lab("kv", "db", "stats").out(), containsString("merged by: leveled"));
    }

    @Test
    @DisplayName(
            "verify said that all is whole while the log was damaged, and a get deleted it: it is named, and stays")
    void damagedLogWasWhole() throws IOException {
        for (int i = 0; i < 3; i++) {
            assertThat(
                    lab("kv", "db", "put", "key" + i, "value ".repeat(20_000)).exit(), is(0));
        }
        Path log = only(".log");
        byte[] bytes = Files.readAllBytes(log);
        bytes[40_000] ^= 1;
        Files.write(log, bytes);
        TreeMap<String, Slice> before = files();
        LabCalls.Said verified = lab("kv", "db", "verify");
        assertThat(verified.exit(), is(NOT_SO));
        assertThat(verified.out(), startsWith("Damaged: " + log.getFileName() + " from byte "));
        assertThat(verified.err(), containsString("The store is damaged"));
        LabCalls.Said json = lab("kv", "db", "verify", "--json");
        assertThat(json.exit(), is(NOT_SO));
        assertThat(json.out(), containsString("\"whole\": false"));
        LabCalls.Said got = lab("kv", "db", "get", "key0");
        assertThat(got.err(), containsString("Not read: " + log.getFileName()));
        assertThat("files after verify and get", files(), is(before));
        LabCalls.Said put = lab("kv", "db", "put", "key4", "new");
        assertThat(put.exit(), is(0));
        assertThat(put.err(), containsString("A copy of the log is in db/lost."));
        assertThat(
                Slice.wrap(Files.readAllBytes(directory.resolve("db/lost").resolve(log.getFileName()))),
                is(Slice.wrap(bytes)));
        assertThat(lab("kv", "db", "verify").exit(), is(0));
    }

    @Test
    @DisplayName("without CURRENT and manifest the store says so, and repair rebuilds it")
    void repair() throws IOException {
        assertThat(lab("kv", "db", "put", "apple", "red").exit(), is(0));
        assertThat(lab("kv", "db", "compact").exit(), is(0));
        try (Stream<Path> files = Files.list(directory.resolve("db"))) {
            for (Path file : files.toList()) {
                String name = file.getFileName().toString();
                if (name.equals("CURRENT") || name.startsWith("MANIFEST")) {
                    Files.delete(file);
                }
            }
        }
        for (String action : List.of("get", "delete")) {
            LabCalls.Said lost = lab("kv", "db", action, "apple");
            assertThat(lost.exit(), is(LabException.FAILED));
            assertThat(lost.err(), startsWith("The store in db has tables and no file CURRENT"));
            assertThat(lost.err(), containsString("./lab kv db repair rebuilds it"));
        }
        assertThat(lab("kv", "db", "put", "fig", "blue").exit(), is(LabException.FAILED));
        assertThat(lab("kv", "db", "repair").out(), startsWith("1 keys out of 1 tables are in the store again."));
        assertThat(lab("kv", "db", "get", "apple").out().strip(), is("red"));
    }

    @Test
    @DisplayName("a damaged manifest is one sentence and the way on, with no stack trace")
    void damaged() throws IOException {
        assertThat(lab("kv", "db", "put", "apple", "red").exit(), is(0));
        Files.writeString(directory.resolve("db/CURRENT"), "nonsense");
        LabCalls.Said said = lab("kv", "db", "get", "apple");
        assertThat(said.exit(), is(LabException.FAILED));
        assertThat(said.err(), containsString("CURRENT is damaged at byte 0"));
        assertThat(said.err(), containsString("repair keeps what can be read."));
        assertThat("lines of the message", said.err().lines().count(), is(2L));
        assertThat(lab("kv", "db", "verify").out(), startsWith("Damaged: CURRENT from byte 0 on"));
    }

    @Test
    @DisplayName("calls that make no sense are usage errors, and make no store")
    void usage() {
        assertThat(lab("kv", "db", "get", "apple").err(), startsWith("There is no directory db."));
        assertThat(lab("kv", "db", "verify").exit(), is(LabException.FAILED));
        assertThat(lab("kv", "db", "fetch", "apple").exit(), is(LabException.USAGE));
        assertThat(lab("kv", "db", "put", "apple").exit(), is(LabException.USAGE));
        assertThat(lab("kv", "db", "put", "apple", "red", "green").err(), containsString("'green' is one too many"));
        assertThat(lab("kv", "db", "stats", "apple").exit(), is(LabException.USAGE));
        assertThat(lab("kv", "db", "scan", "b", "a").exit(), is(LabException.USAGE));
        assertThat(lab("kv", "db", "scan", "--limit", "-1").exit(), is(LabException.USAGE));
        assertThat(lab("kv", "db").exit(), is(LabException.USAGE));
        assertThat(lab("kv", "db", "repair").exit(), is(LabException.FAILED));
        assertThat(Files.exists(directory.resolve("db")), is(false));
    }

    @Test
    @DisplayName(
            "a file was 'put makes one', a store open elsewhere had no next step, and repair was advised after every error")
    void messages() throws IOException {
        Files.writeString(directory.resolve("file"), "text");
        LabCalls.Said file = lab("kv", "file", "get", "apple");
        assertThat(file.err(), startsWith("file is a file, and a store is a directory."));
        assertThat(file.exit(), is(LabException.FAILED));
        assertThat(lab("kv", "file/db", "get", "apple").exit(), is(LabException.FAILED));
        Files.createDirectory(directory.resolve("empty"));
        LabCalls.Said empty = lab("kv", "empty", "get", "apple");
        assertThat(empty.err(), startsWith("There is no store in empty."));
        assertThat(empty.err(), containsString("./lab kv empty put KEY VALUE makes a store there."));
        try (LsmStore store = LsmStore.open(directory.resolve("db"), LsmOptions.defaults())) {
            store.put(Slice.utf8("a"), Slice.EMPTY);
            for (String action : List.of("stats", "verify", "compact", "repair")) {
                LabCalls.Said open = lab("kv", "db", action);
                assertThat(open.exit(), is(LabException.FAILED));
                assertThat(action, open.err(), startsWith("The store in db is open in another program."));
                assertThat(action, open.err(), not(containsString("repair keeps")));
            }
        }
    }

    @Test
    @DisplayName("binary keys could not be given or read: what scan prints can be given back, as text and as hex")
    void binaryKeys() {
        assertThat(lab("kv", "db", "put", "a\\x00\\xff\\\\b", "line\\n\\ttab").exit(), is(0));
        assertThat(lab("kv", "db", "scan").out().strip(), is("a\\x00\\xff\\\\b\tline\\n\\ttab"));
        assertThat(lab("kv", "db", "scan", "--hex").out().strip(), is("6100ff5c62\t6c696e650a09746162"));
        assertThat(lab("kv", "db", "get", "--hex", "6100FF5c62").out().strip(), is("6c696e650a09746162"));
        assertThat(
                lab("kv", "db", "put", "Z\u00fcrich", "\u00dcber \ud83d\ude00").exit(), is(0));
        assertThat(lab("kv", "db", "get", "Z\u00fcrich").out().strip(), is("\u00dcber \ud83d\ude00"));
        assertThat(lab("kv", "db", "get", "--hex", "5ac3bc72696368").out().strip(), is("c39c62657220f09f9880"));
        assertThat(lab("kv", "db", "put", "@pom.xml", "no file").exit(), is(0));
        assertThat(lab("kv", "db", "get", "@pom.xml", "--json").out(), containsString("\"key\": \"@pom.xml\""));
        assertThat(
                lab("kv", "db", "scan", "--json").out().lines().findFirst().orElseThrow(),
                is("{\"key\":\"@pom.xml\",\"value\":\"no file\"}"));
    }

    @Test
    @DisplayName("bytes that did not arrive were stored as question marks: they are refused, with the way to give them")
    void invalidArguments() {
        for (String argument : List.of("caf\ufffd", "half \ud83d")) {
            LabCalls.Said said = lab("kv", "db", "put", "key", argument);
            assertThat(said.exit(), is(LabException.USAGE));
            assertThat(said.err(), startsWith("The VALUE has bytes that are not text"));
            assertThat(said.err(), containsString("--hex"));
        }
        for (String argument : List.of("C:\\windows", "\\", "\\x4", "\\xzz")) {
            LabCalls.Said said = lab("kv", "db", "put", argument, "value");
            assertThat(argument, said.exit(), is(LabException.USAGE));
            assertThat(said.err(), startsWith("The KEY has a backslash that begins no escape"));
        }
        for (String argument : List.of("abc", "0x61", "zz")) {
            assertThat(lab("kv", "db", "put", "--hex", argument, "00").exit(), is(LabException.USAGE));
        }
        assertThat(Files.exists(directory.resolve("db")), is(false));
    }

    private TreeMap<String, Slice> files() throws IOException {
        TreeMap<String, Slice> contents = new TreeMap<>();
        try (Stream<Path> files = Files.list(directory.resolve("db"))) {
            for (Path file : files.toList()) {
                contents.put(file.getFileName().toString(), Slice.wrap(Files.readAllBytes(file)));
            }
        }
        return contents;
    }

    private Path only(String ending) throws IOException {
        try (Stream<Path> files = Files.list(directory.resolve("db"))) {
            return files.filter(file -> file.toString().endsWith(ending))
                    .sorted()
                    .findFirst()
                    .orElseThrow();
        }
    }

    /** Calls the command; a put makes a store of the kind that these tests are about. */
    private LabCalls.Said lab(String... args) {
        List<String> words = new ArrayList<>(List.of(args));
        if (words.contains("put")) {
            words.addAll(2, List.of("--engine", "leveldb"));
        }
        return lab.in(directory, words.toArray(new String[0]));
    }
}
