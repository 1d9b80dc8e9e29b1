package storagelab.grader.hidden.lab05;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static storagelab.grader.hidden.kit.Checks.assertEquals;
import static storagelab.grader.hidden.kit.Checks.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.api.Slice;
import storagelab.file.StoreFile;
import storagelab.grader.hidden.lab05.TableDump.Part;
import storagelab.sstable.BlockBuilder;
import storagelab.sstable.Compression;
import storagelab.sstable.InternalKeyOrder;
import storagelab.sstable.TableBuilder;
import storagelab.sstable.TableOptions;
import storagelab.sstable.TableSummary;
import storagelab.testkit.Seeds;

/** Exercise 5.5: the bytes of tables, but for their filters. */
@Tag("5.5")
class TableBuilderHiddenTest {
    private static final TableOptions SMALL = TableOptions.defaults().withBlockBytes(300);

    private final TableDisk home = new TableDisk();

    private static TreeMap<Slice, Slice> numbered(int count, int valueBytes) {
        TreeMap<Slice, Slice> entries = Blocks.none();
        for (int i = 0; i < count; i++) {
            byte[] value = new byte[valueBytes];
            new Random(i).nextBytes(value);
            entries.put(Blocks.put("order/%06d".formatted(i * 7), 100_000 - i), Slice.wrap(value));
        }
        return entries;
    }

    @Test
    @DisplayName("a table of two blocks, byte for byte as LevelDB writes it")
    void golden() {
        TreeMap<Slice, Slice> entries = Blocks.none();
        entries.put(Blocks.put("pear", 300), Slice.utf8("green"));
        entries.put(Blocks.deletion("pear", 2), Slice.EMPTY);
        entries.put(Blocks.put("quince", 9), Slice.utf8("yellow"));
        TableSummary summary = home.build(entries, TableOptions.defaults().withBlockBytes(35));
        TableDump table = home.dump();
        assertEquals(GOLDEN, table.hex(0, (int) summary.sizeBytes()), "the table");
    }

    private static final String GOLDEN =
            "000c0570656172012c010000000000677265656e04080000020000000000000000000001000000002c3bfa42"
                    + "000e067175696e6365010900000000000079656c6c6f77000000000100000000306f54c60000000001000000"
                    + "00c0f2a1b0000c0270656172000200000000000000270009027201ffffffffffffff2c1f0000000011000000"
                    + "020000000088807f1e50085d2b00000000000000000000000000000000000000000000000000000000000000"
                    + "000000000057fb808b247547db";

    @Test
    @DisplayName("a data block ends as soon as it has its bytes, uncompressed, and not before")
    void borders() {
        for (Compression compression : Compression.values()) {
            for (int blockBytes : new int[] {1, 30, 300, 4096}) {
                TableDisk one = new TableDisk();
                TreeMap<Slice, Slice> entries = Blocks.random(new Random(blockBytes), 300);
                entries.put(Blocks.put("k", 1), Slice.wrap(new byte[10_000]));
                one.build(
                        entries,
                        TableOptions.defaults().withBlockBytes(blockBytes).withCompression(compression));
                List<Part> data = one.dump().data();
                assertEquals(entries, one.dump().entries(), "the entries of all data blocks");
                for (Part part : data) {
                    BlockBuilder again = new BlockBuilder(16);
                    for (Map.Entry<Slice, Slice> entry : part.entries()) {
                        assertTrue(
                                again.isEmpty() || again.sizeBytes() < blockBytes,
                                "the data block at " + part.offset() + " had " + again.sizeBytes() + " of " + blockBytes
                                        + " bytes, and went on");
                        again.add(entry.getKey(), entry.getValue());
                    }
                    assertTrue(
                            again.sizeBytes() >= blockBytes || part == data.get(data.size() - 1),
                            "the data block at " + part.offset() + " ended with " + again.sizeBytes() + " of "
                                    + blockBytes + " bytes");
                    assertEquals(Blocks.hex(again.finish()), Blocks.hex(part.raw()), "a data block");
                }
            }
        }
    }

    @Test
    @DisplayName("the restarts of data blocks are as far apart as the options say, and every entry of the index is one")
    void restarts() {
        for (int interval : new int[] {1, 2, 100}) {
            TableDisk one = new TableDisk();
            one.build(numbered(50, 30), new TableOptions(500, interval, Compression.NONE, null, 11));
            for (Part part : one.dump().data()) {
                int count = part.entries().size();
                assertEquals((count + interval - 1) / interval, part.restarts(), "restarts of " + count + " entries");
            }
            assertEquals(one.dump().data().size(), one.dump().index().restarts(), "restarts of the index");
            assertEquals(1, one.dump().metaindex().restarts(), "restarts of an empty metaindex");
        }
    }

