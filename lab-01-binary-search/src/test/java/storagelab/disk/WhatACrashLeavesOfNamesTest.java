package storagelab.disk;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static storagelab.disk.Crashes.images;
import static storagelab.disk.Crashes.sync;
import static storagelab.disk.Crashes.write;
import static storagelab.disk.SurvivalMode.EVERYTHING;
import static storagelab.disk.SurvivalMode.NOTHING;
import static storagelab.disk.SurvivalMode.RANDOM;
import static storagelab.disk.SurvivalMode.TORN_PREFIX;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A created, renamed or deleted name is volatile until its directory is synced. */
class WhatACrashLeavesOfNamesTest {
    private final CrashDisk disk = CrashDisk.create();
    private final Path root = disk.root();

    /** A file whose bytes are durable, but not its name. */
    private Path syncedFile(String name, String text) throws IOException {
        Path file = Files.writeString(root.resolve(name), text);
        sync(file);
        return file;
    }

    @Test
    void syncingAFileDoesNotSaveItsName() throws IOException {
        syncedFile("a", "1");
        assertEquals(Set.of(""), images(disk, NOTHING));
        assertEquals(Set.of("", "a=1"), images(disk, RANDOM));
    }

    @Test
    void syncingTheDirectorySavesTheNameButNotTheBytes() throws IOException {
        Files.writeString(root.resolve("a"), "1");
        sync(root);
        assertEquals(Set.of("a="), images(disk, NOTHING));
        assertEquals(Set.of("a=", "a=0", "a=1"), images(disk, RANDOM));
    }

    @Test
    void namesInOneDirectorySurviveIndependently() throws IOException {
        syncedFile("a", "1");
        syncedFile("b", "2");
        assertEquals(Set.of("", "a=1", "b=2", "a=1 b=2"), images(disk, RANDOM));
        assertEquals(Set.of("", "a=1"), images(disk, TORN_PREFIX));
    }

    @Test
    void anEmptyDirectoryThatSurvivedIsOneStillAfterTheNextCrash() throws IOException {
        Files.createDirectory(root.resolve("empty"));
        sync(root);
        CrashDisk second = disk.afterCrash(NOTHING, 0);
        Path directory = second.root().resolve("empty");
        Files.writeString(directory.resolve("a"), "1"); // must not get the inode of its directory
        sync(directory);
        CrashDisk third = second.afterCrash(EVERYTHING, 0);
        assertTrue(Files.isDirectory(third.root().resolve("empty")));
        assertEquals("1", Files.readString(third.root().resolve("empty").resolve("a")));
    }

    @Test
    void aDeletedFileMayComeBackWithItsDurableBytes() throws IOException {
        Path file = syncedFile("a", "1");
        sync(root);
        write(file, 0, "2");
        Files.delete(file);
        assertEquals(Set.of("a=1"), images(disk, NOTHING));
        assertEquals(Set.of(""), images(disk, EVERYTHING));
        assertEquals(Set.of("", "a=1", "a=2"), images(disk, RANDOM));
        sync(root);
        assertEquals(Set.of(""), images(disk, RANDOM));
    }

    @Test
    void anAtomicMoveLeavesTheOldNameOrTheNewNeverBothNorNone() throws IOException {
        Path file = syncedFile("a", "1");
        sync(root);
        Files.move(file, root.resolve("b"), ATOMIC_MOVE);
        assertEquals(Set.of("a=1", "b=1"), images(disk, RANDOM));
        sync(root);
        assertEquals(Set.of("b=1"), images(disk, RANDOM));
    }

    @Test
    void replacingByAnAtomicMoveLeavesTheOldContentOrTheNewNeverNone() throws IOException {
        syncedFile("current", "1");
        sync(root);
        Path temporary = syncedFile("tmp", "2");
        Files.move(temporary, root.resolve("current"), ATOMIC_MOVE);
        assertEquals(Set.of("current=1", "current=1 tmp=2", "current=2"), images(disk, RANDOM));
    }

