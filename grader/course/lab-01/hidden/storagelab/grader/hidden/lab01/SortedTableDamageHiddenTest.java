package storagelab.grader.hidden.lab01;

import static org.hamcrest.MatcherAssert.assertThat;
import static storagelab.grader.hidden.kit.Checks.assertEquals;
import static storagelab.testkit.StoreMatchers.findsDamageIn;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.api.CorruptionException;
import storagelab.api.Entry;
import storagelab.api.Slice;
import storagelab.codec.ByteWriter;
import storagelab.codec.Crc32c;
import storagelab.disk.CrashDisk;
import storagelab.file.StatsRecorder;
import storagelab.grader.hidden.kit.TableBytes;
import storagelab.grader.hidden.kit.TableBytes.Block;
import storagelab.grader.hidden.kit.TableBytes.Content;
import storagelab.sortedlog.SortedTable;
import storagelab.testkit.Seeds;

/** Exercise 1.5: a table that is not what a builder writes is never taken for one. */
@Tag("1.5")
class SortedTableDamageHiddenTest {
    private static final String NAME = "000005.table";
    private static final long NUMBER = 5;

    private final Path file = CrashDisk.create().root().resolve(NAME);

    @Test
    @DisplayName("entries that no builder writes, in a block whose checksum is right, are damage of that block")
    void malformedEntries() {
        byte[] whole = TableBytes.encode(NUMBER, List.of(Entries.value("a", "1"), Entries.value("b", "2")));
        for (int at : new int[] {0, 1, 5, 6}) {
            byte[] bytes = whole.clone();
            bytes[at] = 0x7f;
            byte[] crc = new ByteWriter(4)
                    .putFixed32(Crc32c.of(bytes, 0, 10))
                    .toSlice()
                    .toByteArray();
            System.arraycopy(crc, 0, bytes, 10, 4);
            Bytes.write(file, bytes);
            String input = "byte " + at + " of a block with a=1 and b=2 is 0x7f, checksum right: ";
            try (SortedTable table = SortedTable.open(file, NUMBER, new StatsRecorder())) {
                assertThat(input + "get(b)", () -> table.get(Slice.utf8("b")), findsDamageIn(NAME, 0, 0));
                assertThat(input + "readBlock(0)", () -> table.readBlock(0), findsDamageIn(NAME, 0, 0));
                assertThat(input + "entries()", () -> drain(table), findsDamageIn(NAME, 0, 0));
                assertThat(input + "verify()", () -> verify(table), findsDamageIn(NAME, 0, 0));
            }
        }
    }

    @Test
    @DisplayName("every bit that changes in a table is found by opening or verifying it")
    void everyBit() {
        byte[] whole = TableBytes.encode(
                NUMBER, List.of(Entries.value("a", "1"), Entries.tombstone("b"), Entries.value("c", "3")));
        for (int bit = 0; bit < 8 * whole.length; bit++) {
            byte[] damaged = Bytes.flipped(whole, bit);
            assertThat(
                    "bit " + bit % 8 + " of byte " + bit / 8 + " of a table of " + whole.length + " bytes turned over",
                    () -> openAndVerify(damaged),
                    findsDamageIn(NAME));
        }
    }

