package storagelab.grader.hidden.lab01;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static storagelab.grader.hidden.kit.Checks.assertEquals;
import static storagelab.grader.hidden.kit.Checks.assertFalse;
import static storagelab.grader.hidden.kit.Checks.assertTrue;
import static storagelab.testkit.ByteMatchers.sameBytesAs;
import static storagelab.testkit.StoreMatchers.atMost;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.api.Entry;
import storagelab.api.Slice;
import storagelab.api.StorageIoException;
import storagelab.disk.CrashDisk;
import storagelab.disk.CrashDiskOptions;
import storagelab.disk.DiskCall;
import storagelab.disk.DiskCounters;
import storagelab.disk.SurvivalMode;
import storagelab.file.StatsRecorder;
import storagelab.grader.hidden.kit.TableBytes;
import storagelab.sortedlog.SortedTableBuilder;
import storagelab.sortedlog.TableInfo;
import storagelab.testkit.Seeds;
import storagelab.testkit.Step;

/** Exercise 1.4: writing a sorted table. */
@Tag("1.4")
class SortedTableBuilderHiddenTest {
    private static final String NAME = "000009.table";
    private static final int NUMBER = 9;

    private final CrashDisk disk = CrashDisk.create();
    private final Path file = disk.root().resolve(NAME);
    private final StatsRecorder stats = new StatsRecorder();

    @Test
    @DisplayName("the bytes of a small table are those of the format")
    void goldenBytes() {
        build(List.of(Entries.tombstone("fig"), Entries.value("kiwi", "green"), Entries.value("lime", "")));
        assertThat(
                "table 9 with the tombstone of \"fig\", \"green\" under \"kiwi\" and an empty value under \"lime\"",
                Bytes.read(file),
                sameBytesAs(Bytes.hex("00 03 666967 01 04 6b697769 05 677265656e 01 04 6c696d65 00 14909f08"
                        + "01 03 666967 00 18 04 6c696d65 0ec507b1"
                        + "1c00000000000000 0c000000 0300000000000000 0900000000000000 01000000 534c5441424c4531")));
    }

    @Test
    @DisplayName("tables of random entries have the bytes of the format: blocks, index and footer")
    void randomTables() {
        Seeds.check(40, random -> {
            Path path = disk.root().resolve("random-" + random.nextLong());
            List<Entry> entries = Entries.random(random, 1 + random.nextInt(300));
            TableInfo info = build(path, entries);
            byte[] bytes = Bytes.read(path);
            TableBytes.Decoded decoded = TableBytes.decode(bytes);
            assertEquals(
                    entries,
                    decoded.entries(),
                    "entries in the blocks of a table of " + entries.size() + " random entries");
            assertEquals(
                    entries.size(),
                    decoded.entryCount(),
                    "number of entries in the footer of a table of " + entries.size());
            assertThat(entries.size() + " random entries", bytes, sameBytesAs(TableBytes.encode(NUMBER, entries)));
            assertEquals(
                    new TableInfo(
                            NUMBER,
                            entries.size(),
                            bytes.length,
                            entries.get(0).key(),
                            entries.get(entries.size() - 1).key()),
                    info,
                    "what finish returns");
        });
    }

    @Test
    @DisplayName("a block takes entries up to 4096 bytes and not one more; a larger entry has a block of its own")
    void blockBoundaries() {
        for (int lastValueBytes = 1000; lastValueBytes <= 1030; lastValueBytes++) {
            Path path = disk.root().resolve("boundary-" + lastValueBytes);
            List<Entry> entries = new ArrayList<>(Entries.oddNumbered(3, 1010));
            entries.add(Entry.value(Entries.numbered(100), Slice.wrap(new byte[lastValueBytes])));
            entries.add(Entry.value(Entries.numbered(101), Slice.wrap(new byte[9000])));
            entries.add(Entries.tombstone("key 00102"));
            build(path, entries);
            int bytesOfFour =
                    entries.subList(0, 4).stream().mapToInt(TableBytes::sizeOf).sum();
            List<Integer> expected =
                    TableBytes.cutIntoBlocks(entries).stream().map(List::size).toList();
            List<Integer> actual = TableBytes.decode(Bytes.read(path)).blocks().stream()
                    .map(block -> block.entries().size())
                    .toList();
            assertEquals(
                    expected,
                    actual,
                    "entries in each block, when the first four take " + bytesOfFour + " bytes, the fifth 9013 and the "
                            + "sixth 11");
        }
    }

