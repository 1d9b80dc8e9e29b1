package storagelab.grader.hidden.lab05;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static storagelab.grader.hidden.kit.Checks.assertEquals;
import static storagelab.grader.hidden.kit.Checks.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.api.CorruptionException;
import storagelab.api.Slice;
import storagelab.compaction.CompactionJob;
import storagelab.grader.hidden.kit.Growth;
import storagelab.manifest.FileMetadata;
import storagelab.manifest.Version;
import storagelab.manifest.VersionEdit;
import storagelab.sstable.InternalKey;
import storagelab.sstable.InternalKeyOrder;
import storagelab.testkit.Seeds;
import storagelab.testkit.lsm.KeptEntries;
import storagelab.testkit.lsm.MapCursor;

/** Exercise 5.13: what a merge writes, and where its tables end. */
@Tag("5.13")
class CompactionJobHiddenTest {
    private static final long LARGE = 1 << 20;

    private static Version alone() {
        return Merges.version("1 9 9 a z");
    }

    private static CompactionJob job(Version version, long oldestSnapshot, long tableBytes) {
        return new CompactionJob(Merges.of(version, Set.of(9L), 1, 9), version, oldestSnapshot, tableBytes);
    }

    private static List<String> merge(
            Version version, long oldestSnapshot, long tableBytes, NavigableMap<Slice, Slice> all) {
        KeptEntries output = new KeptEntries(100);
        List<FileMetadata> files = job(version, oldestSnapshot, tableBytes).run(new MapCursor(all), output);
        assertEquals(output.finish(), files, "the tables that run() returns");
        return output.describe();
    }

    /** Entries that take 100 bytes each. */
    private static NavigableMap<Slice, Slice> ofHundredBytes(String words) {
        NavigableMap<Slice, Slice> all = Merges.entries(words);
        all.replaceAll((key, value) -> Slice.wrap(new byte[100 - key.length()]));
        return all;
    }

    @Test
    @DisplayName("what stays has its keys and values unchanged, in one table if that is not full")
    void values() {
        NavigableMap<Slice, Slice> all = Merges.entries("a@9 a@3 b@8† b@2 c@7 d@1");
        KeptEntries output = new KeptEntries(100);
        job(alone(), 5, LARGE).run(new MapCursor(all), output);
        assertEquals(1, output.tables().size(), "tables");
        assertEquals(all, output.tables().get(0), "the entries of the table, when a snapshot at 5 needs all six");
    }

    @Test
    @DisplayName("where nothing stays, and where there is nothing, no table is written")
    void nothing() {
        assertEquals(List.of(), merge(alone(), 9, LARGE, Merges.entries("")), "tables of a merge of no entries");
        assertEquals(
                List.of(),
                merge(alone(), 9, LARGE, Merges.entries("a@3† b@4†")),
                "tables of a merge of deletions alone");
    }

    @Test
    @DisplayName("each entry is read once and in one direction, and the value only of what stays")
    void cost() {
        NavigableMap<Slice, Slice> all = Merges.entries("a@9 a@8 a@7 b@6† b@5 c@4");
        MapCursor inputs = new MapCursor(all);
        job(alone(), Merges.NO_SNAPSHOT, LARGE).run(inputs, new KeptEntries(100));
        assertEquals(1, inputs.seeks(), "seeks in the inputs");
        assertEquals(6, inputs.steps(), "steps in the inputs, which have six entries");
        assertEquals(2, inputs.values(), "values that were read: a@9 and c@4 stay");
    }

    @Test
    @DisplayName("a table ends before the next key when it has tableBytes, and not before it has them")
    void full() {
        NavigableMap<Slice, Slice> all = ofHundredBytes("a@1 b@1 c@1 d@1 e@1");
        assertEquals(List.of("a@1 b@1", "c@1 d@1", "e@1"), merge(alone(), 9, 200, all), "tables of 200 bytes");
        assertEquals(List.of("a@1 b@1 c@1", "d@1 e@1"), merge(alone(), 9, 201, all), "tables of 201 bytes");
        assertEquals(
                List.of("a@1", "b@1", "c@1", "d@1", "e@1"),
                merge(alone(), 9, 1, all),
                "tables of a byte: one entry each");
    }

    @Test
    @DisplayName(
            "all versions of a key are in one table, however many they are, also if the first of them were dropped")
    void versionsTogether() {
        NavigableMap<Slice, Slice> all = ofHundredBytes("a@1 b@9 b@8 b@7 b@6 b@5 c@1");
        assertEquals(
                List.of("a@1 b@9 b@8 b@7 b@6 b@5", "c@1"),
                merge(alone(), 1, 200, all),
                "tables of 200 bytes, snapshot at 1");
        NavigableMap<Slice, Slice> hidden = ofHundredBytes("a@1 b@1 c@9 c@8 c@7 d@2 e@2");
        assertEquals(
                List.of("a@1 b@1", "c@9 d@2", "e@2"),
                merge(alone(), 9, 200, hidden),
                "tables of 200 bytes of a@1 b@1 c@9 c@8 c@7 d@2 e@2 without a snapshot");
    }

