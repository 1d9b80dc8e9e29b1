package storagelab.grader.kv;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import storagelab.api.Durability;
import storagelab.api.Slice;
import storagelab.btree.BTreeOptions;
import storagelab.btree.BTreeStore;
import storagelab.grader.LabException;
import storagelab.kv.ExpiringStore;
import storagelab.recovery.DurableOptions;
import storagelab.recovery.EngineKind;

class KvStoreKindsTest {
    @TempDir
    private Path directory;

    @ParameterizedTest
    @EnumSource(StoreKind.class)
    @DisplayName("put, get, scan, delete, size, stats, verify and checkpoint work on a store of every kind")
    void everyCommand(StoreKind kind) {
        KvCalls kv = new KvCalls(directory);
        assertThat(
                kv.call("db", "put", "apple", "red", "--engine", kind.toString())
                        .exit(),
                is(0));
        assertThat(kv.call("db", "put", "pear", "green").exit(), is(0));
        assertThat(kv.call("db", "put", "fig", "blue").exit(), is(0));
        assertThat(kv.call("db", "get", "pear").out(), is("green\n"));
        assertThat(kv.call("db", "scan").out(), is("apple\tred\nfig\tblue\npear\tgreen\n"));
        assertThat(kv.call("db", "scan", "b", "g").out(), is("fig\tblue\n"));
        assertThat(kv.call("db", "scan", "--reverse", "--limit", "1").out(), is("pear\tgreen\n"));
        assertThat(kv.call("db", "scan", "--prefix", "f").out(), is("fig\tblue\n"));
        assertThat(kv.call("db", "delete", "fig").exit(), is(0));
        KvCalls.Said missing = kv.call("db", "get", "fig");
        assertThat(missing.exit(), is(KvAction.NOT_SO));
        assertThat(missing.err(), is("There is no key fig.\n./lab kv db scan prints those there are.\n"));
        assertThat(kv.call("db", "checkpoint").exit(), is(0));
        assertThat(kv.call("db", "scan").out(), is("apple\tred\npear\tgreen\n"));
        assertThat(kv.call("db", "stats").out(), startsWith("kind: " + kind + ", "));
        assertThat(kv.call("db", "stats", "--json").out(), containsString("\"kind\": \"" + kind + "\""));
        assertThat(kv.call("db", "size").exit(), is(0));
        assertThat(kv.call("db", "verify").out(), startsWith("The store is whole"));
    }

    @ParameterizedTest
    @EnumSource(StoreKind.class)
    @DisplayName("get, scan, size, stats, verify and a session of them leave every file as it was, and make none")
    void readingWritesNothing(StoreKind kind) throws IOException {
        KvCalls kv = new KvCalls(directory);
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < 3_000; i++) {
            lines.append("key").append(i).append("\tvalue ").append(i).append('\n');
        }
        assertThat(
                kv.call(lines.toString().getBytes(UTF_8), "db", "load", "--engine", kind.toString())
                        .exit(),
                is(0));
        assertThat(kv.call("db", "put", "last", "one").exit(), is(0));
        TreeMap<String, Slice> before = StoreFiles.of(directory.resolve("db"));

        assertThat(kv.call("db", "get", "key17").out(), is("value 17\n"));
        assertThat(kv.call("db", "scan", "--all").out().lines().count(), is(3_001L));
        assertThat(kv.call("db", "size", "a", "z").exit(), is(0));
        assertThat(kv.call("db", "stats").exit(), is(0));
        assertThat(kv.call("db", "stats", "--prometheus").exit(), is(0));
        assertThat(kv.call("db", "verify").exit(), is(0));
        assertThat(
                kv.call("get key3\nscan a b\nverify\nstats\n".getBytes(UTF_8), "db")
                        .exit(),
                is(0));
        assertThat(kv.type("get key3\nstats\n\\q\n", "db").exit(), is(0));
        assertThat(kv.call("db", "bench", "--seconds", "0.01").exit(), is(0));