    @Test
    @DisplayName(
            "keys must ascend: an equal or smaller one is refused with both keys in the message, and the table goes on")
    void keysMustAscend() {
        try (SortedTableBuilder builder = SortedTableBuilder.create(file, NUMBER, stats)) {
            builder.add(Entries.value("banana", "1"));
            assertRefused(builder, Entries.value("banana", "2"), "banana", "banana");
            assertRefused(builder, Entries.tombstone("banana"), "banana", "banana");
            assertRefused(builder, Entries.value("apple", "3"), "apple", "banana");
            assertRefused(builder, Entries.value("", "4"), "banana", "banana");
            builder.add(Entries.value("cherry", "5"));
            assertRefused(builder, Entries.value("banana", "6"), "banana", "cherry");
            assertEquals(2, builder.finish().entries(), "entries, when five others were refused");
        }
        assertEquals(
                List.of(Entries.value("banana", "1"), Entries.value("cherry", "5")),
                TableBytes.decode(Bytes.read(file)).entries(),
                "entries in the table after banana, five refused ones, and cherry");
    }

    @Test
    @DisplayName("an entry that is refused leaves no trace, also where it would have begun a block")
    void refusedEntryLeavesNoTrace() {
        List<Entry> entries = List.of(Entries.value("b", "1"), Entries.value("c", "2"));
        try (SortedTableBuilder builder = SortedTableBuilder.create(file, NUMBER, stats)) {
            builder.add(entries.get(0));
            Entry tooLarge = Entry.value(Slice.utf8("a"), Slice.wrap(new byte[5000]));
            assertThrows(
                    IllegalArgumentException.class, () -> builder.add(tooLarge), "5,000 bytes under \"a\" after \"b\"");
            builder.add(entries.get(1));
            builder.finish();
        }
        assertThat(
                "a table of b and c, between which 5,000 bytes under \"a\" were refused",
                Bytes.read(file),
                sameBytesAs(TableBytes.encode(NUMBER, entries)));
    }

    @Test
    @DisplayName("the empty key is a key: a second one is refused")
    void emptyKeyTwice() {
        try (SortedTableBuilder builder = SortedTableBuilder.create(file, NUMBER, stats)) {
            builder.add(Entries.value("", "1"));
            assertThrows(
                    IllegalArgumentException.class,
                    () -> builder.add(Entries.value("", "2")),
                    "the empty key after the empty key");
            assertEquals(1, builder.finish().entries(), "entries of a table to which the empty key was added twice");
        }
    }

    @Test
    @DisplayName("each block is one write, and the table is synced once, by finish, which closes the file")
    void oneWriteABlock() {
        SortedTableBuilder builder = SortedTableBuilder.create(file, NUMBER, stats);
        Entries.oddNumbered(200, 300).forEach(builder::add);
        assertEquals(0, disk.counters().syncs(), "syncs before finish");
        builder.finish();
        assertEquals(1, disk.counters().syncs(), "syncs of a table that is finished");
        assertEquals(0, disk.openFiles(), "files open after finish");
        builder.close();
        assertTrue(Files.exists(file), "close after finish deleted the table");
        int blocks = TableBytes.decode(Bytes.read(file)).blocks().size();
        assertThat(
                "a table of " + blocks + " blocks",
                disk.counters().writes(),
                atMost(blocks + 2L, "writes", "append each block with its checksum in one call"));
    }

