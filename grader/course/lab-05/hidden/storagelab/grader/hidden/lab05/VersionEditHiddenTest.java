package storagelab.grader.hidden.lab05;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static storagelab.grader.hidden.kit.Checks.assertEquals;
import static storagelab.grader.hidden.kit.Checks.assertTrue;

import com.google.common.io.BaseEncoding;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.api.Slice;
import storagelab.manifest.FileMetadata;
import storagelab.manifest.ManifestFormat;
import storagelab.manifest.Version;
import storagelab.manifest.VersionEdit;
import storagelab.sstable.InternalKey;
import storagelab.testkit.Seeds;

/** Exercise 5.6: the bytes of edits, and what they do to a version. */
@Tag("5.6")
class VersionEditHiddenTest {
    private static final String A5 = "09" + "610105000000000000";
    private static final String B6 = "09" + "620106000000000000";

    private static FileMetadata table(long number, String from, String to) {
        return new FileMetadata(number, 300, Blocks.put(from, 5), Blocks.put(to, 6));
    }

    private static String hex(VersionEdit edit, ManifestFormat format) {
        return Blocks.hex(edit.encode(format));
    }

    private static VersionEdit decoded(String hex) {
        return VersionEdit.decode(Slice.wrap(BaseEncoding.base16().lowerCase().decode(hex.replace(" ", ""))));
    }

    @Test
    @DisplayName(
            "every field has its tag and its bytes, in LevelDB's order, whatever the order in which they were said")
    void golden() {
        VersionEdit edit = new VersionEdit()
                .add(2, table(9, "a", "b").inRun(8, 1000))
                .delete(1, 300)
                .delete(0, 4)
                .setCompactPointer(1, Blocks.put("a", 5))
                .setLastSequence(1L << 40)
                .setNextFileNumber(128)
                .setPreviousLogNumber(0)
                .setLogNumber(5)
                .setComparator("abc");
        String counters = "0103616263" + "0205" + "0900" + "038001" + "04808080808020";
        String rest = "0501" + A5 + "0601ac02" + "060004";
        assertEquals(
                counters + rest + "070209ac02" + A5 + B6,
                hex(edit, ManifestFormat.LEVELDB),
                "an edit with every field, in LevelDB's format");
        assertEquals(
                counters + rest + "400209ac02" + A5 + B6 + "08" + "e807",
                hex(edit, ManifestFormat.RUNS),
                "an edit with every field, in the format with runs");
        assertEquals("", hex(new VersionEdit(), ManifestFormat.LEVELDB), "an edit that says nothing");
        assertEquals(
                "0205060003",
                hex(new VersionEdit().setLogNumber(5).delete(0, 3), ManifestFormat.LEVELDB),
                "the example");
    }

    @Test
    @DisplayName("fields are read in any order; of one that comes twice the last counts; tables come by either tag")
    void anyOrder() {
        VersionEdit edit = decoded("060003" + "400109ac02" + A5 + B6 + "08e807" + "0205" + "070109ac02" + A5 + B6
                + "0207" + "0501" + A5 + "0502" + B6 + "0103616263" + "070009ac02" + A5 + B6);
        assertEquals(OptionalLong.of(7), edit.logNumber(), "the log number");
        assertEquals(OptionalLong.empty(), edit.nextFileNumber(), "the next file number, which is not said");
        assertEquals(OptionalLong.empty(), edit.lastSequence(), "the last sequence, which is not said");
        assertEquals(OptionalLong.empty(), edit.previousLogNumber(), "the previous log number, which is not said");
        assertEquals("abc", edit.comparator(), "the comparator");
        assertEquals(List.of(new VersionEdit.DeletedFile(0, 3)), edit.deletedFiles(), "the tables that go");
        assertEquals(
                List.of(
                        new VersionEdit.NewFile(1, table(9, "a", "b").inRun(8, 1000)),
                        new VersionEdit.NewFile(1, table(9, "a", "b")),
                        new VersionEdit.NewFile(0, table(9, "a", "b").inRun(9, 0))),
                edit.newFiles(),
                "the tables that come");
        assertEquals(2, edit.compactPointers().size(), "compact pointers");
    }