    @Test
    @DisplayName("the separators are LevelDB's: the shortest between two blocks, and a short one behind the last")
    void separators() {
        Seeds.check(60, random -> {
            TableDisk one = new TableDisk();
            TreeMap<Slice, Slice> entries = Blocks.random(random, 80);
            entries.put(Blocks.randomKey(random, 5), Slice.EMPTY);
            one.build(entries, TableOptions.defaults().withBlockBytes(1 + random.nextInt(400)));
            TableDump table = one.dump();
            for (int i = 0; i < table.data().size(); i++) {
                Slice last = lastKey(table.data().get(i));
                Slice expected = i + 1 == table.data().size()
                        ? InternalKeyOrder.ORDER.shortSuccessor(last)
                        : InternalKeyOrder.ORDER.shortestSeparator(
                                last, table.data().get(i + 1).entries().get(0).getKey());
                assertEquals(expected, table.separators().get(i), "the key of block " + i + " in the index");
            }
        });
    }

    private static Slice lastKey(Part part) {
        List<Map.Entry<Slice, Slice>> entries = part.entries();
        return entries.get(entries.size() - 1).getKey();
    }

    @Test
    @DisplayName("a block is compressed if it is smaller by an eighth then, in whole numbers, and else stored as it is")
    void anEighth() {
        for (Compression compression : new Compression[] {Compression.SNAPPY, Compression.ZSTD}) {
            int atTheBorder = 0;
            byte[] noise = new byte[600];
            new Random(1).nextBytes(noise);
            for (int zeros = 0; zeros < 200; zeros++) {
                byte[] value = noise.clone();
                Arrays.fill(value, 0, zeros, (byte) 0);
                TreeMap<Slice, Slice> entries = Blocks.none();
                entries.put(Blocks.put("a", 1), Slice.wrap(value));
                TableDisk one = new TableDisk();
                one.build(entries, TableOptions.defaults().withCompression(compression));
                Part part = one.dump().data().get(0);
                int raw = part.raw().length();
                int compressed = compression.compress(part.raw()).length();
                String what = "a block of " + raw + " bytes, " + compressed + " with " + compression;
                boolean worthIt = compressed < raw - raw / 8;
                assertEquals(worthIt ? compression.code() : 0, part.code(), "the code of " + what);
                assertEquals(worthIt ? compressed : raw, part.storedBytes(), "the stored bytes of " + what);
                atTheBorder += Math.abs(compressed - (raw - raw / 8)) <= 1 ? 1 : 0;
            }
            assertTrue(atTheBorder >= 2, "no block came near an eighth: " + atTheBorder);
        }
    }

    @Test
    @DisplayName("index and metaindex are compressed as data blocks are, when that is worth it")
    void indexIsCompressed() {
        home.build(numbered(2000, 20), TableOptions.defaults().withBlockBytes(1).withCompression(Compression.SNAPPY));
        TableDump table = home.dump();
        assertEquals(Compression.SNAPPY.code(), table.index().code(), "the code of an index with much in common");
        assertEquals(2000, table.separators().size(), "entries of the index");
        assertEquals(Compression.NONE.code(), table.metaindex().code(), "the code of an empty metaindex");
    }

    @Test
    @DisplayName("without a policy there is no filter, and a metaindex without entries")
    void noFilter() {
        TableSummary summary = home.build(numbered(10, 10), SMALL);
        TableDump table = home.dump();
        assertEquals(Set.of(), table.meta().keySet(), "names in the metaindex");
        assertEquals("0000000001000000", Blocks.hex(table.metaindex().raw()), "the metaindex");
        assertEquals(table.index().end() + 48, summary.sizeBytes(), "the size in the summary");
    }

    @Test
    @DisplayName("a builder says how many entries and bytes there are on the way, and at the end what the table is")
    void summary() {
        TreeMap<Slice, Slice> entries = numbered(400, 50);
        try (StoreFile out = StoreFile.create(home.file, home.stats)) {
            TableBuilder builder = new TableBuilder(out, SMALL);
            long bytes = 0;
            int count = 0;
            BlockBuilder block = new BlockBuilder(16);
            for (Map.Entry<Slice, Slice> entry : entries.entrySet()) {
                assertEquals(count, builder.entries(), "entries() after as many calls of add");
                assertEquals(bytes, builder.sizeBytes(), "sizeBytes() after " + count + " entries");
                builder.add(entry.getKey(), entry.getValue());
                block.add(entry.getKey(), entry.getValue());
                if (block.sizeBytes() >= 300) {
                    bytes += block.sizeBytes() + 5;
                    block.reset();
                }
                count++;
            }
            TableSummary summary = builder.finish();
            assertEquals(400, summary.entries(), "entries of the table");
            assertEquals(out.sizeBytes(), summary.sizeBytes(), "bytes of the table");
            assertEquals(entries.firstKey(), summary.smallest(), "the smallest key");
            assertEquals(entries.lastKey(), summary.largest(), "the largest key");
            assertEquals(summary.sizeBytes(), builder.sizeBytes(), "sizeBytes() at the end");
            assertEquals(0, home.disk.counters().syncs(), "syncs");
            out.append(Slice.utf8("the file is left open"));
        }
    }

