package storagelab.btree;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static storagelab.testkit.StoreMatchers.holds;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import storagelab.api.CorruptionException;
import storagelab.api.Metric;
import storagelab.api.Slice;
import storagelab.api.StorageIoException;
import storagelab.codec.Crc32c;
import storagelab.disk.CrashDisk;
import storagelab.file.StoreLock;
import storagelab.page.MetaPage;
import storagelab.page.PageLayout;

/** What a store says when it cannot be opened. */
class BTreeStoreErrorsTest {
    private static final BTreeOptions OPTIONS = BTreeOptions.defaults();

    private final CrashDisk disk = CrashDisk.create();

    @TempDir
    private Path realDirectory;

    /** A process of its own that opens a store and says what came of it. */
    static final class SecondProcess {
        private SecondProcess() {}

        /** Opens the store in the directory {@code arguments[0]}. */
        public static void main(String[] arguments) {
            try (BTreeStore store = BTreeStore.open(Path.of(arguments[0]), OPTIONS)) {
                System.out.println("opened, with " + store.lastCheckpoint().entries() + " entries");
            } catch (StorageIoException e) {
                System.out.println(e.getMessage());
            }
        }
    }

    @Test
    @Tag("4.14")
    @DisplayName("a store that is open cannot be opened once more in this process")
    void openTwice() {
        try (BTreeStore store = BTreeStore.open(disk.root(), OPTIONS)) {
            store.put(Slice.utf8("a"), Slice.utf8("1"));
            StorageIoException e = assertThrows(
                    StorageIoException.class, () -> BTreeStore.open(disk.root(), OPTIONS), "opening it once more");
            assertThat("what it says", e.getMessage(), containsString("another store has it open"));
            assertThat("the first one", store, holds("a", "1"));
        }
    }

    @Test
    @Tag("4.14")
    @DisplayName("nor in another process, until it is closed here")
    void openInAnotherProcess() throws IOException, InterruptedException {
        try (BTreeStore store = BTreeStore.open(realDirectory, OPTIONS)) {
            store.put(Slice.utf8("a"), Slice.utf8("1"));
            assertThat(
                    "what another process is told",
                    openElsewhere(),
                    is("locking " + realDirectory + " failed: another store has it open"));
        }
        assertThat("when it is closed", openElsewhere(), is("opened, with 1 entries"));
    }

    @Test
    @Tag("4.13")
    @DisplayName("an attempt to open it once more here does not let another process in")
    void secondAttemptEndsTheLock() throws IOException, InterruptedException {
        try (BTreeStore store = BTreeStore.open(realDirectory, OPTIONS)) {
            Path sameDirectory = realDirectory.resolve("..").resolve(realDirectory.getFileName());
            assertThrows(
                    StorageIoException.class, () -> BTreeStore.open(sameDirectory, OPTIONS), "opening it once more");
            assertThat("what another process is told", openElsewhere(), containsString("another store has it open"));
            assertThat("gets here", store.stats().get(Metric.GETS), is(0L));
        }
    }

    @Test
    @Tag("4.13")
    @DisplayName("another page size is refused, with the one to use; the store can be opened with that")
    void otherPageSize() {
        BTreeStore.open(disk.root(), OPTIONS).close();
        IllegalArgumentException e = assertThrows(
                IllegalArgumentException.class,
                () -> BTreeStore.open(disk.root(), OPTIONS.withPageSizeBytes(8192)),
                "opening pages of 4,096 bytes with 8,192");
        assertThat(
                "what it says",
                e.getMessage(),
                allOf(containsString(BTreeStore.FILE_NAME), containsString("use withPageSizeBytes(4096)")));
        BTreeStore.open(disk.root(), OPTIONS).close();
        assertThat("open files", disk.openFiles(), is(0));
    }

