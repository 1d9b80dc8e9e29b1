package storagelab.grader.hidden.lab05;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static storagelab.grader.hidden.kit.Checks.assertEquals;
import static storagelab.grader.hidden.kit.Checks.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.api.CorruptionException;
import storagelab.api.Slice;
import storagelab.api.StorageException;
import storagelab.bloom.FilterPolicy;
import storagelab.disk.DiskCall;
import storagelab.sstable.BlockCursor;
import storagelab.sstable.BlockSlots;
import storagelab.sstable.ChannelSource;
import storagelab.sstable.Compression;
import storagelab.sstable.InternalCursor;
import storagelab.sstable.InternalKey;
import storagelab.sstable.SsTable;
import storagelab.sstable.TableOptions;
import storagelab.sstable.TableSource;
import storagelab.testkit.Crew;
import storagelab.testkit.lsm.KeepingSlots;

/** Exercise 5.5: what is read for a get, and what is kept. */
@Tag("5.5")
class TableReadsHiddenTest {
    private static final FilterPolicy KEYS = new KeysPolicy("storagelab.Keys");
    private static final TableOptions OPTIONS = TableOptions.defaults()
            .withBlockBytes(600)
            .withCompression(Compression.SNAPPY)
            .withFilter(KEYS);

    private final TableDisk home = new TableDisk();
    private final TreeMap<Slice, Slice> entries = Blocks.none();

    TableReadsHiddenTest() {
        for (int i = 0; i < 500; i++) {
            entries.put(Blocks.put("key%05d".formatted(2 * i), 7), Slice.utf8("value " + i * 7919L * i));
        }
    }

    private static Slice user(int number) {
        return Slice.utf8("key%05d".formatted(number));
    }

    @Test
    @DisplayName("opening reads footer, index, metaindex and filters, and no more of them than are needed")
    void opening() {
        home.build(entries, OPTIONS);
        String[] names = {"with filters", "with the filters of another policy", "without a policy"};
        FilterPolicy[] policies = {KEYS, new KeysPolicy("another"), null};
        for (int i = 0; i < 3; i++) {
            long before = home.reads();
            home.open(policies[i]).close();
            assertTrue(
                    home.reads() - before <= 4 - i,
                    "opening a table " + names[i] + " took " + (home.reads() - before) + " reads, not " + (4 - i));
        }
    }

    @Test
    @DisplayName(
            "a get reads one block, once, if the filter has the key, and none if it has not or the key is behind all")
    void oneBlockAGet() {
        home.build(entries, OPTIONS);
        List<TableDump.Part> data = home.dump().data();
        try (SsTable table = home.open(KEYS)) {
            for (TableDump.Part part : data) {
                for (Map.Entry<Slice, Slice> entry : part.entries()) {
                    long reads = home.reads();
                    long bytes = home.bytesRead();
                    assertTrue(table.get(InternalKey.userKey(entry.getKey()), 9).isPresent(), "get of a key is empty");
                    assertEquals(1, home.reads() - reads, "reads for a key that is there");
                    assertEquals(
                            part.storedBytes() + 5, home.bytesRead() - bytes, "bytes read for a key that is there");
                }
            }
            long reads = home.reads();
            for (int i = 0; i < 1100; i++) {
                if (i % 2 == 1 || i >= 1000) {
                    assertEquals(Optional.empty(), table.get(user(i), 9), "get(" + user(i) + ", 9)");
                }
            }
            assertEquals(0, home.reads() - reads, "reads for keys that are not there, as the filters say");
        }
        try (SsTable table = home.open(null)) {
            long reads = home.reads();
            assertEquals(Optional.empty(), table.get(user(333), 9), "get of a key that is not there");
            assertEquals(1, home.reads() - reads, "reads for a key that is not there, without filters");
            assertEquals(Optional.empty(), table.get(Slice.utf8("zebra"), 9), "get of a key behind all blocks");
            assertEquals(1, home.reads() - reads, "reads, with one for a key behind all blocks");
        }
    }

    @Test
    @DisplayName(
            "approximateOffset is where the block of a key begins, also of one that is not there, and reads nothing")
    void offsets() {
        long sizeBytes = home.build(entries, OPTIONS).sizeBytes();
        List<TableDump.Part> data = home.dump().data();
        try (SsTable table = home.open(KEYS)) {
            long reads = home.reads();
            for (TableDump.Part part : data) {
                for (Map.Entry<Slice, Slice> entry : part.entries()) {
                    Slice user = InternalKey.userKey(entry.getKey());
                    assertEquals(part.offset(), table.approximateOffset(user), "approximateOffset(" + user + ")");
                }
            }
            assertEquals(0, table.approximateOffset(Slice.EMPTY), "approximateOffset of a key before all");
            assertEquals(
                    sizeBytes,
                    table.approximateOffset(Slice.utf8("zebra")),
                    "approximateOffset of a key after all blocks of a file of " + sizeBytes + " bytes");
            assertEquals(0, home.reads() - reads, "reads for offsets");
        }
    }

