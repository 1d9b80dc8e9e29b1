package storagelab.disk;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import storagelab.testkit.Crew;
import storagelab.testkit.Eventually;

class FaultsTest {
    private final CrashDisk disk = CrashDisk.create();
    private final Path file = disk.root().resolve("file");

    private static ByteBuffer bytes(int count) {
        return ByteBuffer.allocate(count);
    }

    private FileChannel open() throws IOException {
        return FileChannel.open(file, CREATE, READ, WRITE);
    }

    @Test
    void theNthWriteFailsAloneAndWritesNothing() throws IOException {
        try (FileChannel channel = open()) {
            channel.write(bytes(1));
            disk.faults().failOnce(DiskCall.WRITE, 2);
            channel.write(bytes(1));
            ByteBuffer refused = bytes(1);
            IOException error = assertThrows(IOException.class, () -> channel.write(refused));
            assertEquals("/file: Input/output error", error.getMessage());
            assertEquals(1, refused.remaining());
            assertEquals(2, channel.size());
            channel.write(refused);
            assertEquals(3, channel.size());
        }
    }

    @Test
    void theNthReadFailsAlone() throws IOException {
        Files.writeString(file, "abc");
        disk.faults().failOnce(DiskCall.READ, 2);
        try (FileChannel channel = open()) {
            assertEquals(1, channel.read(bytes(1), 0));
            assertThrows(IOException.class, () -> channel.read(bytes(1), 0));
            assertEquals(1, channel.read(bytes(1), 0));
        }
    }

    @Test
    void aDiskThatFailsFromTheNthCallOnNeverRecovers() throws IOException {
        disk.faults().failFrom(DiskCall.METADATA, 2);
        Files.createFile(file);
        for (int i = 0; i < 3; i++) {
            assertThrows(IOException.class, () -> Files.delete(file));
        }
        disk.faults().clear();
        Files.delete(file);
        assertFalse(Files.exists(file));
    }

    @Test
    @SuppressWarnings("try") // the hold is let go before its block ends
    void aCallThatIsHeldHasNotHappenedAndOthersPass() throws Exception {
        Path other = disk.root().resolve("other");
        try (Crew crew = new Crew();
                Hold hold = disk.faults().hold(DiskCall.WRITE, "/file")) {
            crew.start("writer", () -> Files.writeString(file, "held"));
            Eventually.holds("a write waits", () -> hold.waiting() == 1);
            Files.writeString(other, "passed");
            assertEquals("passed", Files.readString(other));
            assertEquals("", Files.readString(file));
            hold.close();
            crew.join();
            assertEquals(0, hold.waiting());
        }
        assertEquals("held", Files.readString(file));
    }

    @Test
    void aCrashEndsAHold() throws InterruptedException {
        Hold hold = disk.faults().hold(DiskCall.SYNC, "file");
        try (Crew crew = new Crew()) {
            crew.start("writer", () -> {
                try (FileChannel channel = open()) {
                    assertThrows(DiskCrashedError.class, () -> channel.force(true));
                }
            });
            Eventually.holds("a sync waits", () -> hold.waiting() == 1);
            disk.crash();
            crew.join();
        }
        assertEquals(0, hold.waiting());
    }

    @Test
    void clearEndsAHold() throws IOException {
        Hold hold = disk.faults().hold(DiskCall.WRITE, "file");
        disk.faults().clear();
        Files.writeString(file, "x");
        assertEquals(0, hold.waiting());
        assertThrows(IllegalArgumentException.class, () -> disk.faults().hold(DiskCall.METADATA, "file"));
    }

    @Test
    void aCrashOnCueComesBeforeTheCallAndIsFinal() throws IOException {
        Files.createFile(file);
        disk.faults().crashAt(DiskCall.WRITE, 2);
        List<String> tidiedUp = new ArrayList<>();
        try (FileChannel channel = open()) {
            channel.write(bytes(1));
            assertThrows(DiskCrashedError.class, () -> {
                try {
                    channel.write(bytes(1));
                } finally {
                    tidiedUp.add("finally");
                    assertThrows(DiskCrashedError.class, () -> channel.write(bytes(5)));
                }
            });
        }
        assertEquals(List.of("finally"), tidiedUp);
        CrashDisk rebooted = disk.afterCrash(SurvivalMode.EVERYTHING, 0);
        assertEquals(1, Files.size(rebooted.root().resolve("file")));
    }

