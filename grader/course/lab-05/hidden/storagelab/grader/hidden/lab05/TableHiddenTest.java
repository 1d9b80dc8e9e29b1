package storagelab.grader.hidden.lab05;

import static storagelab.grader.hidden.kit.Checks.assertEquals;
import static storagelab.grader.hidden.kit.Checks.assertFalse;
import static storagelab.grader.hidden.kit.Checks.assertTrue;

import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.api.Entry;
import storagelab.api.Slice;
import storagelab.api.ValueKind;
import storagelab.bloom.FilterPolicy;
import storagelab.sstable.Compression;
import storagelab.sstable.InternalCursor;
import storagelab.sstable.InternalKey;
import storagelab.sstable.SsTable;
import storagelab.sstable.TableOptions;
import storagelab.testkit.Seeds;

/** Exercise 5.5: what is found in a table. */
@Tag("5.5")
class TableHiddenTest {
    private static final FilterPolicy KEYS = new KeysPolicy("storagelab.Keys");

    /** What a get should find. */
    private static Optional<Entry> expected(TreeMap<Slice, Slice> entries, Slice user, long sequence) {
        Map.@Nullable Entry<Slice, Slice> found = entries.ceilingEntry(InternalKey.seekKey(user, sequence));
        if (found == null || !InternalKey.userKey(found.getKey()).equals(user)) {
            return Optional.empty();
        }
        return Optional.of(
                InternalKey.kind(found.getKey()) == ValueKind.DELETION
                        ? Entry.tombstone(user)
                        : Entry.value(user, found.getValue()));
    }

    @Test
    @DisplayName(
            "the example: the newest version that may be seen, tombstones, and nothing between and behind the blocks")
    void example() {
        TreeMap<Slice, Slice> entries = Blocks.none();
        entries.put(Blocks.put("apple", 7), Slice.utf8("red"));
        entries.put(Blocks.deletion("cherry", 3), Slice.EMPTY);
        TableDisk home = new TableDisk();
        home.build(entries, TableOptions.defaults().withBlockBytes(1));
        try (SsTable table = home.open(null)) {
            assertEquals(home.file, table.path(), "path()");
            Slice apple = Slice.utf8("apple");
            assertEquals(Optional.of(Entry.value(apple, Slice.utf8("red"))), table.get(apple, 9), "get(apple, 9)");
            assertEquals(Optional.of(Entry.value(apple, Slice.utf8("red"))), table.get(apple, 7), "get(apple, 7)");
            assertEquals(Optional.empty(), table.get(apple, 6), "get(apple, 6)");
            Slice cherry = Slice.utf8("cherry");
            assertEquals(Optional.of(Entry.tombstone(cherry)), table.get(cherry, 3), "get(cherry, 3)");
            assertEquals(Optional.empty(), table.get(cherry, 2), "get(cherry, 2)");
            for (String absent : new String[] {"", "a", "b", "banana", "cherr", "cherry\0", "d", "zebra"}) {
                assertEquals(Optional.empty(), table.get(Slice.utf8(absent), 9), "get(" + absent + ", 9)");
            }
        }
    }

    @Test
    @DisplayName(
            "a get finds what a sorted map finds, at every sequence, whatever the blocks, the filters and the compression")
    void gets() {
        Seeds.check(60, random -> {
            TreeMap<Slice, Slice> entries = Blocks.random(random, 300);
            entries.put(Blocks.randomKey(random, 5), Slice.EMPTY);
            TableOptions options = options(random);
            TableDisk home = new TableDisk();
            home.build(entries, options);
            try (SsTable table = home.open(random.nextBoolean() ? KEYS : null)) {
                for (int i = 0; i < 300; i++) {
                    Slice key = Blocks.randomKey(random, 50);
                    if (i % 2 == 0) {
                        Slice some = entries.ceilingKey(key);
                        key = some == null ? entries.firstKey() : some;
                    }
                    long sequence = Math.max(0, InternalKey.sequence(key) + random.nextInt(3) - 1);
                    sequence = Math.min(sequence, InternalKey.MAX_SEQUENCE);
                    Slice user = InternalKey.userKey(key);
                    assertEquals(
                            expected(entries, user, sequence),
                            table.get(user, sequence),
                            "get(" + user + ", " + sequence + ") in a table with " + options);
                }
            }
        });
    }

    private static TableOptions options(Random random) {
        return new TableOptions(
                1 + random.nextInt(random.nextBoolean() ? 100 : 5000),
                new int[] {1, 2, 16, 1000}[random.nextInt(4)],
                Compression.values()[random.nextInt(3)],
                random.nextBoolean() ? null : KEYS,
                random.nextBoolean() ? 11 : 31);
    }

    @Test
    @DisplayName("thousands of versions of one key, block after block: each is found at its sequence")
    void versions() {
        TreeMap<Slice, Slice> entries = Blocks.none();
        entries.put(Blocks.put("a", 5), Slice.utf8("before"));
        for (int sequence = 1; sequence <= 3000; sequence++) {
            entries.put(Blocks.put("counter", 2L * sequence), Slice.utf8("at " + sequence));
        }
        entries.put(Blocks.put("z", 5), Slice.utf8("behind"));
        for (FilterPolicy policy : new FilterPolicy[] {KEYS, new KeysPolicy("another")}) {
            TableDisk home = new TableDisk();
            home.build(entries, TableOptions.defaults().withBlockBytes(200).withFilter(policy));
            try (SsTable table = home.open(KEYS)) {
                for (int sequence = 0; sequence <= 6002; sequence++) {
                    assertEquals(
                            expected(entries, Slice.utf8("counter"), sequence),
                            table.get(Slice.utf8("counter"), sequence),
                            "get(counter, " + sequence + ")");
                }
            }
        }
    }

