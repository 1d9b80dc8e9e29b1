package storagelab.grader.hidden.lab01;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static storagelab.grader.hidden.kit.Checks.assertEquals;
import static storagelab.grader.hidden.kit.Checks.assertFalse;
import static storagelab.testkit.StoreMatchers.atMost;

import com.google.common.collect.Iterators;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.StringJoiner;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.api.CorruptionException;
import storagelab.api.Entry;
import storagelab.api.Slice;
import storagelab.disk.CrashDisk;
import storagelab.file.FileMetrics;
import storagelab.file.StatsRecorder;
import storagelab.grader.hidden.kit.TableBytes;
import storagelab.sortedlog.Compactor;
import storagelab.sortedlog.SortedTable;
import storagelab.sortedlog.SortedTableBuilder;
import storagelab.sortedlog.TableInfo;
import storagelab.testkit.Seeds;

/** Exercise 1.7: merging tables. In the words of a test, {@code a†} is the tombstone of a. */
@Tag("1.7")
class CompactorHiddenTest {
    private static final long OUT = 1000;

    private final CrashDisk disk = CrashDisk.create();
    private final StatsRecorder mergedStats = new StatsRecorder();
    private final StatsRecorder olderStats = new StatsRecorder();
    private final List<SortedTable> newestFirst = new ArrayList<>();
    /** The tables of the merge in words. */
    private final StringJoiner input = new StringJoiner(" ");

    private final List<SortedTable> older = new ArrayList<>();
    private final Path out = disk.root().resolve("out.table");
    private long tables;

    @Test
    @DisplayName("without older tables no tombstone stays, and what it hid does not come back")
    void nothingOlder() {
        merge("a† c=3").merge("a=1 b=2 d†").merge("a=0 d=0 e†");
        assertResult("b=2 c=3");
    }

    @Test
    @DisplayName("a tombstone hides older values in the same merge, also when it is dropped")
    void tombstoneHidesWithinTheMerge() {
        merge("a†").merge("a=1").merge("a=0 b=0");
        assertResult("b=0");
    }

    @Test
    @DisplayName("a value that is newer than a tombstone wins over it")
    void valueAfterTombstone() {
        merge("a=2").merge("a† b†").merge("a=1 b=1").older("a=0 b=0");
        assertResult("a=2 b†");
    }

    @Test
    @DisplayName("any of the older tables can be the one that covers the key, the oldest too; between two none does")
    void severalOlderTables() {
        merge("b† m† y† zz†").older("x=1 z=1").older("k=1 l=1").older("a=1 c=1");
        assertResult("b† y†");
    }

    @Test
    @DisplayName("the ends of the range of an older table are covered, what is beyond them is not")
    void endsOfTheRange() {
        merge("b† b0† f† f0† az†").older("b=1 f=1");
        assertResult("b† b0† f†");
    }

    @Test
    @DisplayName("merging one table drops the tombstones that hide nothing and keeps the rest")
    void oneTable() {
        merge("a† b=1 c† d=2").older("c=0");
        assertResult("b=1 c† d=2");
    }

    @Test
    @DisplayName("when nothing stays there is no table: nothing is returned and the file is gone")
    void nothingStays() {
        merge("a† b†").merge("a=1 b=2");
        try (SortedTableBuilder builder = builder()) {
            assertEquals(
                    Optional.empty(), Compactor.compact(newestFirst, older, builder), "merge of {a† b†} {a=1 b=2}");
            assertFalse(Files.exists(out), "the file of a table that nothing stayed in is still there");
        }
    }

    @Test
    @DisplayName("what is returned describes the table that was built")
    void info() {
        merge("b=22 d†").merge("a=1 c=3");
        try (SortedTableBuilder builder = builder()) {
            TableInfo expected = new TableInfo(OUT, 3, 0, Slice.utf8("a"), Slice.utf8("c"));
            TableInfo actual = Compactor.compact(newestFirst, older, builder).orElseThrow();
            assertEquals(Bytes.read(out).length, actual.sizeBytes(), "sizeBytes of the table that was built");
            assertEquals(
                    expected,
                    new TableInfo(actual.number(), actual.entries(), 0, actual.smallest(), actual.largest()),
                    "number, entries and range of the table that was built");
        }
    }