    @Test
    @DisplayName("keys are compared as unsigned bytes, also over the end of a block")
    void unsignedOrder() {
        List<Entry> entries = new ArrayList<>();
        for (int b : new int[] {0x00, 0x01, 0x7f, 0x80, 0xfe, 0xff}) {
            entries.add(Entry.value(Slice.copyOf((byte) b), Slice.wrap(new byte[3000])));
        }
        build(entries);
        assertEquals(entries, TableBytes.decode(Bytes.read(file)).entries(), "entries with keys from 0x00 to 0xff");
        try (SortedTableBuilder builder = SortedTableBuilder.create(disk.root().resolve("other"), NUMBER, stats)) {
            builder.add(Entry.tombstone(Slice.copyOf((byte) 0x80)));
            assertThrows(
                    IllegalArgumentException.class,
                    () -> builder.add(Entry.tombstone(Slice.copyOf((byte) 0x7f))),
                    "key 0x7f after key 0x80");
        }
    }

    @Test
    @DisplayName("a table without entries cannot be finished")
    void noEntries() {
        try (SortedTableBuilder builder = SortedTableBuilder.create(file, NUMBER, stats)) {
            assertThrows(IllegalStateException.class, builder::finish, "finish without an entry");
        }
        assertFalse(Files.exists(file), "the file of a table that was not finished is still there after close");
        assertEquals(0, disk.openFiles(), "files still open after close");
    }

    @Test
    @DisplayName("closing a table that is not finished deletes its file; closing one that is keeps it")
    void closeDeletesWhatIsNotFinished() {
        SortedTableBuilder builder = SortedTableBuilder.create(file, NUMBER, stats);
        Entries.oddNumbered(50, 500).forEach(builder::add);
        assertTrue(Files.exists(file), "the file is there while the table is being written");
        builder.close();
        assertFalse(Files.exists(file), "the file of a table that was not finished is still there after close");
        Step.at("a second close, which does nothing");
        builder.close();
        assertThrows(IllegalStateException.class, () -> builder.add(Entries.value("z", "")), "add after close");

        build(List.of(Entries.value("a", "1")));
        assertTrue(Files.exists(file), "the file of a finished table is gone after close");
        SortedTableBuilder open = SortedTableBuilder.create(disk.root().resolve("given-up"), NUMBER, stats);
        open.add(Entries.value("a", "1"));
        open.close();
        assertEquals(0, disk.openFiles(), "files open after a table was given up");
    }

    @Test
    @DisplayName("nothing can be added after finish, and finish cannot be called twice")
    void useAfterFinish() {
        try (SortedTableBuilder builder = SortedTableBuilder.create(file, NUMBER, stats)) {
            builder.add(Entries.value("a", "1"));
            builder.finish();
            assertThrows(IllegalStateException.class, () -> builder.add(Entries.value("b", "2")), "add after finish");
            assertThrows(IllegalStateException.class, builder::finish, "a second finish");
        }
        assertEquals(
                List.of(Entries.value("a", "1")),
                TableBytes.decode(Bytes.read(file)).entries(),
                "entries in the table");
    }

    @Test
    @DisplayName("a finished table is on disk: it survives a power cut once its directory is synced")
    void finishSyncs() {
        List<Entry> entries = Entries.oddNumbered(200, 300);
        try (SortedTableBuilder builder = SortedTableBuilder.create(file, NUMBER, stats)) {
            entries.forEach(builder::add);
            assertEquals(0, disk.counters().syncs(), "syncs before finish");
            builder.finish();
            assertEquals(0, disk.openFiles(), "files still open after finish");
            Bytes.syncDirectory(disk.root());
        }
        CrashDisk rebooted = disk.afterCrash(SurvivalMode.NOTHING, 0);
        assertEquals(
                entries,
                TableBytes.decode(Bytes.read(rebooted.root().resolve(NAME))).entries(),
                "entries in the table after a power cut");
    }