    @Test
    @DisplayName("a bit that changes in one of many blocks is found by a get there, and only there")
    void damagedBlock() {
        List<Entry> entries = Entries.oddNumbered(60, 250);
        byte[] whole = TableBytes.encode(NUMBER, entries);
        List<Block> blocks = TableBytes.decode(whole).blocks();
        Seeds.check(40, random -> {
            Block hit = blocks.get(random.nextInt(blocks.size()));
            int bit = 8 * (int) hit.offset() + random.nextInt(8 * (hit.size() + 4));
            String input =
                    "bit " + bit % 8 + " of byte " + bit / 8 + " turned over, in the block at byte " + hit.offset();
            Bytes.write(file, Bytes.flipped(whole, bit));
            try (SortedTable table = SortedTable.open(file, NUMBER, new StatsRecorder())) {
                for (Entry entry : entries) {
                    if (hit.entries().contains(entry)) {
                        assertThat(
                                input + ": get of " + entry.key(),
                                () -> table.get(entry.key()),
                                findsDamageIn(NAME, hit.offset(), hit.offset()));
                    } else {
                        assertEquals(Optional.of(entry), table.get(entry.key()), input + ": get in another block");
                    }
                }
                for (int block = 0; block < blocks.size(); block++) {
                    int number = block;
                    if (blocks.get(block) == hit) {
                        assertThat(
                                input + ": readBlock(" + block + ")",
                                () -> table.readBlock(number),
                                findsDamageIn(NAME, hit.offset(), hit.offset()));
                    } else {
                        assertEquals(
                                blocks.get(block).entries(),
                                table.readBlock(block),
                                input + ": readBlock(" + block + ")");
                    }
                }
                assertThat(input + ": entries()", () -> drain(table), findsDamageIn(NAME));
                assertThat(input + ": verify()", () -> verify(table), findsDamageIn(NAME, hit.offset(), hit.offset()));
            }
        });
    }

    @Test
    @DisplayName("no bit that changes anywhere makes a get return what was never written")
    void noWrongAnswers() {
        List<Entry> entries = List.of(Entries.value("a", "1"), Entries.tombstone("b"), Entries.value("c", "3"));
        byte[] whole = TableBytes.encode(NUMBER, entries);
        for (int bit = 0; bit < 8 * whole.length; bit++) {
            Bytes.write(file, Bytes.flipped(whole, bit));
            for (Entry entry : entries) {
                Optional<Entry> answer = answerOrDamage(entry);
                assertEquals(
                        Optional.of(entry),
                        answer,
                        "get of " + entry.key() + " with bit " + bit % 8 + " of byte " + bit / 8 + " turned over");
            }
        }
    }

    @Test
    @DisplayName("a table that is cut off anywhere, or has bytes behind its end, does not open")
    void cutOff() {
        byte[] whole = TableBytes.encode(NUMBER, Entries.oddNumbered(20, 500));
        for (int length = 0; length < whole.length; length += length < 50 || length > whole.length - 250 ? 1 : 97) {
            byte[] cut = Bytes.resized(whole, length);
            assertThat(
                    "the first " + length + " bytes of a table of " + whole.length,
                    () -> open(cut),
                    findsDamageIn(NAME));
        }
        for (int extra : new int[] {1, 7, 40, 512}) {
            byte[] longer = Bytes.resized(whole, whole.length + extra);
            assertThat(extra + " zeros behind a whole table", () -> open(longer), findsDamageIn(NAME));
        }
    }

    @Test
    @DisplayName("a table with another file number does not open")
    void otherNumber() {
        byte[] bytes = TableBytes.encode(NUMBER + 1, List.of(Entries.value("a", "1")));
        long footer = bytes.length - 40L;
        assertThat("opening table 6 as table 5", () -> open(bytes), findsDamageIn(NAME, footer, footer));
    }

    @Test
    @DisplayName("a table of another version does not open")
    void otherVersion() {
        byte[] bytes = Content.of(List.of(Entries.value("a", "1"))).encode(NUMBER, 2, 0);
        long footer = bytes.length - 40L;
        assertThat("a table of version 2, all else right", () -> open(bytes), findsDamageIn(NAME, footer, footer));
    }

    @Test
    @DisplayName("an index that has no blocks, or blocks that leave a gap, does not open")
    void impossibleIndex() {
        Content none = new Content(List.of(), List.of(), Slice.utf8("a"), 0);
        assertThat("an index of 0 blocks, checksum right", () -> open(none.encode(NUMBER)), findsDamageIn(NAME));
        Content one = Content.of(List.of(Entries.value("a", "1")));
        assertThat(
                "five bytes between the last block and the index, checksums right",
                () -> open(one.encode(NUMBER, 1, 5)),
                findsDamageIn(NAME));
    }

