package storagelab.manifest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.io.BaseEncoding;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.api.Slice;
import storagelab.api.ValueKind;
import storagelab.sstable.InternalKey;

@Tag("5.6")
class VersionEditTest {
    private static FileMetadata file(long number, String from, String to) {
        return new FileMetadata(number, 100 * number, key(from), key(to));
    }

    private static Slice key(String user) {
        return InternalKey.of(Slice.utf8(user), 7, ValueKind.VALUE);
    }

    private static String hex(VersionEdit edit) {
        return BaseEncoding.base16()
                .lowerCase()
                .encode(edit.encode(ManifestFormat.LEVELDB).toByteArray());
    }

    @Test
    @DisplayName("the worked example, byte by byte")
    void workedExample() {
        assertEquals("0205060003", hex(new VersionEdit().setLogNumber(5).delete(0, 3)));
    }

    @Test
    @DisplayName(
            "a table in a run, byte by byte as in notes/formats/leveldb-manifest.md; in LevelDB's format it has none")
    void inARun() {
        FileMetadata file = new FileMetadata(
                        9,
                        300,
                        InternalKey.of(Slice.utf8("a"), 5, ValueKind.VALUE),
                        InternalKey.of(Slice.utf8("b"), 6, ValueKind.VALUE))
                .inRun(8, 1000);
        VersionEdit edit = new VersionEdit().add(1, file);
        String ours = "400109ac02" + "09610105000000000000" + "09620106000000000000" + "08e807";
        assertEquals(
                ours,
                BaseEncoding.base16()
                        .lowerCase()
                        .encode(edit.encode(ManifestFormat.RUNS).toByteArray()));
        assertEquals("070109ac02" + "09610105000000000000" + "09620106000000000000", hex(edit));
        VersionEdit read = VersionEdit.decode(edit.encode(ManifestFormat.RUNS));
        assertEquals(List.of(new VersionEdit.NewFile(1, file)), read.newFiles());
        FileMetadata known = VersionEdit.decode(edit.encode(ManifestFormat.LEVELDB))
                .newFiles()
                .get(0)
                .file();
        assertEquals(file.inRun(FileMetadata.ONLY_RUN, 0), known);
        FileMetadata flushed = new VersionEdit().add(0, file).newFiles().get(0).file();
        assertEquals(9, flushed.run(), "a table of level 0 is a run of its own");
    }

    @Test
    @DisplayName("every field comes back, and the bytes are the same again")
    void roundTrip() {
        VersionEdit edit = new VersionEdit()
                .setComparator(ManifestFormat.LEVELDB.comparator())
                .setLogNumber(300)
                .setPreviousLogNumber(0)
                .setNextFileNumber(1L << 40)
                .setLastSequence(InternalKey.MAX_SEQUENCE)
                .setCompactPointer(3, key("m"))
                .delete(1, 12)
                .add(2, file(17, "a", "k"))
                .add(6, file(18, "l", "z"));
        VersionEdit read = VersionEdit.decode(edit.encode(ManifestFormat.LEVELDB));
        assertEquals(hex(edit), hex(read));
        assertEquals(ManifestFormat.LEVELDB.comparator(), read.comparator());
        assertEquals(edit.newFiles(), read.newFiles());
        assertEquals(edit.deletedFiles(), read.deletedFiles());
        assertEquals(edit.compactPointers(), read.compactPointers());
        assertEquals(InternalKey.MAX_SEQUENCE, read.lastSequence().orElseThrow());
    }

    @Test
    @DisplayName(
            "an unknown tag, a level that is none and an edit that ends too early are refused, with what was expected")
    void refused() {
        for (String hex : List.of("0801", "060703", "0701", "07", "0103", "0500" + "0361")) {
            Slice bytes = Slice.wrap(BaseEncoding.base16().lowerCase().decode(hex.length() % 2 == 0 ? hex : hex + "0"));
            String message = assertThrows(IllegalArgumentException.class, () -> VersionEdit.decode(bytes), hex)
                    .getMessage();
            assertTrue(message != null && !message.isBlank(), "what is wrong with " + hex);
        }
    }

    @Test
    @DisplayName("edits lead from one version to the next; level 0 has the newest first, the others are in order")
    void versions() {
        Version version = Version.empty()
                .with(new VersionEdit().add(0, file(3, "a", "m")).add(0, file(5, "c", "z")))
                .with(new VersionEdit().add(1, file(9, "p", "t")).add(1, file(8, "b", "d")));
        assertEquals(
                List.of(5L, 3L),
                version.files(0).stream().map(FileMetadata::number).toList());
        assertEquals(
                List.of(8L, 9L),
                version.files(1).stream().map(FileMetadata::number).toList());
        assertEquals(1700, version.sizeBytes(1));
        assertEquals(0, version.runs(1).get(0).firstNotBefore(key("c")));
        assertEquals(1, version.runs(1).get(0).firstNotBefore(key("e")));
        assertEquals(2, version.runs(1).get(0).firstNotBefore(key("u")));
        assertEquals(1, version.overlapping(1, Slice.utf8("d"), Slice.utf8("o")).size());
        Version moved = version.with(new VersionEdit().delete(1, 8).add(2, file(8, "b", "d")));
        assertEquals(1, moved.files(2).size());
        VersionEdit unknown = new VersionEdit().delete(1, 77);
        assertThrows(IllegalArgumentException.class, () -> version.with(unknown), "deletes a table that is not there");
        VersionEdit overlap = new VersionEdit().add(1, file(10, "d", "e"));
        assertThrows(IllegalArgumentException.class, () -> version.with(overlap), "d is in two tables of level 1");
    }
}