    @Test
    @DisplayName("the entries of a key whose versions are in several blocks begin in the first of them")
    void offsetOfManyVersions() {
        TreeMap<Slice, Slice> versions = Blocks.none();
        versions.put(Blocks.put("a", 1), Slice.utf8("before"));
        for (int sequence = 1; sequence <= 300; sequence++) {
            versions.put(Blocks.put("key", sequence), Slice.utf8("value " + sequence * 7919L));
        }
        long sizeBytes = home.build(versions, OPTIONS).sizeBytes();
        List<TableDump.Part> data = home.dump().data();
        assertTrue(data.size() > 3, "data blocks: " + data.size());
        try (SsTable table = home.open(KEYS)) {
            assertEquals(0, table.approximateOffset(Slice.utf8("key")), "approximateOffset(key)");
            assertEquals(sizeBytes, table.approximateOffset(Slice.utf8("zebra")), "approximateOffset(zebra)");
        }
    }

    @Test
    @DisplayName(
            "the filter is asked for the block that the index names, by the offset of that block, and for the user's key")
    void filterIsAsked() {
        AskedFilters policy = new AskedFilters(KEYS, "asked");
        for (int baseBits : new int[] {11, 31}) {
            TableDisk home = new TableDisk();
            TableOptions options = TableOptions.defaults()
                    .withBlockBytes(3000)
                    .withFilter(policy)
                    .withFilterBaseBits(baseBits);
            home.build(entries, options);
            try (SsTable table = home.open(policy)) {
                for (int i = 0; i < 1000; i += 14) {
                    assertTrue(table.get(user(i), 9).isPresent(), "get(" + user(i) + ", 9) is empty");
                    assertEquals(List.of(user(i)), policy.asked(), "the keys that the filter was asked for by one get");
                    policy.forget();
                }
                Blocks.walk(table.cursor());
                assertEquals(List.of(), policy.asked(), "the keys that the filters were asked for by a walk");
            }
        }
    }

    @Test
    @DisplayName("a walk reads each block once, in both directions, and a seek one, or the next one too")
    void walks() {
        home.build(entries, OPTIONS);
        int blocks = home.dump().data().size();
        try (SsTable table = home.open(KEYS)) {
            long reads = home.reads();
            assertEquals(entries, Blocks.walk(table.cursor()), "a walk");
            assertEquals(blocks, home.reads() - reads, "reads of a walk over as many blocks");
            reads = home.reads();
            assertEquals(entries, Blocks.walkBack(table.cursor()), "a walk back");
            assertEquals(blocks, home.reads() - reads, "reads of a walk back over as many blocks");
            for (Slice key : entries.keySet()) {
                InternalCursor cursor = table.cursor();
                reads = home.reads();
                cursor.seek(key);
                assertEquals(1, home.reads() - reads, "reads of a seek for a key that is there");
                assertEquals(key, cursor.key(), "key() after a seek for it");
            }
        }
    }

    @Test
    @DisplayName(
            "a block is looked for in its place first, read once, and put there; the places are given up at the end")
    void places() {
        home.build(entries, OPTIONS);
        int blocks = home.dump().data().size();
        KeepingSlots slots = new KeepingSlots();
        List<Integer> counts = new ArrayList<>();
        SsTable table = home.open(
                count -> {
                    counts.add(count);
                    return slots;
                },
                KEYS);
        assertEquals(List.of(blocks), counts, "the numbers of places that the table asked for");
        long reads = home.reads();
        for (int round = 0; round < 3; round++) {
            for (int i = 0; i < 1000; i += 2) {
                assertTrue(table.get(user(i), 9).isPresent(), "get(" + user(i) + ", 9) is empty");
            }
            assertEquals(entries, Blocks.walk(table.cursor()), "a walk");
        }
        assertEquals(blocks, home.reads() - reads, "reads for three rounds of gets and walks");
        assertEquals(blocks, slots.kept().size(), "blocks that were put into their places");
        for (int number = 0; number < blocks; number++) {
            Slice first = home.dump().data().get(number).entries().get(0).getKey();
            BlockCursor cursor = slots.kept()
                    .getOrDefault(number, Blocks.block(Blocks.none(), 16))
                    .cursor();
            cursor.seekToFirst();
            assertEquals(first, cursor.isValid() ? cursor.key() : Slice.EMPTY, "the first key of block " + number);
        }
        int looks = slots.looks();
        for (int i = 1; i < 1000; i += 2) {
            table.get(user(i), 9);
        }
        assertEquals(looks, slots.looks(), "looks into the places, after gets of keys that the filters have not");
        assertEquals(0, slots.closes(), "times that the places were given up before close()");
        table.close();
        assertEquals(1, slots.closes(), "times that the places were given up by close()");
    }