    @Test
    @Tag("4.13")
    @DisplayName("a file of a newer version is refused, and nothing in it is changed")
    void newerVersion() throws IOException {
        BTreeStore.open(disk.root(), OPTIONS).close();
        Path file = disk.root().resolve(BTreeStore.FILE_NAME);
        byte[] bytes = Files.readAllBytes(file);
        PageLayout.putInt(bytes, MetaPage.FORMAT_VERSION_OFFSET, 3);
        int checksumAt = MetaPage.HEAD_BYTES - Integer.BYTES;
        PageLayout.putInt(bytes, checksumAt, Crc32c.of(bytes, 0, checksumAt));
        Files.write(file, bytes);
        StorageIoException e = assertThrows(
                StorageIoException.class, () -> BTreeStore.open(disk.root(), OPTIONS), "opening format version 3");
        assertThat(
                "what it says",
                e.getMessage(),
                allOf(
                        containsString(BTreeStore.FILE_NAME),
                        containsString("format version 3, this program reads up to 2")));
        assertThat("the file", Files.readAllBytes(file), is(bytes));
        assertThat("open files", disk.openFiles(), is(0));
    }

    @Test
    @Tag("4.14")
    @DisplayName("a file that was cut off is refused: how much is missing is said")
    void truncated() throws IOException {
        try (BTreeStore store = BTreeStore.open(disk.root(), OPTIONS)) {
            for (int i = 0; i < 1000; i++) {
                store.put(Slice.utf8("key " + i), Slice.utf8("value " + i));
            }
        }
        Path file = disk.root().resolve(BTreeStore.FILE_NAME);
        long size = Files.size(file);
        for (long cut : new long[] {size - 1, size / 2, 4096, 1500, 700, 0}) {
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                channel.truncate(cut);
            }
            CorruptionException e = assertThrows(
                    CorruptionException.class,
                    () -> BTreeStore.open(disk.root(), OPTIONS),
                    "opening a file that was cut off at " + cut);
            assertThat(
                    "what it says of a file cut off at " + cut,
                    e.getMessage(),
                    allOf(containsString(BTreeStore.FILE_NAME), containsString("end of the file")));
        }
        assertThat("open files", disk.openFiles(), is(0));
    }

    @Test
    @DisplayName("a file that is something else is refused")
    void notAPageFile() throws IOException {
        Files.write(disk.root().resolve(BTreeStore.FILE_NAME), new byte[20_000]);
        CorruptionException e =
                assertThrows(CorruptionException.class, () -> BTreeStore.open(disk.root(), OPTIONS), "opening zeros");
        assertThat("what it says", e.getMessage(), containsString("of a page file"));
    }

    @Test
    @Tag("4.13")
    @DisplayName("a directory without permission to write, and one that is a file: the path and the reason are said")
    void noPermission() throws IOException {
        Path file = Files.createFile(realDirectory.resolve("file"));
        StorageIoException notADirectory = assertThrows(
                StorageIoException.class, () -> BTreeStore.open(file, OPTIONS), "opening a file as a directory");
        assertThat("what it says", notADirectory.getMessage(), containsString(file.toString()));
        Path locked = Files.createDirectory(realDirectory.resolve("locked"));
        BTreeStore.open(locked, OPTIONS).close();
        Files.delete(locked.resolve(StoreLock.FILE_NAME));
        Files.setPosixFilePermissions(locked, PosixFilePermissions.fromString("r-xr-xr-x"));
        if (Files.isWritable(locked)) { // the administrator may write anywhere; what is no file stops him, too
            Files.createDirectory(locked.resolve(StoreLock.FILE_NAME));
        }
        StorageIoException refused = assertThrows(
                StorageIoException.class,
                () -> BTreeStore.open(locked, OPTIONS),
                "opening a directory without permission");
        assertThat("what it says", refused.getMessage(), containsString("locking " + locked + " failed: "));
    }

    private String openElsewhere() throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        SecondProcess.class.getName(),
                        realDirectory.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (InputStream output = process.getInputStream()) {
            return new String(output.readAllBytes(), UTF_8).strip();
        } finally {
            process.waitFor();
        }
    }
}
