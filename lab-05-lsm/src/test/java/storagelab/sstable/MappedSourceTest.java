package storagelab.sstable;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import storagelab.api.CorruptionException;
import storagelab.api.StorageIoException;
import storagelab.file.StatsRecorder;

class MappedSourceTest {
    @TempDir
    Path directory;

    private final StatsRecorder stats = new StatsRecorder();

    @Test
    @DisplayName("a mapped file gives the bytes that a channel gives, and the same errors")
    void twins() throws IOException {
        Path file = Files.write(directory.resolve("table"), new byte[] {1, 2, 3, 4, 5});
        TableSource mapped = MappedSource.open(file, stats);
        TableSource read = new ChannelSource(file, stats);
        for (TableSource source : new TableSource[] {mapped, read}) {
            assertEquals(5, source.sizeBytes());
            assertEquals(file, source.path());
            assertArrayEquals(new byte[] {2, 3, 4}, source.read(1, 3));
            assertArrayEquals(new byte[0], source.read(5, 0));
            assertThrows(CorruptionException.class, () -> source.read(3, 3), "two bytes are left");
            source.close();
            assertThrows(StorageIoException.class, () -> source.read(0, 1), "closed");
        }
        Path none = directory.resolve("none");
        assertThrows(StorageIoException.class, () -> MappedSource.open(none, stats), "not there");
    }

    @Test
    @DisplayName("an empty file can be mapped")
    void empty() throws IOException {
        try (TableSource source = MappedSource.open(Files.createFile(directory.resolve("empty")), stats)) {
            assertEquals(0, source.sizeBytes());
        }
    }
}