    @Test
    void aFullDiskTakesWhatFitsThenRefuses() throws IOException {
        CrashDisk small = CrashDisk.create(CrashDiskOptions.defaults().withCapacityBytes(1000));
        Path first = small.root().resolve("first");
        Path second = small.root().resolve("second");
        Files.write(first, new byte[600]);
        try (FileChannel channel = FileChannel.open(second, CREATE, WRITE)) {
            assertEquals(400, channel.write(bytes(500)));
            IOException error = assertThrows(IOException.class, () -> channel.write(bytes(1)));
            assertEquals("No space left on device", error.getMessage());
            assertEquals(1, channel.write(bytes(1), 0), "an overwrite needs no space");
            Files.delete(first);
            assertEquals(600, Files.getFileStore(second).getUsableSpace());
            assertEquals(600, channel.write(bytes(700)));
        }
        assertEquals(1000, Files.size(second));
    }

    @Test
    void spaceIsFreeAgainWhenTheLastChannelOfADeletedFileCloses() throws IOException {
        CrashDisk small = CrashDisk.create(CrashDiskOptions.defaults().withCapacityBytes(1000));
        Path path = small.root().resolve("f");
        try (FileChannel channel = FileChannel.open(path, CREATE, WRITE)) {
            channel.write(bytes(900));
            Files.delete(path);
            assertEquals(100, Files.getFileStore(small.root()).getUsableSpace());
        }
        assertEquals(1000, Files.getFileStore(small.root()).getUsableSpace());
    }

    @Test
    void aDiskAfterACrashHasTheSameCapacity() throws IOException {
        CrashDisk small = CrashDisk.create(CrashDiskOptions.defaults().withCapacityBytes(1000));
        Files.write(small.root().resolve("f"), new byte[600]);
        CrashDisk rebooted = small.afterCrash(SurvivalMode.EVERYTHING, 0);
        assertThrows(IOException.class, () -> Files.write(rebooted.root().resolve("g"), new byte[401]));
    }

    @Test
    void shortReadsAndWritesMoveAtLeastOneByteAndLoseNone() throws IOException {
        byte[] data = new byte[10_000];
        new Random(1).nextBytes(data);
        disk.faults().transferShort(DiskCall.WRITE, 1);
        disk.faults().transferShort(DiskCall.READ, 2);
        ByteBuffer source = ByteBuffer.wrap(data);
        byte[] read = new byte[data.length];
        ByteBuffer target = ByteBuffer.wrap(read);
        try (FileChannel channel = open()) {
            int writes = 0;
            for (; source.hasRemaining(); writes++) {
                assertTrue(channel.write(source) >= 1);
            }
            int reads = 0;
            for (channel.position(0); target.hasRemaining(); reads++) {
                assertTrue(channel.read(target) >= 1);
            }
            assertTrue(writes > 1 && reads > 1, writes + " writes, " + reads + " reads");
            assertEquals(-1, channel.read(bytes(1)));
        }
        assertArrayEquals(data, read);
        assertArrayEquals(data, Files.readAllBytes(file), "through streams, which must cope");
    }

    @Test
    void theSameSeedMakesTheSameTransfersShort() throws IOException {
        List<Integer> lengths = new ArrayList<>();
        for (int run = 0; run < 2; run++) {
            disk.faults().transferShort(DiskCall.WRITE, 7);
            try (FileChannel channel = open()) {
                for (int i = 0; i < 5; i++) {
                    lengths.add(channel.write(bytes(1000)));
                }
            }
        }
        assertEquals(lengths.subList(0, 5), lengths.subList(5, 10));
    }

    @Test
    void ordersThatMakeNoSenseAreRefused() throws IOException {
        Files.writeString(file, "abc");
        Faults faults = disk.faults();
        assertThrows(IllegalArgumentException.class, () -> faults.failOnce(DiskCall.READ, 0));
        assertThrows(IllegalArgumentException.class, () -> faults.transferShort(DiskCall.SYNC, 1));
        assertThrows(IllegalArgumentException.class, () -> faults.flipBit(file, 3, 0));
        assertThrows(IllegalArgumentException.class, () -> faults.flipBit(file, 0, 8));
        assertThrows(IllegalArgumentException.class, () -> faults.flipBit(disk.root(), 0, 0));
    }
}
