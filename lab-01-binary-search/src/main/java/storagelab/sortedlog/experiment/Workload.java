package storagelab.sortedlog.experiment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import storagelab.api.Slice;

/** Keys, values and sizes that the experiments share. */
final class Workload {
    private static final String LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789";

    private Workload() {}

    /** A key of 14 bytes; keys are ordered as their numbers. */
    static String key(int number) {
        return String.format(Locale.ROOT, "key-%010d", number);
    }

    /** The same key as bytes. */
    static Slice keySlice(int number) {
        return Slice.utf8(key(number));
    }

    /** Random letters and digits. */
    static String value(SplittableRandom random, int bytes) {
        StringBuilder text = new StringBuilder(bytes);
        for (int i = 0; i < bytes; i++) {
            text.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        }
        return text.toString();
    }

    /** The sizes of all files below {@code directory}, in bytes. */
    static long bytesBelow(Path directory) throws IOException {
        List<Path> files;
        try (Stream<Path> walk = Files.walk(directory)) {
            files = walk.filter(Files::isRegularFile).toList();
        }
        long bytes = 0;
        for (Path file : files) {
            bytes += Files.size(file);
        }
        return bytes;
    }
}
