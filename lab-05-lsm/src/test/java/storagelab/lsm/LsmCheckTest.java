package storagelab.lsm;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import storagelab.api.CorruptionException;
import storagelab.api.MaintenanceKind;
import storagelab.api.Slice;
import storagelab.api.StorageIoException;
import storagelab.codec.ByteReader;
import storagelab.codec.ByteWriter;
import storagelab.codec.Crc32c;
import storagelab.compaction.NoCompaction;
import storagelab.disk.CrashDisk;
import storagelab.file.StatsRecorder;
import storagelab.log.ChannelLogOutput;
import storagelab.log.LogWriter;
import storagelab.manifest.LsmFileNames;
import storagelab.testkit.lsm.StoreByHand;

class LsmCheckTest {
    private static final int KEYS = 400;

    private final CrashDisk disk = CrashDisk.create();
    private final Path home = disk.root().resolve("store");

    @Test
    @DisplayName("a whole store: tables, logs, entries and operations are counted, and nothing is changed")
    void whole() throws IOException {
        fill();
        TreeMap<String, Slice> before = files();
        LsmCheck.Report report = check();
        assertEquals(List.of(), report.findings());
        assertTrue(report.isWhole());
        assertEquals(report.version().orElseThrow().files().size(), report.tables());
        assertTrue(report.tables() > 3, report.tables() + " tables");
        assertEquals(KEYS, report.entries(), "entries");
        assertEquals(1, report.operations(), "operations in the log");
        assertEquals(before, files());
        assertEquals(0, disk.openFiles(), "open files");
    }

    @Test
    @DisplayName("verify said that all tables are whole while the log was damaged: the log is named, with the place")
    void damagedLogWasNotNamed() throws IOException {
        try (LsmStore store = LsmStore.open(home, LsmOptions.defaults())) {
            for (int i = 0; i < KEYS; i++) {
                store.put(key(i), Slice.utf8("value"));
            }
        }
        Path log = one(".log");
        flip(log, (int) Files.size(log) / 2);
        TreeMap<String, Slice> before = files();
        LsmCheck.Report report = check();
        assertEquals(1, report.findings().size(), "" + report.findings());
        assertEquals(log.toString(), report.findings().get(0).file());
        assertThat(report.findings().get(0).reason(), containsString("checksum"));
        assertTrue(report.operations() > 0 && report.operations() < KEYS, report.operations() + " operations");
        assertEquals(before, files());
    }

    @Test
    @DisplayName("a log that ends too early, or in zeros, is not damaged")
    void tornLog() throws IOException {
        fill();
        Path log = one(".log");
        byte[] bytes = Files.readAllBytes(log);
        Files.write(log, Slice.wrap(bytes).subSlice(0, bytes.length - 1).toByteArray());
        assertEquals(List.of(), check().findings());
        Files.write(log, new byte[100_000]);
        assertEquals(List.of(), check().findings());
    }

    @Test
    @DisplayName("writes that are missing between two logs are named")
    void missingWrites() throws IOException {
        for (int i = 0; i < 3; i++) {
            try (LsmStore store = LsmStore.open(home, LsmOptions.defaults())) {
                store.put(key(i), Slice.EMPTY);
            }
        }
        List<Path> logs = all(".log");
        assertEquals(3, logs.size(), "logs");
        Files.write(logs.get(1), new byte[0]);
        LsmCheck.Report report = check();
        assertEquals(1, report.findings().size(), "" + report.findings());
        assertEquals(logs.get(2).toString(), report.findings().get(0).file());
        assertThat(report.findings().get(0).reason(), containsString("the sequence 3 where 2 comes next"));
    }

    @Test
    @DisplayName("all damaged tables are named, each once, also those that cannot be opened or are not there")
    void damagedTables() throws IOException {
        fill();
        List<Path> tables = all(".ldb");
        flip(tables.get(0), 10);
        flip(tables.get(1), (int) Files.size(tables.get(1)) - 1);
        Files.write(tables.get(2), new byte[7]);
        Files.delete(tables.get(3));
        LsmCheck.Report report = check();
        assertEquals(
                tables.subList(0, 4).stream().map(Path::toString).toList(),
                report.findings().stream().map(LsmCheck.Finding::file).sorted().toList());
        assertTrue(report.entries() > 0 && report.entries() < KEYS, report.entries() + " entries");
        assertEquals(0, disk.openFiles(), "open files");
    }