    @Test
    @DisplayName("verify finds what checksums cannot: keys that do not ascend, within a block and between two")
    void keysThatDoNotAscend() {
        Entry a = Entries.value("a", "1");
        Entry b = Entries.value("b", "2");
        Entry c = Entries.value("c", "3");
        List<List<List<Entry>>> wrong = List.of(
                List.of(List.of(b, a, c)),
                List.of(List.of(a, a, c)),
                List.of(List.of(b), List.of(a, c)),
                List.of(List.of(a, b), List.of(b, c)));
        for (List<List<Entry>> blocks : wrong) {
            List<Slice> firstKeys =
                    blocks.stream().map(block -> block.get(0).key()).toList();
            int count = blocks.stream().mapToInt(List::size).sum();
            Content content = new Content(blocks, firstKeys, c.key(), count);
            assertThat(
                    "blocks of " + keys(blocks) + ", checksums right",
                    () -> openAndVerify(content.encode(NUMBER)),
                    findsDamageIn(NAME));
        }
    }

    @Test
    @DisplayName("verify finds what checksums cannot: an index or a footer that contradicts the blocks")
    void contradictions() {
        List<List<Entry>> blocks = List.of(List.of(Entries.value("b", "2")), List.of(Entries.value("d", "4")));
        List<Slice> right = List.of(Slice.utf8("b"), Slice.utf8("d"));
        assertThat(
                "the index says that the second block begins with \"c\"; it begins with \"d\"",
                () -> openAndVerify(new Content(blocks, List.of(Slice.utf8("b"), Slice.utf8("c")), Slice.utf8("d"), 2)
                        .encode(NUMBER)),
                findsDamageIn(NAME));
        assertThat(
                "the index says that the largest key is \"e\"; it is \"d\"",
                () -> openAndVerify(new Content(blocks, right, Slice.utf8("e"), 2).encode(NUMBER)),
                findsDamageIn(NAME));
        assertThat(
                "the footer says 3 entries; there are 2",
                () -> openAndVerify(new Content(blocks, right, Slice.utf8("d"), 3).encode(NUMBER)),
                findsDamageIn(NAME));
        byte[] miscounted = new Content(blocks, right, Slice.utf8("d"), 3).encode(NUMBER);
        assertThat(
                "the footer of a file of " + miscounted.length + " bytes says 3 entries; there are 2",
                () -> openAndVerify(miscounted),
                findsDamageIn(NAME, miscounted.length, miscounted.length));
    }

    /** What a get returns; the entry itself if the damage was noticed on the way, which is as good. */
    private Optional<Entry> answerOrDamage(Entry entry) {
        try (SortedTable table = SortedTable.open(file, NUMBER, new StatsRecorder())) {
            return table.get(entry.key());
        } catch (CorruptionException noticed) {
            return Optional.of(entry);
        }
    }

    private String openAndVerify(byte[] bytes) {
        Bytes.write(file, bytes);
        try (SortedTable table = SortedTable.open(file, NUMBER, new StatsRecorder())) {
            return verify(table);
        }
    }

    private String open(byte[] bytes) {
        Bytes.write(file, bytes);
        try (SortedTable table = SortedTable.open(file, NUMBER, new StatsRecorder())) {
            return "a table of " + table.blockCount() + " blocks";
        }
    }

    private static String verify(SortedTable table) {
        table.verify();
        return "from open and verify";
    }

    private static List<Entry> drain(SortedTable table) {
        List<Entry> entries = new ArrayList<>();
        table.entries().forEachRemaining(entries::add);
        return entries;
    }

    private static List<List<Slice>> keys(List<List<Entry>> blocks) {
        return blocks.stream()
                .map(block -> block.stream().map(Entry::key).toList())
                .toList();
    }
}