    @Test
    @DisplayName("a cursor goes where a sorted map goes, in both directions, over the borders of blocks")
    void cursor() {
        Seeds.check(60, random -> {
            TreeMap<Slice, Slice> entries = Blocks.random(random, 200);
            entries.put(Blocks.randomKey(random, 5), Slice.EMPTY);
            TableDisk home = new TableDisk();
            home.build(entries, options(random));
            try (SsTable table = home.open(KEYS)) {
                InternalCursor cursor = table.cursor();
                assertFalse(cursor.isValid(), "isValid() of a new cursor is true");
                assertEquals(entries, Blocks.walk(cursor), "a walk");
                assertEquals(entries, Blocks.walkBack(cursor), "a walk back");
                for (int i = 0; i < 40; i++) {
                    Slice key = Blocks.randomKey(random, 40);
                    cursor.seek(key);
                    Map.@Nullable Entry<Slice, Slice> at = entries.ceilingEntry(key);
                    for (int step = 0; at != null && step < 12; step++) {
                        assertTrue(cursor.isValid(), "isValid() is false, and " + at.getKey() + " is to come");
                        assertEquals(at.getKey(), cursor.key(), "key() after " + step + " steps");
                        assertEquals(at.getValue(), cursor.value(), "value() after " + step + " steps");
                        boolean forward = random.nextInt(3) > 0;
                        if (forward) {
                            cursor.next();
                        } else {
                            cursor.prev();
                        }
                        at = forward ? entries.higherEntry(at.getKey()) : entries.lowerEntry(at.getKey());
                    }
                    assertEquals(at != null, cursor.isValid(), "isValid() of the cursor");
                }
            }
        });
    }

    @Test
    @DisplayName(
            "a table of another builder is read: blocks stored each in its own way, a separator that is no key, no blocks")
    void foreign() {
        TableForge forge = new TableForge();
        TreeMap<Slice, Slice> all = Blocks.none();
        for (Compression compression : Compression.values()) {
            TreeMap<Slice, Slice> entries = Blocks.none();
            for (int i = 0; i < 30; i++) {
                entries.put(
                        Blocks.put("k%d%02d".formatted(compression.code(), i), 100 - i), Slice.utf8("v".repeat(50)));
            }
            all.putAll(entries);
            forge.data(entries, compression);
            forge.append(Slice.utf8("a block that nobody knows"), 0);
        }
        forge.meta("something.else", TableForge.handle(1L << 40, 7));
        forge.meta("filter.another", TableForge.handle(1L << 40, 7));
        TableDisk home = new TableDisk().holding(forge.finish());
        try (SsTable table = home.open(KEYS)) {
            assertEquals(all, Blocks.walk(table.cursor()), "a walk");
            for (Slice key : all.keySet()) {
                Slice user = InternalKey.userKey(key);
                assertEquals(expected(all, user, 200), table.get(user, 200), "get(" + user + ", 200)");
            }
        }
        TableDisk empty = new TableDisk().holding(new TableForge().finish());
        try (SsTable table = empty.open(KEYS)) {
            assertEquals(Optional.empty(), table.get(Slice.utf8("a"), 5), "get(a, 5) in a table of no blocks");
            assertEquals(Blocks.none(), Blocks.walk(table.cursor()), "a walk in a table of no blocks");
            assertEquals(Blocks.none(), Blocks.walkBack(table.cursor()), "a walk back in a table of no blocks");
        }
    }

    @Test
    @DisplayName("tables that LevelDB has written, with Snappy and without, are read entry by entry and key by key")
    void levelDb() {
        for (byte[] bytes : new byte[][] {LevelDbTable.plain(), LevelDbTable.snappy()}) {
            TableDisk home = new TableDisk().holding(bytes);
            try (SsTable table = home.open(KEYS)) {
                TreeMap<Slice, Slice> entries = LevelDbTable.entries();
                assertEquals(entries, Blocks.walk(table.cursor()), "a walk");
                assertEquals(entries, Blocks.walkBack(table.cursor()), "a walk back");
                for (int city = -1; city <= 100; city++) {
                    Slice user = Slice.utf8("city/%03d".formatted(city).replace('-', '!'));
                    for (long sequence = 0; sequence <= 161; sequence++) {
                        assertEquals(
                                expected(entries, user, sequence),
                                table.get(user, sequence),
                                "get(" + user + ", " + sequence + ")");
                    }
                }
            }
        }
    }

    @Test
    @DisplayName("from the same entries the builder makes the very bytes that LevelDB has made")
    void sameBytes() {
        TableDisk home = new TableDisk();
        byte[] expected = LevelDbTable.plain();
        long bytes = home.build(
                        LevelDbTable.entries(), TableOptions.defaults().withBlockBytes(LevelDbTable.BLOCK_BYTES))
                .sizeBytes();
        assertEquals(Blocks.hex(Slice.wrap(expected)), home.dump().hex(0, (int) bytes), "the table");
    }
}