    @Test
    void replacingByAnOrdinaryMoveMayLeaveNoneOfTheTwo() throws IOException {
        syncedFile("current", "1");
        Path temporary = syncedFile("tmp", "2");
        sync(root);
        Files.move(temporary, root.resolve("current"), REPLACE_EXISTING);
        assertEquals(Set.of("current=1 tmp=2", "tmp=2", "current=2"), images(disk, RANDOM));
    }

    @Test
    void aRenameBeforeTheBytesAreSyncedMayLeaveAnEmptyFileInPlaceOfTheOld() throws IOException {
        syncedFile("current", "1");
        sync(root);
        Path temporary = Files.writeString(root.resolve("tmp"), "2");
        Files.move(temporary, root.resolve("current"), ATOMIC_MOVE);
        sync(root);
        assertEquals(Set.of("current=", "current=0", "current=2"), images(disk, RANDOM));
    }

    @Test
    void changesOfOneNameSurviveInOrder() throws IOException {
        Path log = syncedFile("log", "1");
        sync(root);
        Files.move(log, root.resolve("old"), ATOMIC_MOVE);
        syncedFile("log", "2");
        assertEquals(Set.of("log=1", "old=1", "log=2 old=1"), images(disk, RANDOM));
    }

    @Test
    void syncingTheTargetDirectoryOfAMoveSettlesTheSourceToo() throws IOException {
        Path from = Files.createDirectory(root.resolve("from"));
        Path to = Files.createDirectory(root.resolve("to"));
        sync(root);
        Path file = syncedFile("from/a", "1");
        Files.move(file, to.resolve("a"), ATOMIC_MOVE);
        assertEquals(Set.of("from/ to/", "from/ from/a=1 to/", "from/ to/ to/a=1"), images(disk, RANDOM));
        sync(to);
        assertEquals(Set.of("from/ to/ to/a=1"), images(disk, RANDOM));
        assertEquals(Set.of("from/ to/ to/a=1"), images(disk, NOTHING));
        syncedFile("from/b", "2");
        sync(from);
        assertEquals(Set.of("from/ from/b=2 to/ to/a=1"), images(disk, NOTHING));
    }

    @Test
    void syncingOneDirectorySavesNoNamesInAnother() throws IOException {
        Path directory = Files.createDirectory(root.resolve("d"));
        syncedFile("d/a", "1");
        sync(directory);
        assertEquals(Set.of(""), images(disk, NOTHING));
        assertEquals(Set.of("", "d/ d/a=1"), images(disk, RANDOM));
        syncedFile("d/b", "2");
        sync(root);
        assertEquals(Set.of("d/ d/a=1"), images(disk, NOTHING));
    }

    @Test
    void aFailedDirectorySyncSavesNothingAndTheNextOneDoes() throws IOException {
        syncedFile("a", "1");
        disk.faults().failOnce(DiskCall.DIRECTORY_SYNC, 1);
        assertThrows(IOException.class, () -> sync(root));
        assertEquals(Set.of(""), images(disk, NOTHING));
        sync(root);
        assertEquals(Set.of("a=1"), images(disk, NOTHING));
    }

    @Test
    void directoriesMovedIntoEachOtherStayATreeWhateverSurvives() throws IOException {
        Files.createDirectory(root.resolve("a"));
        Files.createDirectory(root.resolve("b"));
        sync(root);
        Files.move(root.resolve("a"), root.resolve("b/a"), ATOMIC_MOVE);
        Files.move(root.resolve("b/a"), root.resolve("a"), ATOMIC_MOVE);
        Files.move(root.resolve("b"), root.resolve("a/b"), ATOMIC_MOVE);
        assertEquals(Set.of("a/ b/", "b/ b/a/", "a/ a/b/"), images(disk, RANDOM));
    }

    @Test
    void whatIsWrittenToADeletedButOpenFileIsGone() throws IOException {
        Path file = syncedFile("a", "1");
        sync(root);
        try (var channel = FileChannel.open(file, WRITE)) {
            Files.delete(file);
            sync(root);
            channel.write(ByteBuffer.wrap(new byte[] {1}));
            channel.force(true);
        }
        assertEquals(Set.of(""), images(disk, EVERYTHING));
    }
}
