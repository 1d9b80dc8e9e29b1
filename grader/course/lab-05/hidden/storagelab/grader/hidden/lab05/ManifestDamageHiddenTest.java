package storagelab.grader.hidden.lab05;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static storagelab.grader.hidden.kit.Checks.assertEquals;
import static storagelab.grader.hidden.kit.Checks.assertTrue;

import com.google.common.io.BaseEncoding;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.api.CorruptionException;
import storagelab.api.Slice;
import storagelab.api.StorageIoException;
import storagelab.codec.ByteReader;
import storagelab.codec.ByteWriter;
import storagelab.codec.Crc32c;
import storagelab.manifest.FileMetadata;
import storagelab.manifest.ManifestFormat;
import storagelab.manifest.VersionEdit;
import storagelab.manifest.VersionSet;

/** Exercise 5.6: manifests of others, torn and damaged ones, and what a crash has left. */
@Tag("5.6")
class ManifestDamageHiddenTest {
    private static final String LEVELDB = "leveldb.BytewiseComparator";

    private final ManifestDisk disk = new ManifestDisk();

    @Test
    @DisplayName("manifests that LevelDB has written are read")
    void levelDb() throws IOException {
        byte[] manifest = BaseEncoding.base16()
                .lowerCase()
                .decode("56f9b8f81c0001011a6c6576656c64622e42797465776973654"
                        + "36f6d70617261746f72a49c8bbe08000102030900030404006bb3d6993b000102040900030604df21070205cae8071546522f3131"
                        + "2f3239383738333401240000000000001546522f39342f3330313638393001400b00000000008a1061123c000102060900030804b2"
                        + "3a070107c0d1071546522f31312f3330323033313001d90c00000000001647422f574c532f32363337323138014b19000000000"
                        + "0c44b8fae3c000102080900030a04fb55070009ecdf061546522f31312f32393837383334012e2300000000001647422f574c532f"
                        + "32363533393031011b230000000000");
        Files.write(disk.home.resolve("MANIFEST-000002"), manifest);
        Files.writeString(disk.home.resolve("CURRENT"), "MANIFEST-000002\n");
        try (VersionSet versions = disk.recover()) {
            assertEquals(List.of(9L), ManifestDisk.numbers(versions.current().files(0)), "tables of level 0");
            assertEquals(List.of(7L), ManifestDisk.numbers(versions.current().files(1)), "tables of level 1");
            assertEquals(List.of(5L), ManifestDisk.numbers(versions.current().files(2)), "tables of level 2");
            assertEquals(8, versions.logNumber(), "logNumber()");
            assertEquals(11_003, versions.lastSequence(), "lastSequence()");
            assertEquals(10, versions.newFileNumber(), "the next number");
            assertEquals(2, versions.manifestNumber(), "manifestNumber()");
            assertEquals(
                    "FR/11/3020310",
                    versions.current().files(1).get(0).smallestUserKey().toUtf8(),
                    "the smallest key of table 7");
        }
    }

    @Test
    @DisplayName(
            "a torn end was never acknowledged and is left out; damage in front of an edit that can be read is damage")
    void tornAndDamaged() throws IOException {
        try (VersionSet versions = disk.create()) {
            versions.apply(new VersionEdit().setLogNumber(1).add(0, ManifestDisk.table(5, "a", "b")));
            versions.apply(new VersionEdit().setLogNumber(2).add(0, ManifestDisk.table(6, "a", "b")));
            versions.apply(new VersionEdit().setLogNumber(3).add(0, ManifestDisk.table(7, "a", "b")));
        }
        Path file = disk.home.resolve("MANIFEST-000002");
        byte[] whole = Files.readAllBytes(file);
        int second = 7 + new ByteReader(Slice.wrap(new byte[] {whole[4], whole[5], 0, 0})).readFixed32();
        int third = second + 7 + (whole[second + 4] & 0xff);
        for (int length = second; length < whole.length; length++) {
            Files.write(file, Arrays.copyOf(whole, length));
            try (VersionSet versions = disk.recover()) {
                assertEquals(length < third ? 1 : 2, versions.logNumber(), "edits of a manifest cut off at " + length);
            }
        }
        for (int at = 0; at < second; at++) {
            assertRefused(file, whole, at);
        }
        for (int length = 0; length < second; length++) {
            Files.write(file, Arrays.copyOf(whole, length));
            assertThrows(CorruptionException.class, () -> disk.recover().close(), "a manifest without an edit");
        }
    }

