package storagelab.cost;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import storagelab.api.CorruptionException;
import storagelab.file.SealedText;

class ProfileFileTest {
    @TempDir
    private Path directory;

    @Test
    void whatIsSavedIsLoaded() {
        Path file = directory.resolve("profile");
        assertEquals(Optional.empty(), ProfileFile.load(file));
        HardwareProfile.Processor odd = new HardwareProfile.Processor(0.1, 1 / 3.0, 1e-6, 2, 3, 1e9);
        HardwareProfile profile = HardwareProfile.defaults().withProcessor(odd);
        ProfileFile.save(file, HardwareProfile.defaults());
        ProfileFile.save(file, profile);
        assertEquals(Optional.of(profile), ProfileFile.load(file));
    }

    /** The example of notes/formats/hardware-profile.md. */
    @Test
    void golden() throws IOException {
        Path file = directory.resolve("profile");
        ProfileFile.save(file, HardwareProfile.defaults());
        String page = Files.readString(Path.of("..", "notes", "formats", "hardware-profile.md"));
        assertTrue(page.contains(Files.readString(file)), Files.readString(file));
    }

    @Test
    void aFlippedBitIsNoticed() throws IOException {
        Path file = directory.resolve("profile");
        ProfileFile.save(file, HardwareProfile.defaults());
        byte[] bytes = Files.readAllBytes(file);
        for (int at = 0; at < bytes.length; at++) {
            bytes[at] ^= 1;
            Files.write(file, bytes);
            assertThrows(CorruptionException.class, () -> ProfileFile.load(file), "byte " + at);
            bytes[at] ^= 1;
        }
    }

    @Test
    void aFileThatIsWholeButSaysSomethingElseIsRefused() throws IOException {
        Path file = directory.resolve("profile");
        ProfileFile.save(file, HardwareProfile.defaults());
        List<String> lines = SealedText.read(file, "a profile").orElseThrow();
        refused(file, lines.subList(0, 5));
        refused(file, changed(lines, 0, "storagelab hardware profile 2"));
        refused(file, changed(lines, 3, "write-micros-per-byte none"));
        refused(file, changed(lines, 3, "write-micros-per-byte 0.0"));
        refused(file, changed(lines, 3, "write-micros-per-byte NaN"));
        refused(file, changed(lines, 3, "write-micros 0.002"));
    }

    private static List<String> changed(List<String> lines, int index, String line) {
        List<String> changed = new java.util.ArrayList<>(lines);
        changed.set(index, line);
        return changed;
    }

    private static void refused(Path file, List<String> lines) throws IOException {
        Files.writeString(file, SealedText.sealed(lines));
        assertThrows(CorruptionException.class, () -> ProfileFile.load(file));
    }
}