    @Test
    @DisplayName("one to seven random tables merge as maps would, whatever older tables there are")
    void randomMerges() {
        Seeds.check(150, random -> {
            newestFirst.clear();
            older.clear();
            List<List<Entry>> contents = new ArrayList<>();
            for (int i = 1 + random.nextInt(7); i > 0; i--) {
                contents.add(randomTable(random));
                newestFirst.add(table(contents.get(contents.size() - 1), mergedStats));
            }
            for (int i = random.nextInt(4); i > 0; i--) {
                older.add(table(randomTable(random), olderStats));
            }
            assertEquals(expected(contents), compact(), "merge of " + contents + ", the newest first");
        });
    }

    @Test
    @DisplayName("each block of the merged tables is read once, and none of the older tables")
    void cost() {
        for (int i = 0; i < 4; i++) {
            newestFirst.add(table(Entries.oddNumbered(500, 100 + i), mergedStats));
        }
        older.add(table(Entries.oddNumbered(500, 100), olderStats));
        long blocks = newestFirst.stream().mapToLong(SortedTable::blockCount).sum();
        assertEquals(500, compact().size(), "entries of four tables with the same 500 keys");
        assertThat(
                "merging four tables of " + blocks + " blocks in all",
                mergedStats.get(FileMetrics.BLOCKS_READ),
                atMost(blocks, "blocks read", "go through each table once, with entries()"));
        assertEquals(
                0, olderStats.get(FileMetrics.BLOCKS_READ), "BLOCKS_READ in the older tables: their ranges are enough");
    }

    @Test
    @DisplayName("the place in the list says how old a table is, not its number")
    void agesNotNumbers() {
        SortedTable old = table(List.of(Entries.value("a", "old")), mergedStats);
        newestFirst.add(old);
        SortedTable older = table(List.of(Entries.value("a", "older"), Entries.value("b", "older")), mergedStats);
        newestFirst.add(older);
        assertEquals(
                List.of(Entries.value("a", "old"), Entries.value("b", "older")),
                compact(),
                "merge of table 1 {a=old}, the newer one, and table 2 {a=older b=older}");
        newestFirst.clear();
        newestFirst.add(older);
        newestFirst.add(old);
        assertEquals(
                List.of(Entries.value("a", "older"), Entries.value("b", "older")),
                compact(),
                "merge of table 2 {a=older b=older}, now the newer one, and table 1 {a=old}");
    }

    @Test
    @DisplayName("a damaged table ends the merge with its exception, and no table is finished")
    void damagedTable() {
        newestFirst.add(table(List.of(Entries.value("a", "1"), Entries.value("y", "2")), mergedStats));
        byte[] damaged = Bytes.flipped(TableBytes.encode(OUT + 1, List.of(Entries.value("b", "3"))), 8 * 3);
        Path path = Bytes.write(disk.root().resolve("damaged.table"), damaged);
        newestFirst.add(SortedTable.open(path, OUT + 1, mergedStats));
        SortedTableBuilder builder = builder();
        assertThrows(
                CorruptionException.class,
                () -> Compactor.compact(newestFirst, older, builder),
                "merge of a whole table and a damaged one");
        builder.close();
        assertFalse(Files.exists(out), "a merge with a damaged table has finished a table");
    }

    @Test
    @DisplayName("many tables are merged with few comparisons for each entry")
    void manyTables() {
        int tables = 3000;
        for (int i = 0; i < tables; i++) {
            List<Entry> entries = new ArrayList<>();
            for (int j = 0; j < 4; j++) {
                entries.add(Entries.value(String.format("key %02d %06d", j, i * 7 % tables), ""));
            }
            newestFirst.add(table(entries, mergedStats));
        }
        RelativeCost.assertAtMost(
                8,
                "a merge of " + tables + " tables of 4 entries, next to going through each of them alone",
                () -> assertEquals(
                        4 * tables,
                        newestFirst.stream()
                                .mapToInt(table -> Iterators.size(table.entries()))
                                .sum(),
                        "entries of all tables"),
                this::compactUnread);
    }

    private void compactUnread() {
        try (SortedTableBuilder builder = builder()) {
            Compactor.compact(newestFirst, older, builder);
        } finally {
            Bytes.delete(out);
        }
    }

