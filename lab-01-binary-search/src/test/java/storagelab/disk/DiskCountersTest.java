package storagelab.disk;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.DSYNC;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.junit.jupiter.api.Test;

class DiskCountersTest {
    private final CrashDisk disk = CrashDisk.create();
    private final Path file = disk.root().resolve("file");

    private static ByteBuffer bytes(int count) {
        return ByteBuffer.allocate(count);
    }

    @Test
    void aNewDiskHasCountedNothing() {
        assertEquals(new DiskCounters(0, 0, 0, 0, 0, 0, 0), disk.counters());
    }

    @Test
    void everyCallCountsOnceAndEveryByteMoved() throws IOException {
        try (FileChannel channel = FileChannel.open(file, CREATE, READ, WRITE)) {
            channel.write(bytes(100));
            channel.write(new ByteBuffer[] {bytes(10), bytes(20)});
            channel.write(bytes(5), 1000);
            channel.read(bytes(50), 0);
            channel.read(bytes(50), 1000);
            channel.read(bytes(50), 2000);
            channel.force(false);
            channel.truncate(10);
        }
        Crashes.sync(disk.root());
        Files.move(file, disk.root().resolve("other"), StandardCopyOption.ATOMIC_MOVE);
        Files.delete(disk.root().resolve("other"));
        assertEquals(new DiskCounters(3, 3, 1, 1, 4, 55, 135), disk.counters());
    }

    @Test
    void namesSizesAndAttributesAreFree() throws IOException {
        Files.createFile(file);
        DiskCounters before = disk.counters();
        assertEquals(0, Files.size(file));
        assertEquals(true, Files.exists(file));
        try (var files = Files.list(disk.root())) {
            assertEquals(1, files.count());
        }
        assertEquals(new DiskCounters(0, 0, 0, 0, 0, 0, 0), disk.counters().since(before));
    }

    @Test
    void aCallThatMovesNoByteOfAnEmptyBufferDoesNotReachTheDisk() throws IOException {
        try (FileChannel channel = FileChannel.open(file, CREATE, READ, WRITE)) {
            DiskCounters before = disk.counters();
            assertEquals(0, channel.write(bytes(0)));
            assertEquals(0, channel.read(bytes(0)));
            channel.truncate(0);
            assertEquals(new DiskCounters(0, 0, 0, 0, 0, 0, 0), disk.counters().since(before));
        }
    }

    @Test
    void aFailedCallCountsWithoutBytes() throws IOException {
        try (FileChannel channel = FileChannel.open(file, CREATE, WRITE)) {
            DiskCounters before = disk.counters();
            disk.faults().failOnce(DiskCall.WRITE, 1);
            assertThrows(IOException.class, () -> channel.write(bytes(10)));
            assertEquals(new DiskCounters(0, 1, 0, 0, 0, 0, 0), disk.counters().since(before));
        }
    }

    @Test
    void aChannelThatSyncsItselfCountsASyncForEveryWrite() throws IOException {
        try (FileChannel channel = FileChannel.open(file, CREATE, WRITE, DSYNC)) {
            DiskCounters before = disk.counters();
            channel.write(bytes(10));
            channel.write(bytes(10));
            assertEquals(new DiskCounters(0, 2, 2, 0, 0, 0, 20), disk.counters().since(before));
        }
    }

    @Test
    void theLogHasEveryChangeAndEveryAcknowledgementInOrder() throws IOException {
        Files.createDirectory(disk.root().resolve("d"));
        Files.writeString(file, "abc");
        Crashes.sync(file);
        Crashes.truncate(file, 1);
        disk.ack("shorter");
        Files.move(file, disk.root().resolve("d/moved"), StandardCopyOption.ATOMIC_MOVE);
        Crashes.sync(disk.root());
        Files.delete(disk.root().resolve("d/moved"));
        disk.syncAll();
        assertEquals(
                """
                mkdir /d
                create /file
                write /file [0, 3)
                sync /file
                truncate /file to 1
                acknowledge shorter
                rename /file to /d/moved
                sync directory /
                delete /d/moved
                sync everything""",
                String.join(
                        "\n", disk.operations().stream().map(Object::toString).toList()));
    }
}