    @Test
    @DisplayName("a key that does not ascend is refused, and the table is as if nobody had come with it")
    void ascending() {
        TreeMap<Slice, Slice> entries = numbered(30, 40);
        TableDisk right = new TableDisk();
        TableSummary expected = right.build(entries, SMALL.withFilter(new KeysPolicy("keys")));
        try (StoreFile out = StoreFile.create(home.file, home.stats)) {
            TableBuilder builder = new TableBuilder(out, SMALL.withFilter(new KeysPolicy("keys")));
            for (Map.Entry<Slice, Slice> entry : entries.entrySet()) {
                builder.add(entry.getKey(), entry.getValue());
                Slice newer = Blocks.put(
                        entry.getKey().subSlice(0, entry.getKey().length() - 8).toUtf8(), 200_000);
                for (Slice bad : List.of(entry.getKey(), newer, Blocks.put("", 1))) {
                    assertThrows(
                            IllegalArgumentException.class,
                            () -> builder.add(bad, Slice.utf8("x")),
                            "a key that is not greater than the one before");
                }
            }
            assertEquals(30, builder.entries(), "entries()");
            builder.finish();
        }
        int bytes = (int) expected.sizeBytes();
        assertEquals(right.dump().separators(), home.dump().separators(), "the keys in the index of the table");
        assertEquals(right.dump().hex(0, bytes), home.dump().hex(0, bytes), "the bytes of the table");
        assertEquals(right.dump().entries(), home.dump().entries(), "the entries of the table");
        assertEquals(right.dump().meta(), home.dump().meta(), "the filters of the table");
    }

    @Test
    @DisplayName("a table without entries is refused: IllegalStateException")
    void noEntries() {
        try (StoreFile out = StoreFile.create(home.file, home.stats)) {
            TableBuilder builder = new TableBuilder(out, SMALL);
            assertEquals(0, builder.entries(), "entries() of a new builder");
            assertEquals(0, builder.sizeBytes(), "sizeBytes() of a new builder");
            assertThrows(IllegalStateException.class, builder::finish, "finish() without entries");
        }
    }

    @Test
    @DisplayName("the file is written in pieces of a quarter of a MiB while the table grows, not kept until the end")
    void pieces() {
        try (StoreFile out = StoreFile.create(home.file, home.stats)) {
            TableBuilder builder = new TableBuilder(out, TableOptions.defaults());
            long before = home.disk.counters().writes();
            for (Map.Entry<Slice, Slice> entry : numbered(3000, 1000).entrySet()) {
                builder.add(entry.getKey(), entry.getValue());
                assertTrue(
                        builder.sizeBytes() - out.sizeBytes() < 300_000,
                        (builder.sizeBytes() - out.sizeBytes()) + " bytes are waiting to be written");
            }
            TableSummary summary = builder.finish();
            long writes = home.disk.counters().writes() - before;
            assertTrue(
                    writes <= summary.sizeBytes() / (256 << 10) + 1,
                    writes + " calls to write for a table of " + summary.sizeBytes() + " bytes");
        }
        assertEquals(3000, home.dump().entries().size(), "entries of the table");
    }

    @Test
    @DisplayName("whatever the entries and the options are, the table has them, block behind block")
    void model() {
        Seeds.check(60, random -> {
            TreeMap<Slice, Slice> entries = Blocks.random(random, 300);
            entries.put(Blocks.randomKey(random, 5), Slice.wrap(new byte[random.nextInt(20_000)]));
            TableOptions options = new TableOptions(
                    1 + random.nextInt(5000),
                    1 + random.nextInt(20),
                    Compression.values()[random.nextInt(3)],
                    random.nextBoolean() ? null : new KeysPolicy("keys"),
                    random.nextBoolean() ? 11 : 31);
            TableDisk one = new TableDisk();
            TableSummary summary = one.build(entries, options);
            assertEquals(entries, one.dump().entries(), "the entries of a table with " + options);
            assertEquals(entries.size(), summary.entries(), "entries in the summary");
        });
    }
}