    @Test
    @DisplayName("merging goes through all tables together, and does not read one to its end first")
    void mergesStepByStep() {
        byte[] damaged = TableBytes.encode(OUT + 1, Entries.oddNumbered(300, 1000));
        Path path = disk.root().resolve("damaged.table");
        Bytes.write(path, Bytes.flipped(damaged, 8 * (damaged.length / 2)));
        newestFirst.add(SortedTable.open(path, OUT + 1, mergedStats));
        StatsRecorder highStats = new StatsRecorder();
        List<Entry> high = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            high.add(Entry.value(Slice.utf8(String.format("z %05d", i)), Slice.wrap(new byte[1000])));
        }
        newestFirst.add(table(high, highStats));
        try (SortedTableBuilder builder = builder()) {
            assertThrows(
                    CorruptionException.class,
                    () -> Compactor.compact(newestFirst, older, builder),
                    "merge of a table that is damaged in the middle");
        }
        assertThat(
                "of a table whose keys come after those of a table that is damaged in the middle",
                highStats.get(FileMetrics.BLOCKS_READ),
                atMost(2, "blocks read", "keep one block of each table in memory, not whole tables"));
        assertFalse(Files.exists(out), "the table of a merge that failed was finished");
    }

    @Test
    @DisplayName("keys are merged in the order of unsigned bytes, empty values stay values")
    void unsignedKeysAndEmptyValues() {
        Entry low = Entry.value(Slice.copyOf((byte) 0x7f), Slice.EMPTY);
        Entry high = Entry.value(Slice.copyOf((byte) 0x80), Slice.EMPTY);
        Entry emptyKey = Entry.value(Slice.EMPTY, Slice.utf8("1"));
        newestFirst.add(table(List.of(high), mergedStats));
        newestFirst.add(table(List.of(emptyKey, low), mergedStats));
        assertEquals(
                List.of(emptyKey, low, high), compact(), "merge of a table with key 0x80 and one with \"\" and 0x7f");
    }

    private CompactorHiddenTest merge(String table) {
        newestFirst.add(table(parse(table), mergedStats));
        input.add("{" + table + "}");
        return this;
    }

    private CompactorHiddenTest older(String table) {
        older.add(table(parse(table), olderStats));
        input.add("above the older {" + table + "}");
        return this;
    }

    private void assertResult(String expected) {
        List<Entry> entries = compact();
        assertEquals(expected, describe(entries), "merge of " + input + ", the newest first");
    }

    /** The entries of the merged table; none if there is no table. */
    private List<Entry> compact() {
        try (SortedTableBuilder builder = builder()) {
            Optional<TableInfo> built = Compactor.compact(newestFirst, older, builder);
            return built.isEmpty()
                    ? List.of()
                    : TableBytes.decode(Bytes.read(out)).entries();
        } finally {
            Bytes.delete(out);
        }
    }

    private SortedTableBuilder builder() {
        return SortedTableBuilder.create(out, OUT, mergedStats);
    }

    private SortedTable table(List<Entry> entries, StatsRecorder stats) {
        long number = ++tables;
        Path path = disk.root().resolve("in-" + number);
        return SortedTable.open(Bytes.write(path, TableBytes.encode(number, entries)), number, stats);
    }

    private List<Entry> expected(List<List<Entry>> contents) {
        Map<Slice, Entry> merged = new TreeMap<>();
        for (List<Entry> table : contents) {
            table.forEach(entry -> merged.putIfAbsent(entry.key(), entry));
        }
        merged.values()
                .removeIf(entry -> entry.tombstone()
                        && older.stream().noneMatch(table -> table.info().covers(entry.key())));
        return List.copyOf(merged.values());
    }

    private static List<Entry> randomTable(Random random) {
        Map<Slice, Entry> entries = new TreeMap<>();
        for (int i = 1 + random.nextInt(8); i > 0; i--) {
            String key = Character.toString((char) ('a' + random.nextInt(16)));
            Entry entry = random.nextInt(3) == 0
                    ? Entries.tombstone(key)
                    : Entries.value(key, Integer.toString(random.nextInt(1000)));
            entries.put(entry.key(), entry);
        }
        return List.copyOf(entries.values());
    }

    /** {@code "a=1 b†"} as entries, sorted. */
    private static List<Entry> parse(String words) {
        Map<Slice, Entry> entries = new TreeMap<>();
        for (String word : words.split(" ", -1)) {
            int equals = word.indexOf('=');
            Entry entry = equals < 0
                    ? Entries.tombstone(word.substring(0, word.length() - 1))
                    : Entries.value(word.substring(0, equals), word.substring(equals + 1));
            entries.put(entry.key(), entry);
        }
        return List.copyOf(entries.values());
    }

    private static String describe(List<Entry> entries) {
        List<String> words = entries.stream()
                .map(entry -> entry.key() + (entry.tombstone() ? "†" : "=" + entry.value()))
                .toList();
        return String.join(" ", words);
    }
}