        assertThat("files after reading", StoreFiles.of(directory.resolve("db")), is(before));
    }

    @ParameterizedTest
    @EnumSource(StoreKind.class)
    @DisplayName("random bytes that scan prints as text, as hexadecimal digits or as JSON are loaded as they were")
    void roundTrips(StoreKind kind) {
        long seed = Long.getLong("seed", System.nanoTime());
        Random random = new Random(seed);
        TreeMap<Slice, Slice> entries = new TreeMap<>();
        for (int i = 0; i < 200; i++) {
            entries.put(bytes(random, 12), bytes(random, 40));
        }
        KvCalls kv = new KvCalls(directory);
        StringBuilder lines = new StringBuilder();
        entries.forEach((key, value) -> lines.append(BytesText.HEX.print(key))
                .append('\t')
                .append(BytesText.HEX.print(value))
                .append('\n'));
        String given = lines.toString();
        assertThat(
                "seed " + seed,
                kv.call(given.getBytes(UTF_8), "first", "load", "--hex", "--engine", kind.toString())
                        .exit(),
                is(0));
        for (List<String> format :
                List.of(List.of("--hex"), List.<String>of(), List.of("--json"), List.of("--json", "--hex"))) {
            String copy = "copy" + String.join("", format);
            List<String> scan = new ArrayList<>(List.of("scan", "--all"));
            scan.addAll(format);
            List<String> load = new ArrayList<>(List.of("load", "-", "--engine", kind.toString()));
            load.addAll(format);
            String printed = kv.call("first", scan.toArray(new String[0])).out();
            assertThat(
                    "seed " + seed,
                    kv.call(printed.getBytes(UTF_8), copy, load.toArray(new String[0]))
                            .exit(),
                    is(0));
            assertThat(
                    "seed " + seed + " " + format,
                    kv.call(copy, "scan", "--all", "--hex").out(),
                    is(given));
        }
    }

    private static Slice bytes(Random random, int lengthMax) {
        byte[] bytes = new byte[random.nextInt(lengthMax) + 1];
        random.nextBytes(bytes);
        return Slice.wrap(bytes);
    }

    @Test
    @DisplayName("--raw stores what comes from standard input, and writes exactly these bytes")
    void raw() throws IOException {
        byte[] every = new byte[1 << 10];
        new Random(1).nextBytes(every);
        KvCalls kv = new KvCalls(directory);
        assertThat(kv.call(every, "db", "put", "--raw", "key").exit(), is(0));
        KvCalls.Said got = kv.call("db", "get", "--raw", "key");
        assertThat(Slice.wrap(got.bytes()), is(Slice.wrap(every)));
        assertThat(got.out(), is(""));
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        line.write("key\t".getBytes(UTF_8));
        line.write(every);
        line.write('\n');
        assertThat(Slice.wrap(kv.call("db", "scan", "--raw").bytes()), is(Slice.wrap(line.toByteArray())));
        assertThat(kv.call("db", "put", "--raw", "back\\slash", "a\\x00b").exit(), is(0));
        assertThat(kv.call("db", "get", "back\\\\slash").out(), is("a\\\\x00b\n"));
        assertThat(kv.call("db", "get", "--raw", "--json", "key").exit(), is(LabException.USAGE));
        assertThat(kv.call("db", "get", "--raw", "--hex", "key").exit(), is(LabException.USAGE));
    }

    @Test
    @DisplayName("bytes that are not text are not sent to a terminal")
    void rawAtTerminal() {
        KvCalls kv = new KvCalls(directory);
        assertThat(kv.call(new byte[] {0, 27, 7}, "db", "put", "--raw", "key").exit(), is(0));
        assertThat(kv.type("get --raw key\n\\q\n", "db").out(), containsString("not text that a terminal can show"));
    }

    @Test
    @DisplayName("a line that cannot be read is named; the lines before it are stored")
    void loadStopsAtALine() {
        KvCalls kv = new KvCalls(directory);
        KvCalls.Said said = kv.call("a\t1\r\nb\t2\t3\nno tab\nc\t3\n".getBytes(UTF_8), "db", "load");
        assertThat(said.exit(), is(LabException.FAILED));
        assertThat(said.err(), startsWith("Line 3 of standard input: It has no tab."));
        assertThat(kv.call("db", "scan").out(), is("a\t1\nb\t2\\t3\n"));
        assertThat(kv.call("db", "load", "missing.tsv").err(), startsWith("There is no file missing.tsv."));
        assertThat(
                kv.call("{\"key\":1}\n".getBytes(UTF_8), "db", "load", "--json").err(),
                containsString("no string \"value\""));
    }

    @Test
    @DisplayName("what is not a store, is a part of one, or is another kind than asked for, is refused with the way on")
    void refused() throws IOException {
        KvCalls kv = new KvCalls(directory);
        assertThat(kv.call("db", "put", "a", "1").exit(), is(0));
        assertThat(kv.call("db/btree", "get", "a").err(), startsWith("db/btree is a part of the store in db."));
        KvCalls.Said other = kv.call("db", "put", "a", "1", "--engine", "lsm");
        assertThat(other.exit(), is(LabException.USAGE));
        assertThat(other.err(), containsString("Leave --engine out"));
        Files.createDirectories(directory.resolve("work"));
        Files.writeString(directory.resolve("work/notes.txt"), "mine");
        KvCalls.Said notEmpty = kv.call("work", "put", "a", "1");
        assertThat(notEmpty.exit(), is(LabException.FAILED));
        assertThat(notEmpty.err(), startsWith("work is not a store and not empty: it has notes.txt."));
        assertThat(kv.call("db", "compact").exit(), is(LabException.USAGE));
        assertThat(kv.call("db", "repair").err(), startsWith("A repair rebuilds stores of the kind leveldb"));
        assertThat(kv.call("db", "begin").exit(), is(LabException.USAGE));
        assertThat(kv.call("db", "get", "--nonsense", "a").exit(), is(LabException.USAGE));
        assertThat(kv.call("db", "put", "x".repeat(5_000), "1").err(), startsWith("The store does not take it: "));
    }

    @Test
    @DisplayName("a tree is found by its file, and with pages of another size than usual")
    void pageFile() {
        Path home = directory.resolve("tree");
        try (BTreeStore store = BTreeStore.open(home, BTreeOptions.defaults().withPageSizeBytes(8192))) {
            store.put(Slice.utf8("a"), Slice.utf8("1"));
        }
        KvCalls kv = new KvCalls(directory);
        assertThat(kv.call("tree/tree.pages", "get", "a").out(), is("1\n"));
        assertThat(kv.call("tree", "put", "b", "2").exit(), is(0));
        assertThat(kv.call("tree", "stats", "--json").out(), containsString("\"pageBytes\": 8192"));
    }

    @Test
    @DisplayName("a damaged page and a cut-off log are found by verify, and named")
    void damaged() throws IOException {
        KvCalls kv = new KvCalls(directory);
        assertThat(kv.call("db", "put", "a", "1").exit(), is(0));
        Path pages = directory.resolve("db/btree/tree.pages");
        byte[] bytes = Files.readAllBytes(pages);
        bytes[2 * 4096 + 100] ^= 1;
        Files.write(pages, bytes, StandardOpenOption.TRUNCATE_EXISTING);
        KvCalls.Said said = kv.call("db", "verify");
        assertThat(said.exit(), is(KvAction.NOT_SO));
        assertThat(said.out(), containsString("tree.pages is damaged at byte 8192"));
        assertThat(said.err(), containsString("Restore it from a backup"));
        KvCalls.Said got = kv.call("db", "get", "a");
        assertThat(got.exit(), is(LabException.FAILED));
        assertThat(got.err(), containsString("./lab kv db verify names what is damaged"));
    }

    @Test
    @DisplayName("a store whose values expire is read without those that have expired, and written without an expiry")
    void expiring() {
        DurableOptions options = DurableOptions.defaults(EngineKind.LSM);
        try (ExpiringStore store = ExpiringStore.open(directory.resolve("db"), options, InstantSource.system())) {
            store.put(Slice.utf8("a"), Slice.utf8("stays"));
            store.putExpiring(
                    Slice.utf8("b"),
                    Slice.utf8("gone"),
                    store.instant().minus(Duration.ofHours(1)),
                    Durability.BUFFERED);
            store.putExpiring(
                    Slice.utf8("c"),
                    Slice.utf8("later"),
                    store.instant().plus(Duration.ofHours(1)),
                    Durability.BUFFERED);
        }
        KvCalls kv = new KvCalls(directory);
        assertThat(kv.call("db", "scan").out(), is("a\tstays\nc\tlater\n"));
        assertThat(kv.call("db", "scan", "--reverse").out(), is("c\tlater\na\tstays\n"));
        assertThat(kv.call("db", "get", "b").exit(), is(KvAction.NOT_SO));
        assertThat(kv.call("db", "put", "b", "back").exit(), is(0));
        assertThat(kv.call("db", "scan").out(), is("a\tstays\nb\tback\nc\tlater\n"));
    }

    @Test
    @DisplayName("a bench without a store makes one, measures every kind of call, and leaves nothing behind")
    void bench() {
        KvCalls kv = new KvCalls(directory);
        KvCalls.Said said =
                kv.call("db", "bench", "--entries", "2000", "--seconds", "0.02", "--json", "--engine", "lsm");
        assertThat(said.err(), is(""));
        assertThat(said.out().lines().count(), is(6L));
        said.out().lines().forEach(line -> assertThat(line, containsString("\"p99Micros\":")));
        assertThat(Files.exists(directory.resolve("db")), is(false));
    }
}
