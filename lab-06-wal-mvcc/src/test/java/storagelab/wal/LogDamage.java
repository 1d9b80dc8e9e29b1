package storagelab.wal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Damages copies of a log, each in one random way, and reads what is left. */
final class LogDamage {
    private final Path directory;
    private final Map<Path, byte[]> whole = new LinkedHashMap<>();

    /** Remembers the files of a log. */
    LogDamage(Path directory) throws IOException {
        this.directory = directory;
        for (long number : SegmentFiles.numbers(directory)) {
            Path file = SegmentFiles.path(directory, number);
            whole.put(file, Files.readAllBytes(file));
        }
    }

    /** Damages one file; says how. The log is whole before. */
    String damage(Random random) throws IOException {
        List<Path> files = List.copyOf(whole.keySet());
        Path file = files.get(random.nextInt(files.size()));
        byte[] bytes = whole.getOrDefault(file, new byte[0]).clone();
        int at = random.nextInt(bytes.length);
        int length = Math.min(1 + random.nextInt(600), bytes.length - at);
        switch (random.nextInt(7)) {
            case 0 -> {
                Files.delete(file);
                return file + " deleted";
            }
            case 1 -> {
                Files.write(file, Arrays.copyOf(bytes, at));
                return file + " cut to " + at + " bytes";
            }
            case 2 -> {
                Files.write(file, Arrays.copyOf(bytes, bytes.length + length));
                return file + " with " + length + " zeros at its end";
            }
            case 3 -> {
                Arrays.fill(bytes, at, at + length, (byte) 0);
                Files.write(file, bytes);
                return file + " with zeros at " + at + ", " + length + " bytes";
            }
            case 4 -> {
                byte[] noise = new byte[length];
                random.nextBytes(noise);
                System.arraycopy(noise, 0, bytes, at, length);
                Files.write(file, bytes);
                return file + " with noise at " + at + ", " + length + " bytes";
            }
            case 5 -> {
                int from = random.nextInt(bytes.length - length + 1);
                System.arraycopy(bytes, from, bytes, at, length);
                Files.write(file, bytes);
                return file + " with " + length + " bytes of " + from + " at " + at;
            }
            default -> {
                bytes[at] ^= (byte) (1 << random.nextInt(8));
                Files.write(file, bytes);
                return file + " with a flipped bit in byte " + at;
            }
        }
    }

    /** Makes the log whole again. */
    void mend() throws IOException {
        for (long number : SegmentFiles.numbers(directory)) {
            Files.delete(SegmentFiles.path(directory, number));
        }
        for (Map.Entry<Path, byte[]> file : whole.entrySet()) {
            Files.write(file.getKey(), file.getValue());
        }
    }
}