    @Test
    @DisplayName("whatever an edit says is there again when it was read, and the bytes are the same again")
    void roundTrip() {
        Seeds.check(200, random -> {
            VersionEdit edit = random(random);
            for (ManifestFormat format : ManifestFormat.values()) {
                VersionEdit read = VersionEdit.decode(edit.encode(format));
                assertEquals(hex(edit, format), hex(read, format), "an edit that was written, read and written again");
                assertEquals(edit.logNumber(), read.logNumber(), "the log number");
                assertEquals(edit.previousLogNumber(), read.previousLogNumber(), "the previous log number");
                assertEquals(edit.nextFileNumber(), read.nextFileNumber(), "the next file number");
                assertEquals(edit.lastSequence(), read.lastSequence(), "the last sequence");
                assertEquals(edit.deletedFiles(), read.deletedFiles(), "the tables that go");
                assertEquals(edit.compactPointers(), read.compactPointers(), "the compact pointers");
            }
            assertEquals(
                    edit.newFiles(),
                    VersionEdit.decode(edit.encode(ManifestFormat.RUNS)).newFiles(),
                    "the tables that come, in the format with runs");
        });
    }

    private static VersionEdit random(Random random) {
        VersionEdit edit = new VersionEdit();
        if (random.nextBoolean()) {
            edit.setLogNumber(random.nextInt(1000)).setComparator("c".repeat(random.nextInt(200)));
        }
        if (random.nextBoolean()) {
            edit.setNextFileNumber(random.nextLong() >>> 1 + random.nextInt(60));
        }
        if (random.nextBoolean()) {
            edit.setLastSequence(InternalKey.MAX_SEQUENCE).setPreviousLogNumber(0);
        }
        for (int i = random.nextInt(4); i > 0; i--) {
            edit.delete(random.nextInt(7), random.nextInt(100_000));
            edit.setCompactPointer(random.nextInt(7), Blocks.randomKey(random, 300));
            edit.add(
                    random.nextInt(7),
                    new FileMetadata(
                                    i,
                                    random.nextInt(1 << 30),
                                    Blocks.randomKey(random, 3),
                                    Blocks.randomKey(random, 3))
                            .inRun(random.nextInt(300), random.nextLong() >>> 20));
        }
        return edit;
    }

    @Test
    @DisplayName(
            "unknown tags, levels that are none, short keys, negative numbers and ends in the middle are refused, with words")
    void refused() {
        assertEquals(OptionalLong.of(5), decoded("0205").logNumber(), "the log number");
        for (String hex : new String[] {
            "00",
            "08",
            "0801",
            "0a01",
            "3f00",
            "4100",
            "ff7f",
            "0700",
            "0600",
            "02",
            "0280",
            "0103",
            "01036162",
            "0607",
            "060703",
            "070709ac02" + A5 + B6,
            "060003" + "0b",
            "0707",
            "0501",
            "0501" + "07" + "61010500000000",
            "0507" + A5,
            "07ffffffff0f09ac02" + A5 + B6,
            "070109ac02" + A5,
            "070109ac02" + A5 + "0862010600000000",
            "400109ac02" + A5 + B6,
            "400109ac02" + A5 + B6 + "08",
            "0701ffffffffffffffffff01ac02" + A5 + B6,
            "020580",
            "0601ffffffffffffffffff01",
            "02ffffffffffffffffff01",
            "03ffffffffffffffffff01",
            "09ffffffffffffffffff01",
            "070109ffffffffffffffffff01" + A5 + B6,
            "400109ac02" + A5 + B6 + "ffffffffffffffffff01e807",
            "400109ac02" + A5 + B6 + "08ffffffffffffffffff01",
            "070109ac02" + "07" + "61010500000000" + B6,
            "070109ac02" + A5 + "07" + "62010600000000",
            "400109ac02" + "07" + "61010500000000" + B6 + "08e807",
            "04ffffffffffffffffff01"
        }) {
            IllegalArgumentException e =
                    assertThrows(IllegalArgumentException.class, () -> decoded(hex), "the edit " + hex);
            assertTrue(!String.valueOf(e.getMessage()).isBlank(), "the message about " + hex + " is empty");
        }
        Seeds.check(500, random -> {
            byte[] noise = new byte[random.nextInt(30)];
            random.nextBytes(noise);
            try {
                VersionEdit.decode(Slice.wrap(noise));
            } catch (IllegalArgumentException expected) {
                // what is no edit is refused, in this way and in no other
            }
        });
    }

