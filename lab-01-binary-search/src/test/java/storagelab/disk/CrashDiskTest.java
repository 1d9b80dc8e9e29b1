package storagelab.disk;

import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class CrashDiskTest {
    private final CrashDisk disk = CrashDisk.create();
    private final Path file = disk.root().resolve("file");

    static void sync(Path fileOrDirectory) throws IOException {
        try (FileChannel channel = FileChannel.open(fileOrDirectory, READ)) {
            channel.force(true);
        }
    }

    @Test
    void whatIsSyncedWithItsNameSurvives() throws IOException {
        Files.writeString(file, "hello");
        sync(file);
        sync(disk.root());
        CrashDisk rebooted = disk.afterCrash(SurvivalMode.NOTHING, 0);
        assertEquals("hello", Files.readString(rebooted.root().resolve("file")));
    }

    @Test
    @SuppressWarnings("try") // closing twice is what is tested
    void openFilesAreCountedUntilTheyAreClosed() throws IOException {
        Files.writeString(file, "hello");
        assertEquals(0, disk.openFiles(), "after a write that closes what it opened");
        try (FileChannel first = FileChannel.open(file, WRITE);
                FileChannel second = FileChannel.open(file, WRITE)) {
            assertEquals(2, disk.openFiles(), "with " + first + " and " + second);
            first.close();
            first.close();
            assertEquals(1, disk.openFiles(), "after the first was closed twice");
        }
        assertEquals(0, disk.openFiles(), "after both were closed");
    }

    @Test
    void aSyncedFileWhoseNameIsNotSyncedIsGone() throws IOException {
        Files.writeString(file, "hello");
        sync(file);
        CrashDisk rebooted = disk.afterCrash(SurvivalMode.NOTHING, 0);
        assertFalse(Files.exists(rebooted.root().resolve("file")));
    }

    @Test
    void afterACrashEveryCallThrowsAnErrorThatIoHandlersDoNotCatch() throws IOException {
        try (FileChannel channel = FileChannel.open(Files.createFile(file), WRITE)) {
            disk.crash();
            assertThrows(DiskCrashedError.class, () -> channel.force(true));
            assertThrows(DiskCrashedError.class, channel::size);
            assertThrows(DiskCrashedError.class, () -> Files.readString(file));
            assertThrows(DiskCrashedError.class, () -> disk.ack("done"));
        }
    }
}