    private static Version below(Object... sizesAndBounds) {
        VersionEdit edit =
                new VersionEdit().add(1, new FileMetadata(9, 100, Blocks.put("a", 5), Blocks.put("z", 5)).inRun(9, 0));
        for (int i = 0; i < sizesAndBounds.length; i += 3) {
            edit.add(
                    2,
                    new FileMetadata(
                            50 + i,
                            (int) sizesAndBounds[i],
                            Blocks.put((String) sizesAndBounds[i + 1], 5),
                            Blocks.put((String) sizesAndBounds[i + 2], 5)));
        }
        return Version.empty().with(edit);
    }

    @Test
    @DisplayName(
            "a table ends when it overlaps more than ten times tableBytes of the level below, and not at ten times")
    void overlap() {
        NavigableMap<Slice, Slice> all = ofHundredBytes("b@1 d@1 f@1 h@1 j@1");
        assertEquals(
                List.of("b@1 d@1 f@1 h@1 j@1"),
                merge(below(5000, "a", "c", 5000, "d", "e"), 1, 1000, all),
                "tables, if the level below has 5,000 bytes from a to c and 5,000 from d to e");
        assertEquals(
                List.of("b@1 d@1", "f@1 h@1 j@1"),
                merge(below(5000, "a", "c", 5001, "d", "e"), 1, 1000, all),
                "tables, if the level below has 5,000 bytes from a to c and 5,001 from d to e");
    }

    @Test
    @DisplayName("what was passed before a table had an entry, or by the table before it, does not count")
    void overlapBegins() {
        NavigableMap<Slice, Slice> all = ofHundredBytes("g@9 i@9 k@9 m@9");
        assertEquals(
                List.of("g@9 i@9 k@9 m@9"),
                merge(below(9_000, "a", "b", 9_000, "g", "h"), 1, 1000, all),
                "tables, if the level below has 9,000 bytes in front of all entries and 9,000 from g to h");
        assertEquals(
                List.of("g@9", "i@9 k@9", "m@9"),
                merge(below(11_000, "a", "h", 9_000, "i", "i", 9_000, "j", "k"), 1, 1000, all),
                "tables, if the level below has 11,000 bytes up to h, 9,000 of i, 9,000 from j to k");
        assertEquals(
                List.of("g@1 m@1"),
                merge(below(99_000, "b", "c"), 9, 1000, ofHundredBytes("a@1† d@2† g@1 m@1")),
                "tables, if the level below has much between two deletions that do not stay");
    }

    @Test
    @DisplayName("a table of the level below that ends with a key is passed by the next key, and not by that one")
    void overlapAtTheBound() {
        assertEquals(
                List.of("b@9 d@9", "e@9"),
                merge(below(11_000, "a", "d"), 9, 1000, ofHundredBytes("b@9 d@9 e@9")),
                "tables, if the level below has 11,000 bytes from a to d@5");
        assertEquals(
                List.of("b@9", "d@3 e@9"),
                merge(below(11_000, "a", "d"), 9, 1000, ofHundredBytes("b@9 d@3 e@9")),
                "tables, if the level below has 11,000 bytes from a to d@5, and d@3 is behind that");
    }

    @Test
    @DisplayName("a table size with which ten times is more than a long never ends a table")
    void withoutBound() {
        long wrapsToFour = 1_844_674_407_370_955_162L; // ten times that is 2^64 + 4
        for (long tableBytes : new long[] {wrapsToFour, Long.MAX_VALUE / 10 + 1, Long.MAX_VALUE / 2, Long.MAX_VALUE}) {
            assertEquals(
                    List.of("b@1 d@1 f@1"),
                    merge(below(11_000, "a", "c"), 1, tableBytes, ofHundredBytes("b@1 d@1 f@1")),
                    "tables of " + tableBytes + " bytes");
        }
    }

    @Test
    @DisplayName("of a level below that has many runs, nothing ends a table")
    void manyRunsBelow() {
        VersionEdit second =
                new VersionEdit().add(2, new FileMetadata(70, 10, Blocks.put("a", 5), Blocks.put("z", 5)).inRun(7, 0));
        assertEquals(
                List.of("b@1 d@1 f@1"),
                merge(below(99_000, "a", "c").with(second), 1, 1000, ofHundredBytes("b@1 d@1 f@1")),
                "tables, if the level below has two runs");
    }