    /** Fails unless the manifest is refused when a bit of the byte {@code at} is turned over. */
    private void assertRefused(Path file, byte[] whole, int at) throws IOException {
        byte[] damaged = whole.clone();
        damaged[at] ^= 0x10;
        Files.write(file, damaged);
        CorruptionException e = assertThrows(
                CorruptionException.class, () -> disk.recover().close(), "a manifest with a bit turned over at " + at);
        assertEquals(0, disk.disk.openFiles(), "files left open when a bit of the manifest was flipped at " + at);
        assertEquals(file.toString(), e.file(), "file() of the exception");
    }

    @Test
    @DisplayName("damage with an edit behind it that can be read is damage, wherever in a long manifest it is")
    void damagedInFront() throws IOException {
        try (VersionSet versions = disk.create()) {
            versions.apply(new VersionEdit().setLogNumber(1));
            for (int i = 0; i < 8; i++) {
                Slice large = Blocks.put("%03d".formatted(i) + "k".repeat(20_000), 7);
                versions.apply(new VersionEdit().add(1, new FileMetadata(1000 + i, 1, large, large)));
            }
        }
        Path file = disk.home.resolve("MANIFEST-000002");
        byte[] whole = Files.readAllBytes(file);
        for (int at = 3; at < whole.length - 100_000; at += 7919) {
            assertRefused(file, whole, at);
        }
        Files.write(file, whole);
        try (VersionSet versions = disk.recover()) {
            assertEquals(8, versions.current().files().size(), "tables of a manifest that is whole again");
        }
    }

    @Test
    @DisplayName(
            "edits that do not fit together, and counters that nobody says, are damage; another order of keys is refused by name")
    void senseless() throws IOException {
        assertTrue(recoveredFrom(full()) == null, "a manifest that is all right is refused");
        for (VersionEdit[] edits : new VersionEdit[][] {
            {new VersionEdit().setNextFileNumber(9).setLastSequence(1)},
            {new VersionEdit().setLogNumber(9).setLastSequence(1)},
            {new VersionEdit().setNextFileNumber(9).setLogNumber(1)},
            {full(), new VersionEdit().delete(1, 5)},
            {full(), new VersionEdit().add(1, ManifestDisk.table(5, "a", "m")).add(1, ManifestDisk.table(6, "b", "c"))}
        }) {
            assertTrue(
                    recoveredFrom(edits) instanceof CorruptionException,
                    "what was thrown for senseless edits is " + recoveredFrom(edits));
        }
        RuntimeException later = recoveredFrom(full(), new VersionEdit().setComparator("idb_cmp1"));
        assertTrue(
                later instanceof StorageIoException,
                "what was thrown for an edit after the first that says another order of keys is " + later);
        RuntimeException strange = recoveredFrom(full().setComparator("idb_cmp1"));
        assertTrue(strange instanceof StorageIoException, "what was thrown for another order of keys is " + strange);
        String message = String.valueOf(strange == null ? "" : strange.getMessage());
        assertTrue(message.contains("idb_cmp1") && message.contains(LEVELDB), "the message is " + message);
    }

    private static VersionEdit full() {
        return new VersionEdit()
                .setComparator(LEVELDB)
                .setLogNumber(3)
                .setNextFileNumber(10)
                .setLastSequence(5);
    }