    @Test
    @DisplayName("an edit leads to the version without what goes and with what comes, level by level")
    void versions() {
        Version version = Version.empty()
                .with(new VersionEdit().add(0, table(3, "a", "m")).add(0, table(5, "c", "z")))
                .with(new VersionEdit().add(1, table(9, "p", "t")).add(1, table(8, "b", "d")));
        assertEquals(List.of(5L, 3L), numbers(version, 0), "level 0, the newest first");
        assertEquals(List.of(8L, 9L), numbers(version, 1), "level 1, in the order of keys");
        Version moved = version.with(new VersionEdit().delete(1, 8).add(2, table(8, "b", "d")));
        assertEquals(List.of(9L), numbers(moved, 1), "level 1 without table 8");
        assertEquals(List.of(8L), numbers(moved, 2), "level 2 with table 8");
        assertTrue(version.runs(0) == moved.runs(0), "a level that an edit does not change was copied");
        assertEquals(List.of(8L, 9L), numbers(version, 1), "level 1 of the version before");
        Version again =
                version.with(new VersionEdit().add(1, table(8, "b", "c")).delete(1, 8));
        assertEquals(List.of(8L, 9L), numbers(again, 1), "level 1 after table 8 went and came again");
        assertEquals(Blocks.put("c", 6), again.files(1).get(0).largest(), "the largest key of the table that came");
        assertEquals(
                List.of(10L, 8L),
                numbers(
                        version.with(new VersionEdit()
                                .delete(1, 9)
                                .add(1, table(10, "a", "z").inRun(4, 0))),
                        1),
                "level 1 with another run, the newer one first");
    }

    private static List<Long> numbers(Version version, int level) {
        return version.files(level).stream().map(FileMetadata::number).toList();
    }

    @Test
    @DisplayName(
            "what does not fit is refused: a table that is not there, one of another level, two that overlap in a run")
    void doesNotFit() {
        Version version = Version.empty()
                .with(new VersionEdit().add(1, table(8, "b", "d")).add(1, table(9, "p", "t")));
        for (VersionEdit edit : List.of(
                new VersionEdit().delete(1, 77),
                new VersionEdit().delete(1, 77).add(1, table(77, "e", "f")),
                new VersionEdit().delete(2, 8),
                new VersionEdit().delete(1, 8).delete(1, 7),
                new VersionEdit().add(1, table(10, "c", "e")),
                new VersionEdit().add(1, table(10, "a", "z")),
                new VersionEdit().add(3, table(10, "a", "k")).add(3, table(11, "c", "z")))) {
            assertThrows(IllegalArgumentException.class, () -> version.with(edit), "an edit " + edit);
        }
        assertEquals(
                3,
                version.with(new VersionEdit().add(1, table(10, "e", "f")))
                        .files(1)
                        .size(),
                "tables");
    }

    @Test
    @DisplayName("after any edits a version has the tables that came and did not go, run by run")
    void model() {
        Seeds.check(50, random -> {
            Version version = Version.empty();
            List<TreeSet<Long>> expected = new ArrayList<>();
            for (int level = 0; level < Version.LEVELS; level++) {
                expected.add(new TreeSet<>());
            }
            for (int i = 1; i <= 40; i++) {
                VersionEdit edit = new VersionEdit();
                for (int level = 0; level < Version.LEVELS; level++) {
                    TreeSet<Long> its = expected.get(level);
                    if (!its.isEmpty() && random.nextInt(3) == 0) {
                        edit.delete(level, its.first());
                        its.remove(its.first());
                    }
                    if (random.nextInt(3) == 0) {
                        edit.add(level, table(100L * i + level, "a", "z").inRun(i, i));
                        its.add(100L * i + level);
                    }
                }
                version = version.with(edit);
                for (int level = 0; level < Version.LEVELS; level++) {
                    assertEquals(
                            List.copyOf(expected.get(level).descendingSet()),
                            numbers(version, level),
                            "level " + level + " after " + i + " edits, the newest run first");
                }
            }
        });
    }
}
