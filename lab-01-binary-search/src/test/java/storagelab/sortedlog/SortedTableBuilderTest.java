package storagelab.sortedlog;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static storagelab.testkit.ByteMatchers.sameBytesAs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.api.Entry;
import storagelab.api.Slice;
import storagelab.codec.ByteReader;
import storagelab.disk.CrashDisk;
import storagelab.disk.DiskCounters;
import storagelab.file.StatsRecorder;

@Tag("1.4")
class SortedTableBuilderTest {
    private final CrashDisk disk = CrashDisk.create();
    private final Path file = disk.root().resolve("000007.table");
    private final StatsRecorder stats = new StatsRecorder();

    @Test
    @DisplayName("the bytes are those of notes/formats/sorted-table.md")
    void format() throws IOException {
        TableInfo info;
        try (SortedTableBuilder builder = SortedTableBuilder.create(file, 7, stats)) {
            builder.add(Entry.value(Slice.utf8("apple"), Slice.utf8("1")));
            builder.add(Entry.tombstone(Slice.utf8("plum")));
            info = builder.finish();
        }
        assertThat(
                "table 7 with apple=1 and the tombstone of plum",
                Files.readAllBytes(file),
                sameBytesAs(FormatExamples.bytes(FormatExamples.SORTED_TABLE)));
        assertThat(
                "what finish() returned for it",
                info,
                is(new TableInfo(7, 2, 77, Slice.utf8("apple"), Slice.utf8("plum"))));
    }

    @Test
    @DisplayName("keys must ascend as unsigned bytes; the message has both, and the table goes on without the entry")
    void keysAscend() {
        try (SortedTableBuilder builder = SortedTableBuilder.create(file, 7, stats)) {
            builder.add(entry("m"));
            IllegalArgumentException e = assertThrows(
                    IllegalArgumentException.class, () -> builder.add(entry("lower")), "the key lower after m");
            assertThat(
                    "the message about the key lower after m",
                    e.getMessage(),
                    allOf(containsString("lower"), containsString("m")));
            assertThrows(IllegalArgumentException.class, () -> builder.add(entry("m")), "the key m after m");
            builder.add(Entry.tombstone(Slice.copyOf((byte) 0x80)));
            assertThat(
                    "entries after m, two refused ones, and the tombstone of 0x80",
                    builder.finish().entries(),
                    is(2L));
        }
    }

    @Test
    @DisplayName("a block ends before it would grow beyond 4,096 bytes; a larger entry has a block of its own")
    void blocks() throws IOException {
        try (SortedTableBuilder builder = SortedTableBuilder.create(file, 7, stats)) {
            builder.add(entryOfBytes("a", 2048));
            builder.add(entryOfBytes("b", 2048)); // fills the first block to the last byte
            builder.add(entryOfBytes("c", 10)); // begins the second
            builder.add(entryOfBytes("d", 9000)); // has the third for itself
            builder.add(entryOfBytes("e", 10)); // begins the fourth
            builder.finish();
        }
        assertThat("blocks of entries of 2048, 2048, 10, 9000 and 10 bytes", blockCount(), is(4));
    }

    @Test
    @DisplayName("finish syncs the file, once")
    void finishSyncs() {
        try (SortedTableBuilder builder = SortedTableBuilder.create(file, 7, stats)) {
            builder.add(entry("a"));
            DiskCounters before = disk.counters();
            builder.finish();
            assertThat("syncs of finish()", disk.counters().since(before).syncs(), is(1L));
        }
    }

    @Test
    @DisplayName("a table without entries is refused")
    void noEntries() {
        try (SortedTableBuilder builder = SortedTableBuilder.create(file, 7, stats)) {
            assertThrows(
                    IllegalStateException.class, builder::finish, "finish() of a table to which nothing was added");
        }
    }

    @Test
    @DisplayName("a table that is closed before it is finished leaves no file; one that is finished stays")
    void giveUp() {
        try (SortedTableBuilder builder = SortedTableBuilder.create(file, 7, stats)) {
            builder.add(entry("a"));
        }
        assertThat("the file of a table given up is there", Files.exists(file), is(false));
        try (SortedTableBuilder builder = SortedTableBuilder.create(file, 7, stats)) {
            builder.add(entry("a"));
            builder.finish();
        }
        assertThat("the file of a finished table is there", Files.exists(file), is(true));
    }

    private static Entry entry(String key) {
        return Entry.value(Slice.utf8(key), Slice.utf8("value"));
    }

    /** An entry that takes {@code size} bytes in a block. */
    private static Entry entryOfBytes(String key, int size) {
        int valueBytes = size - 3;
        while (EntryCodec.encodedBytes(Entry.value(Slice.utf8(key), Slice.wrap(new byte[valueBytes]))) > size) {
            valueBytes--;
        }
        return Entry.value(Slice.utf8(key), Slice.wrap(new byte[valueBytes]));
    }

    private int blockCount() throws IOException {
        byte[] table = Files.readAllBytes(file);
        int footer = table.length - SortedTableLayout.FOOTER_BYTES;
        int index = (int) new ByteReader(Slice.wrap(table, footer, Long.BYTES)).readFixed64();
        return new ByteReader(Slice.wrap(table, index, footer - index)).readVarint32();
    }
}
