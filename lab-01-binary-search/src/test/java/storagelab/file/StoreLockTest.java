package storagelab.file;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.instanceOf;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import storagelab.api.StorageIoException;

/** Which stores may have a directory open together, in one process. */
class StoreLockTest {
    @TempDir
    private Path directory;

    @Test
    @DisplayName("a store that writes is alone, until it is closed")
    void writerIsAlone() {
        try (StoreLock writer = StoreLock.acquire(directory)) {
            assertThat("isHeld()", writer.isHeld(), is(true));
            assertInUse(() -> StoreLock.acquire(directory), "a second store that writes");
            assertInUse(() -> StoreLock.acquireShared(directory), "a store that reads, while one writes");
        }
        StoreLock.acquire(directory).close();
    }

    @Test
    @DisplayName("stores that only read share a directory, and keep one that writes out until the last is closed")
    void readersShare() {
        StoreLock.acquire(directory).close(); // leaves the file to lock
        StoreLock first = StoreLock.acquireShared(directory);
        StoreLock second = StoreLock.acquireShared(directory);
        assertThat("isHeld()", second.isHeld(), is(true));
        first.close();
        first.close();
        assertInUse(() -> StoreLock.acquire(directory), "a store that writes, while one of two still reads");
        second.checkAlone();
        second.close();
        StoreLock.acquire(directory).close();
    }

    @Test
    @DisplayName("closing a second time does not take the directory from the store that has it then")
    void closedTwice() {
        StoreLock first = StoreLock.acquire(directory);
        first.close();
        try (StoreLock second = StoreLock.acquire(directory)) {
            first.close();
            assertInUse(() -> StoreLock.acquire(directory), "a third store, while the second is open");
            assertThat("isHeld() of the second", second.isHeld(), is(true));
        }
    }

    @Test
    @DisplayName("reading makes no file; without one, the reader learns that a store that writes may have come")
    void nothingToLock() throws IOException {
        try (StoreLock reader = StoreLock.acquireShared(directory)) {
            assertThat("there is a file to lock", Files.exists(directory.resolve(StoreLock.FILE_NAME)), is(false));
            assertThat("isHeld()", reader.isHeld(), is(false));
            assertInUse(() -> StoreLock.acquire(directory), "a store of this process that writes");
            reader.checkAlone();
            Files.createFile(directory.resolve(StoreLock.FILE_NAME)); // as a store of another process does
            assertInUse(reader::checkAlone, "checkAlone() when another process may have written");
        }
    }

    private static void assertInUse(Executable call, String what) {
        StorageIoException refused = assertThrows(StorageIoException.class, call, what);
        assertThat(what, refused.getCause(), instanceOf(StoreInUseException.class));
    }
}