    @Test
    @DisplayName("damage at the end of the manifest, which opening passes over, is named")
    void endOfTheManifest() throws IOException {
        try (LsmStore store = LsmStore.open(home, LsmStoreModelTest.TINY)) {
            for (int i = 0; i < KEYS; i++) {
                store.put(key(i), Slice.utf8("value"));
            }
        }
        Path manifest = one("MANIFEST");
        byte[] bytes = Files.readAllBytes(manifest);
        bytes[bytes.length - 1] ^= 1;
        byte[] longer = new byte[bytes.length + 20]; // so that the end is not taken for one that is torn
        System.arraycopy(bytes, 0, longer, 0, bytes.length);
        longer[bytes.length + 10] = 1;
        Files.write(manifest, longer);
        LsmCheck.Report report = check();
        assertFalse(report.isWhole());
        assertEquals(manifest.toString(), report.findings().get(0).file());
    }

    @ParameterizedTest
    @ValueSource(strings = {"CURRENT", "MANIFEST"})
    @DisplayName("without a manifest that can be read, it is named, and every table and log is read by itself")
    void damagedManifest(String name) throws IOException {
        fill();
        Path file = one(name);
        Files.write(file, Files.readAllBytes(one(".ldb")));
        Path table = all(".ldb").get(1);
        flip(table, 10);
        LsmCheck.Report report = check();
        assertEquals(
                List.of(file.toString(), table.toString()),
                report.findings().stream().map(LsmCheck.Finding::file).toList());
        assertTrue(report.version().isEmpty());
        assertEquals(all(".ldb").size(), report.tables());
        assertEquals(1, report.operations());
    }

    @Test
    @DisplayName("a shape that is damaged is named")
    void damagedShape() throws IOException {
        fill();
        Files.writeString(home.resolve(StoreShape.NAME), "round");
        assertThat(check().findings().get(0).file(), endsWith("SHAPE"));
    }

    @Test
    @DisplayName("a tag of a newer manifest was called damage: it is an unknown format")
    void newerManifestWasCalledDamage() throws IOException {
        fill();
        Path manifest = LsmFileNames.manifest(home, 99);
        try (ChannelLogOutput output = new ChannelLogOutput(manifest, new StatsRecorder())) {
            new LogWriter(output).append(Slice.copyOf((byte) 65, (byte) 1));
        }
        Files.writeString(home.resolve(LsmFileNames.CURRENT), "MANIFEST-000099\n");
        CorruptionException thrown =
                assertThrows(CorruptionException.class, () -> LsmStore.openReadOnly(home, LsmOptions.defaults()));
        assertEquals(manifest.toString(), thrown.file());
        assertTrue(thrown.isUnknownFormat());
        assertThat(thrown.getMessage(), not(containsString("damaged")));
        assertThat(check().findings().get(0).reason(), containsString("not 65"));
    }

    @Test
    @DisplayName("a compression that is not known here was called damage: it is an unknown format")
    void unknownCompressionWasCalledDamage() throws IOException {
        fill();
        Path table = one(".ldb");
        byte[] bytes = Files.readAllBytes(table);
        int size = 0;
        while (fixed32(bytes, size + 1) != Crc32c.mask(Crc32c.of(bytes, 0, size + 1))) {
            size++; // to the trailer of the first block
        }
        bytes[size] = 4; // zlib, in databases of some games
        byte[] checksum = new ByteWriter(Integer.BYTES)
                .putFixed32(Crc32c.mask(Crc32c.of(bytes, 0, size + 1)))
                .toSlice()
                .toByteArray();
        System.arraycopy(checksum, 0, bytes, size + 1, checksum.length);
        Files.write(table, bytes);
        try (LsmStore store = LsmStore.openReadOnly(home, LsmOptions.defaults())) {
            CorruptionException thrown = assertThrows(CorruptionException.class, () -> store.get(key(0)));
            assertTrue(thrown.isUnknownFormat());
            assertThat(thrown.getMessage(), containsString("the compression with the code 4 is not known"));
        }
        assertThat(check().findings().get(0).reason(), containsString("code 4"));
    }

    private static int fixed32(byte[] bytes, int at) {
        return new ByteReader(Slice.wrap(bytes, at, Integer.BYTES)).readFixed32();
    }

    @Test
    @DisplayName("a store that is not there, or is open for writing, is not checked")
    void notThere() throws IOException {
        Files.createDirectories(home);
        assertThat(
                assertThrows(StorageIoException.class, this::check).getMessage(),
                containsString("there is no such file or directory"));
        try (LsmStore store = LsmStore.open(home, LsmOptions.defaults())) {
            assertThrows(StorageIoException.class, this::check);
            store.verify();
        }
    }

