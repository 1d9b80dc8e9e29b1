package storagelab.disk;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.ProviderMismatchException;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CrashFileChannelTest {
    private final CrashDisk disk = CrashDisk.create();
    private final Path file = disk.root().resolve("file");

    private FileChannel open() throws IOException {
        return FileChannel.open(file, CREATE, READ, WRITE);
    }

    @Test
    void mappingIsRefusedInASentenceThatSaysWhatToDo() throws IOException {
        try (FileChannel channel = open()) {
            for (FileChannel.MapMode mode :
                    Arrays.asList(FileChannel.MapMode.READ_ONLY, FileChannel.MapMode.READ_WRITE)) {
                var error = assertThrows(UnsupportedOperationException.class, () -> channel.map(mode, 0, 10));
                assertThat(error.getMessage(), containsString("cannot map the file /file"));
                assertThat(error.getMessage(), containsString("with a FileChannel instead"));
            }
        }
    }

    @Test
    void aFileObjectIsRefusedInASentenceThatSaysWhatToDo() {
        var error = assertThrows(UnsupportedOperationException.class, file::toFile);
        assertThat(error.getMessage(), containsString("use Files or FileChannel.open(path)"));
    }

    @Test
    void anOptionThatCannotBeSimulatedIsRefused() {
        OpenOption direct = new OpenOption() {
            @Override
            public String toString() {
                return "DIRECT";
            }
        };
        var error = assertThrows(UnsupportedOperationException.class, () -> FileChannel.open(file, READ, direct));
        assertThat(error.getMessage(), containsString("DIRECT"));
    }

    @Test
    void aSecondLockOfTheSameBytesIsAnErrorByWhateverChannel() throws IOException {
        try (FileChannel first = open();
                FileChannel second = open()) {
            FileLock lock = first.tryLock();
            assertTrue(lock.isValid());
            assertThrows(OverlappingFileLockException.class, first::tryLock);
            assertThrows(OverlappingFileLockException.class, second::lock);
            lock.release();
            assertFalse(lock.isValid());
            assertTrue(second.tryLock().isValid());
        }
    }

    @Test
    void locksOfDifferentBytesAndFilesGoTogether() throws IOException {
        try (FileChannel channel = open();
                FileChannel other = FileChannel.open(disk.root().resolve("other"), CREATE, WRITE)) {
            assertTrue(channel.tryLock(0, 10, false).isValid());
            assertTrue(channel.tryLock(10, 10, false).isValid());
            assertThrows(OverlappingFileLockException.class, () -> channel.tryLock(5, 1, true));
            assertTrue(other.tryLock().isValid());
        }
    }

    @Test
    void closingTheChannelReleasesItsLocks() throws IOException {
        FileLock lock;
        try (FileChannel first = open()) {
            lock = first.lock();
        }
        assertFalse(lock.isValid());
        assertThrows(ClosedChannelException.class, lock::release);
        try (FileChannel second = open()) {
            assertTrue(second.tryLock().isValid());
        }
    }

    @Test
    void noLockSurvivesACrash() throws IOException {
        try (FileChannel channel = open()) {
            channel.lock();
            CrashDisk rebooted = disk.afterCrash(SurvivalMode.EVERYTHING, 0);
            try (FileChannel again = FileChannel.open(rebooted.root().resolve("file"), WRITE)) {
                assertTrue(again.tryLock().isValid());
            }
        }
    }

    @Test
    void anInterruptedThreadFindsItsChannelClosed() throws IOException {
        FileChannel channel = open();
        Thread.currentThread().interrupt();
        try {
            assertThrows(ClosedByInterruptException.class, () -> channel.write(ByteBuffer.allocate(1)));
            assertTrue(Thread.currentThread().isInterrupted(), "the interrupt is still to be seen");
        } finally {
            Thread.interrupted();
        }
        assertFalse(channel.isOpen());
        assertEquals(0, Files.size(file));
        assertThrows(ClosedChannelException.class, channel::size);
    }

    @Test
    void aChannelClosedByAnotherThreadEndsTheCallsOfThisOne() throws Exception {
        FileChannel channel = open();
        CountDownLatch started = new CountDownLatch(1);
        AtomicReference<IOException> end = new AtomicReference<>();
        Thread writer = new Thread(() -> {
            try {
                while (true) {
                    channel.write(ByteBuffer.allocate(1), 0);
                    started.countDown();
                }
            } catch (IOException e) {
                end.set(e);
            }
        });
        writer.start();
        started.await();
        channel.close();
        writer.join();
        IOException error = end.get();
        assertTrue(
                error instanceof AsynchronousCloseException || error instanceof ClosedChannelException,
                String.valueOf(error));
    }

    @Test
    void aDirectoryOpensForReadingOnlyAndCanOnlyBeSynced() throws IOException {
        try (FileChannel directory = FileChannel.open(disk.root(), READ)) {
            directory.force(true);
            assertThrows(IOException.class, () -> directory.read(ByteBuffer.allocate(1)));
            assertThrows(NonWritableChannelException.class, () -> directory.write(ByteBuffer.allocate(1)));
        }
        assertThrows(IOException.class, () -> FileChannel.open(disk.root(), WRITE));
        assertEquals(1, disk.counters().directorySyncs());
    }

    @Test
    void filesAreCopiedToAndFromOtherFileSystems(@TempDir Path real) throws IOException {
        Path outside = Files.writeString(real.resolve("outside"), "hello");
        Files.copy(outside, file);
        assertEquals("hello", Files.readString(file));
        Path inAnotherDisk = CrashDisk.create().root().resolve("copy");
        Files.copy(file, inAnotherDisk);
        Files.move(inAnotherDisk, real.resolve("back"));
        assertEquals("hello", Files.readString(real.resolve("back")));
    }

    @Test
    void aPathOfAnotherFileSystemCannotBeResolved(@TempDir Path real) {
        assertThrows(ProviderMismatchException.class, () -> disk.root().resolve(real));
        assertThrows(
                ProviderMismatchException.class,
                () -> disk.root().resolve(CrashDisk.create().root()));
    }

    @Test
    void manyThreadsWriteToOneFileWithoutLosingABlock() throws Exception {
        int threads = 4;
        int blocks = 200;
        try (FileChannel channel = open()) {
            Thread[] writers = new Thread[threads];
            AtomicReference<Throwable> failure = new AtomicReference<>();
            for (int i = 0; i < threads; i++) {
                byte mark = (byte) (i + 1);
                writers[i] = new Thread(() -> {
                    try {
                        for (int block = 0; block < blocks; block++) {
                            byte[] bytes = new byte[100];
                            Arrays.fill(bytes, mark);
                            channel.write(ByteBuffer.wrap(bytes));
                        }
                    } catch (IOException e) {
                        failure.set(e);
                    }
                });
                writers[i].start();
            }
            for (Thread writer : writers) {
                writer.join();
            }
            assertEquals(null, failure.get());
        }
        byte[] all = Files.readAllBytes(file);
        assertEquals(threads * blocks * 100, all.length);
        for (int from = 0; from < all.length; from += 100) {
            byte mark = all[from];
            for (int i = from; i < from + 100; i++) {
                assertEquals(mark, all[i], "byte " + i + " is of another block");
            }
        }
    }
}