    @Test
    @DisplayName("a full block is written at once, with one write, and not kept in memory until the end")
    void blocksAreWrittenAsTheyFill() {
        List<Entry> entries = Entries.oddNumbered(400, 1000);
        int blocks = TableBytes.cutIntoBlocks(entries).size();
        try (SortedTableBuilder builder = SortedTableBuilder.create(file, NUMBER, stats)) {
            entries.forEach(builder::add);
            DiskCounters beforeFinish = disk.counters();
            long held = (long) entries.size() * TableBytes.sizeOf(entries.get(0)) - beforeFinish.bytesWritten();
            assertThat(
                    "after 400 entries of 1013 bytes",
                    held,
                    atMost(2 * TableBytes.BLOCK_BYTES, "bytes not written yet", "write a block when it is full"));
            assertThat(
                    "after " + (blocks - 1) + " full blocks",
                    beforeFinish.writes(),
                    atMost(blocks, "writes", "write a block and its checksum together"));
            builder.finish();
        }
        assertThat(
                "for " + blocks + " blocks, index and footer",
                disk.counters().writes(),
                atMost(blocks + 3L, "writes", "write a block and its checksum together"));
    }

    @Test
    @DisplayName("creating a table where a file is throws StorageIoException and leaves the file alone")
    void createNew() {
        Bytes.write(file, new byte[] {1, 2, 3});
        assertThrows(
                StorageIoException.class,
                () -> SortedTableBuilder.create(file, NUMBER, stats),
                "creating a table over a file");
        assertThat(
                "the file over which a table was to be created", Bytes.read(file), sameBytesAs(new byte[] {1, 2, 3}));
    }

    @Test
    @DisplayName("when the disk refuses a write or the sync, the builder says so and never reports a finished table")
    void refusedByTheDisk() {
        List<Entry> entries = Entries.oddNumbered(30, 1000);
        for (DiskCall call : List.of(DiskCall.WRITE, DiskCall.SYNC)) {
            disk.faults().failFrom(call, 1);
            try (SortedTableBuilder builder =
                    SortedTableBuilder.create(disk.root().resolve("fails-" + call), NUMBER, stats)) {
                assertThrows(
                        StorageIoException.class,
                        () -> {
                            entries.forEach(builder::add);
                            builder.finish();
                        },
                        "building a table when every " + call + " fails");
            }
            disk.faults().clear();
        }
    }

    @Test
    @DisplayName("on a full disk the builder throws StorageIoException, and close gives the space back")
    void fullDisk() {
        CrashDisk small = CrashDisk.create(CrashDiskOptions.defaults().withCapacityBytes(10_000));
        Path path = small.root().resolve(NAME);
        try (SortedTableBuilder builder = SortedTableBuilder.create(path, NUMBER, stats)) {
            assertThrows(
                    StorageIoException.class,
                    () -> {
                        Entries.oddNumbered(30, 1000).forEach(builder::add);
                        builder.finish();
                    },
                    "building a table of 30 kB on a disk of 10 kB");
        }
        assertFalse(Files.exists(path), "the file of a table that was not finished is still there after close");
    }

    @Test
    @DisplayName("a disk that takes fewer bytes than asked for loses nothing")
    void shortWrites() {
        disk.faults().transferShort(DiskCall.WRITE, Seeds.base());
        List<Entry> entries = Entries.oddNumbered(100, 200);
        build(entries);
        assertThat("a table written in pieces", Bytes.read(file), sameBytesAs(TableBytes.encode(NUMBER, entries)));
    }

    private TableInfo build(List<Entry> entries) {
        return build(file, entries);
    }

    private TableInfo build(Path path, List<Entry> entries) {
        try (SortedTableBuilder builder = SortedTableBuilder.create(path, NUMBER, stats)) {
            entries.forEach(builder::add);
            return builder.finish();
        }
    }

    private static void assertRefused(SortedTableBuilder builder, Entry entry, String key, String before) {
        String input = "key \"" + entry.key() + "\" after key \"" + before + "\"";
        IllegalArgumentException refusal =
                assertThrows(IllegalArgumentException.class, () -> builder.add(entry), input);
        assertThat("message for " + input, refusal.getMessage(), containsString(key));
        assertThat("message for " + input, refusal.getMessage(), containsString(before));
    }
}