    @Test
    @DisplayName("a block from its place is used, without a read, and a value from it is no copy")
    void fromItsPlace() {
        home.build(entries, OPTIONS);
        KeepingSlots slots = new KeepingSlots();
        try (SsTable table = home.open(count -> slots, KEYS)) {
            TreeMap<Slice, Slice> other = Blocks.none();
            other.put(Blocks.put("key00000", 7), Slice.utf8("planted"));
            byte[] bytes = Blocks.bytes(other, 16);
            slots.put(0, Blocks.of(bytes));
            Slice value = table.get(user(0), 9).orElseThrow().value();
            assertEquals(Slice.utf8("planted"), value, "the value of a key in a block that was in its place");
            bytes[bytes.length - 9] = 'X';
            assertEquals(Slice.utf8("planteX"), value, "the value, which is a part of the block");
        }
    }

    @Test
    @DisplayName("the source is closed with the table, and by an open that fails; then nobody is asked for places")
    void closes() {
        home.build(entries, OPTIONS);
        AtomicInteger closed = new AtomicInteger();
        SsTable.open(counting(closed), count -> BlockSlots.none(), KEYS).close();
        assertEquals(1, closed.get(), "times that the source of a table was closed with it");
        byte[] broken = {1, 2, 3};
        home.holding(broken);
        closed.set(0);
        AtomicInteger places = new AtomicInteger();
        assertThrows(
                CorruptionException.class,
                () -> SsTable.open(
                        counting(closed),
                        count -> {
                            places.incrementAndGet();
                            return BlockSlots.none();
                        },
                        KEYS),
                "a table of three bytes");
        assertEquals(1, closed.get(), "times that the source was closed by an open that failed");
        assertEquals(0, places.get(), "times that places were asked for");
    }

    private TableSource counting(AtomicInteger closed) {
        TableSource source = new ChannelSource(home.file, home.stats);
        return new TableSource() {
            @Override
            public Path path() {
                return source.path();
            }

            @Override
            public long sizeBytes() {
                return source.sizeBytes();
            }

            @Override
            public byte[] read(long offset, int length) {
                return source.read(offset, length);
            }

            @Override
            public void close() {
                closed.incrementAndGet();
                source.close();
            }
        };
    }

    @Test
    @DisplayName("an error of the disk is passed on, and the next get goes well")
    void diskError() {
        home.build(entries, OPTIONS);
        KeepingSlots slots = new KeepingSlots();
        try (SsTable table = home.open(count -> slots, KEYS)) {
            home.disk.faults().failOnce(DiskCall.READ, 1);
            assertThrows(StorageException.class, () -> table.get(user(10), 9), "a get whose read fails");
            assertEquals(Map.of(), slots.kept(), "what was kept after a read that failed");
            assertTrue(table.get(user(10), 9).isPresent(), "the next get is empty");
        }
    }

    @Test
    @DisplayName("a sequence that there cannot be is refused")
    void sequences() {
        home.build(entries, OPTIONS);
        try (SsTable table = home.open(KEYS)) {
            assertTrue(table.get(user(0), InternalKey.MAX_SEQUENCE).isPresent(), "get at the largest sequence");
            for (long sequence : new long[] {-1, InternalKey.MAX_SEQUENCE + 1}) {
                assertThrows(
                        IllegalArgumentException.class,
                        () -> table.get(user(0), sequence),
                        "get at the sequence " + sequence);
            }
        }
    }

    @Test
    @DisplayName("many threads read one table at the same time")
    void threads() throws Exception {
        home.build(entries, OPTIONS);
        KeepingSlots slots = new KeepingSlots();
        try (SsTable table = home.open(KEYS);
                SsTable kept = home.open(count -> slots, KEYS)) {
            Blocks.walk(kept.cursor());
            try (Crew crew = new Crew()) {
                for (SsTable each : List.of(table, kept)) {
                    crew.start(2, "getting", () -> {
                        for (int i = 0; i < 1000; i++) {
                            assertEquals(
                                    i % 2 == 0, each.get(user(i), 9).isPresent(), "whether " + user(i) + " is there");
                        }
                    });
                    crew.start("walking", () -> assertEquals(entries, Blocks.walk(each.cursor()), "a walk"));
                }
                crew.join();
            }
        }
    }
}