    @Test
    @DisplayName("an older version that a get finds before a newer one is found out, whatever the levels and the table")
    void newerBelowOlder() throws IOException {
        Files.createDirectories(home);
        new StoreByHand(home)
                .table("low", 3, 1, List.of("a@1=1", "k@9=9", "z@2=2"))
                .table("middle", 2, 2, List.of("b@3=3", "k@7=7", "k@6=6"))
                .table("high", 0, 0, List.of("k@8=8"))
                .open()
                .close();
        List<String> reasons =
                check().findings().stream().map(LsmCheck.Finding::reason).toList();
        assertEquals(1, reasons.size(), "" + reasons); // of 9, 8, 7, 6, from old, new, middle, middle
        assertThat(reasons.get(0), containsString("k@8"));
    }

    @Test
    @DisplayName("the same version in two runs is found out, and versions of a key in their order are not")
    void sameVersionTwice() throws IOException {
        Files.createDirectories(home);
        try (LsmStore store = new StoreByHand(home)
                .table("low", 2, 1, List.of("a@1=1", "k@4=4", "k@3=3"))
                .table("high", 1, 2, List.of("a@2†", "k@5=5"))
                .open()) {
            store.verify();
        }
        Path other = disk.root().resolve("other");
        Files.createDirectories(other);
        try (LsmStore store = new StoreByHand(other)
                .table("low", 2, 1, List.of("a@1=1", "k@4=4"))
                .table("high", 1, 2, List.of("k@4=4"))
                .open()) {
            AssertionError thrown = assertThrows(AssertionError.class, store::verify);
            assertThat(thrown.getMessage(), containsString("k@4"));
        }
        assertEquals(0, disk.openFiles(), "open files");
    }

    /** Verifies stores in a process with little memory. */
    public static final class SmallProcess {
        private SmallProcess() {}

        /** Prints what it has found. */
        public static void main(String[] arguments) {
            Path store = Path.of(arguments[0]);
            LsmCheck.Report report = LsmCheck.check(store, LsmOptions.defaults());
            try (LsmStore opened = LsmStore.openReadOnly(store, LsmOptions.defaults())) {
                opened.verify();
            }
            System.out.println(report.entries() + " entries, " + report.findings());
        }
    }

    @Test
    @DisplayName(
            "verify held every key in memory: 600,000 keys, which are 48 MB as objects, are verified in a heap of 16 MB")
    void verifyHeldEveryKeyInMemory(@TempDir Path real) throws IOException, InterruptedException {
        int keys = 600_000;
        LsmOptions options = LsmOptions.defaults()
                .withPicker(new NoCompaction())
                .withMaintenance(MaintenanceKind.FOREGROUND)
                .withMemtableBytes(16 << 20);
        try (LsmStore store = LsmStore.open(real, options)) {
            for (int i = 0; i < keys; i++) {
                store.put(key(i * 7 % keys), Slice.EMPTY);
            }
            store.flush();
        }
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx16m",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        SmallProcess.class.getName(),
                        real.toString())
                .redirectErrorStream(true)
                .start();
        try (InputStream output = process.getInputStream()) {
            assertEquals(keys + " entries, []", new String(output.readAllBytes(), UTF_8).strip());
        } finally {
            process.waitFor();
        }
    }

    private LsmCheck.Report check() {
        return LsmCheck.check(home, LsmOptions.defaults());
    }

    /** Tables in several runs, and one write that is only in the log. */
    private void fill() {
        LsmOptions options = LsmStoreModelTest.TINY.withPicker(new NoCompaction());
        try (LsmStore store = LsmStore.open(home, options)) {
            for (int i = 0; i < KEYS; i++) {
                store.put(key(i), Slice.utf8("value"));
            }
            store.flush();
            store.put(key(1), Slice.EMPTY);
        }
    }

    private static Slice key(int number) {
        return Slice.utf8("key%07d".formatted(number));
    }

    private static void flip(Path file, int at) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        bytes[at] ^= 1;
        Files.write(file, bytes);
    }

    private Path one(String part) throws IOException {
        return all(part).get(0);
    }

    private List<Path> all(String part) throws IOException {
        try (Stream<Path> files = Files.list(home)) {
            return files.filter(file -> file.getFileName().toString().contains(part))
                    .sorted()
                    .toList();
        }
    }

    private TreeMap<String, Slice> files() throws IOException {
        TreeMap<String, Slice> contents = new TreeMap<>();
        try (Stream<Path> files = Files.list(home)) {
            for (Path file : files.toList()) {
                contents.put(file.getFileName().toString(), Slice.wrap(Files.readAllBytes(file)));
            }
        }
        return contents;
    }
}