    @Test
    @DisplayName("each table of the level below is passed once, and not looked at again for every key")
    void passesOnce() {
        NavigableMap<Slice, Slice> all = KeptEntries.none();
        for (int i = 0; i < 2000; i++) {
            all.put(Blocks.put("z%06d".formatted(i), 1), Slice.EMPTY);
        }
        Growth.check("merging 2,000 entries", "tables of the level below", tables -> {
            VersionEdit edit = new VersionEdit()
                    .add(1, new FileMetadata(9, 100, Blocks.put("a", 5), Blocks.put("zz", 5)).inRun(9, 0));
            for (int i = 0; i < tables; i++) {
                Slice key = Blocks.put("a%06d".formatted(i), 5);
                edit.add(2, new FileMetadata(100 + i, 1, key, key));
            }
            Version version = Version.empty().with(edit);
            return () -> assertEquals(
                    1,
                    job(version, 1, LARGE)
                            .run(new MapCursor(all), new KeptEntries(100))
                            .size(),
                    "tables of a merge after all tables of the level below");
        });
    }

    @Test
    @DisplayName("random merges end their tables where the rule says, whatever is dropped")
    void random() {
        Seeds.check(150, random -> {
            NavigableMap<Slice, Slice> all = Merges.random(random);
            all.replaceAll((key, value) -> Slice.wrap(new byte[random.nextInt(50)]));
            List<Object> tables = new ArrayList<>();
            for (char from = 'a'; from < 'j'; from += (char) (1 + random.nextInt(3))) {
                tables.addAll(List.of(random.nextInt(700), String.valueOf(from), String.valueOf(from)));
            }
            Version version = below(tables.toArray());
            long snapshot = random.nextInt(42);
            long tableBytes = 1 + random.nextInt(120);
            assertEquals(
                    expected(version, snapshot, tableBytes, all),
                    merge(version, snapshot, tableBytes, all),
                    "tables of " + tableBytes + " bytes of " + KeptEntries.describe(all)
                            + " with the oldest snapshot at " + snapshot + " and " + version.files(2) + " below");
        });
    }

    /** The tables, in words, by the statement: key by key. */
    private static List<String> expected(
            Version version, long snapshot, long tableBytes, NavigableMap<Slice, Slice> all) {
        List<String> tables = new ArrayList<>();
        NavigableMap<Slice, Slice> table = KeptEntries.none();
        List<FileMetadata> ahead = new ArrayList<>(version.files(2));
        long passed = 0;
        Slice last = null;
        for (Slice key : all.keySet()) {
            Slice user = InternalKey.userKey(key);
            boolean isFirst = !user.equals(last);
            last = user;
            while (isFirst
                    && !ahead.isEmpty()
                    && InternalKeyOrder.ORDER.compare(ahead.get(0).largest(), key) < 0) {
                long bytes = ahead.remove(0).sizeBytes();
                passed += table.isEmpty() ? 0 : bytes;
            }
            if (isFirst && (bytes(table) >= tableBytes || passed > 10 * tableBytes)) {
                tables.add(KeptEntries.describe(table));
                table.clear();
                passed = 0;
            }
            Slice seen = all.ceilingKey(InternalKey.seekKey(user, snapshot)); // by the oldest reader
            boolean isVisible = InternalKey.sequence(key) > snapshot || key.equals(seen);
            boolean isNeeded = InternalKey.sequence(key) > snapshot
                    || !Merges.isDeletion(key)
                    || Merges.mayBeOlder(version, Set.of(9L), user);
            if (isVisible && isNeeded) {
                table.put(key, all.get(key));
            }
        }
        if (!table.isEmpty()) {
            tables.add(KeptEntries.describe(table));
        }
        return tables;
    }

    private static long bytes(NavigableMap<Slice, Slice> table) {
        return table.entrySet().stream()
                .mapToLong(entry -> entry.getKey().length() + entry.getValue().length())
                .sum();
    }

    @Test
    @DisplayName("damage of an input is passed on, and what was written so far is not ended as if it were whole")
    void damage() {
        CorruptionException damage = new CorruptionException(Blocks.FILE, 0, "a block", "damage for the test");
        AtomicInteger steps = new AtomicInteger();
        TreeMap<Slice, Slice> all = new TreeMap<>(InternalKeyOrder.ORDER) {
            @Override
            public Map.Entry<Slice, Slice> higherEntry(Slice key) {
                if (steps.incrementAndGet() == 3) {
                    throw damage;
                }
                return super.higherEntry(key);
            }
        };
        all.putAll(Merges.entries("a@1 b@1 c@1 d@1"));
        KeptEntries output = new KeptEntries(100);
        CorruptionException thrown = assertThrows(
                CorruptionException.class,
                () -> job(alone(), 9, LARGE).run(new MapCursor(all), output),
                "a merge of an input that is damaged behind its third entry");
        assertTrue(thrown == damage, "another exception was thrown than that of the input: " + thrown);
        assertEquals(List.of(), output.tables(), "tables that were ended, when an input is damaged");
    }
}