    private @Nullable RuntimeException recoveredFrom(VersionEdit... edits) throws IOException {
        ByteWriter out = new ByteWriter(1000);
        for (VersionEdit edit : edits) {
            Slice record = edit.encode(ManifestFormat.LEVELDB);
            byte[] typed = new byte[record.length() + 1];
            typed[0] = 1;
            record.copyTo(typed, 1);
            out.putFixed32(TableForge.mask(Crc32c.of(typed)));
            out.putByte(record.length() & 0xff).putByte(record.length() >> 8).putBytes(Slice.wrap(typed));
        }
        Files.write(disk.home.resolve("MANIFEST-000002"), out.toSlice().toByteArray());
        Files.writeString(disk.home.resolve("CURRENT"), "MANIFEST-000002\n");
        try (VersionSet versions = disk.recover()) {
            assertEquals(3, versions.logNumber(), "logNumber()");
            return null;
        } catch (CorruptionException | StorageIoException e) {
            assertEquals(0, disk.disk.openFiles(), "files left open by an opening that threw " + e);
            return e;
        }
    }

    @Test
    @DisplayName("a CURRENT that names no manifest, or one that is not there, is damage")
    void current() throws IOException {
        try (VersionSet versions = disk.create()) {
            versions.apply(new VersionEdit().setLogNumber(1));
        }
        for (String text : new String[] {
            "",
            "\n",
            "MANIFEST-000002",
            "MANIFEST-\n",
            "manifest-000002\n",
            "000002.ldb\n",
            "MANIFEST-000007\n",
            "MANIFEST-000002\nMANIFEST-000002\n",
            "MANIFEST-000002\n\n",
            "MANIFEST-000002\r\n",
            "MANIFEST-000002 \n",
            " MANIFEST-000002\n",
            "\nMANIFEST-000002\n",
            "../MANIFEST-2\n"
        }) {
            Files.writeString(disk.home.resolve("CURRENT"), text, StandardCharsets.UTF_8);
            assertThrows(
                    CorruptionException.class, () -> disk.recover().close(), "CURRENT with the text '" + text + "'");
        }
        byte[] whole = "MANIFEST-000002\n".getBytes(StandardCharsets.UTF_8);
        for (int bit = 0; bit < 8 * whole.length; bit++) {
            byte[] damaged = whole.clone();
            damaged[bit / 8] ^= (byte) (1 << bit % 8);
            Files.write(disk.home.resolve("CURRENT"), damaged);
            assertThrows(
                    CorruptionException.class,
                    () -> disk.recover().close(),
                    "CURRENT with bit " + bit + " turned over");
        }
        Files.delete(disk.home.resolve("CURRENT"));
        assertTrue(!VersionSet.exists(disk.home), "exists() without CURRENT is true");
        assertThrows(StorageIoException.class, () -> disk.recover().close(), "no CURRENT");
    }

    @Test
    @DisplayName(
            "what a crash has left is removed: logs, tables, manifests and temporary files that nobody needs, and nothing else")
    void leaks() throws IOException {
        try (VersionSet versions = disk.create()) {
            versions.apply(new VersionEdit()
                    .setLogNumber(7)
                    .add(0, ManifestDisk.table(5, "a", "b"))
                    .add(1, ManifestDisk.table(6, "a", "b")));
        }
        TreeSet<String> needed = new TreeSet<>(List.of(
                "000005.ldb",
                "000006.sst",
                "000007.log",
                "000012.log",
                "CURRENT",
                "LOCK",
                "notes.txt",
                "000008.table",
                "MANIFEST-x",
                "MANIFEST-000099"));
        for (String name : List.of(
                "000005.ldb",
                "000006.sst",
                "000007.log",
                "000012.log",
                "LOCK",
                "notes.txt",
                "000008.table",
                "MANIFEST-x",
                "MANIFEST-000099",
                "000003.ldb",
                "000004.sst",
                "000006.log",
                "000001.log",
                "000011.ldb",
                "MANIFEST-000001",
                "000009.dbtmp")) {
            Files.createFile(disk.home.resolve(name));
        }
        try (VersionSet versions = disk.recover()) {
            versions.markUsed(12);
            versions.apply(new VersionEdit());
            versions.removeUnneeded();
            needed.add("MANIFEST-000013");
            assertEquals(needed, disk.names(), "files after opening, an edit and removeUnneeded()");
        }
    }
}
