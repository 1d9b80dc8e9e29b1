package storagelab.disk;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Small words for tests of what a crash leaves. */
final class Crashes {
    /** Enough that every image of the small cases here is seen; none is rarer than one in thirty-two. */
    private static final int SEEDS = 400;

    private Crashes() {}

    /** Makes a file's bytes or a directory's names durable. */
    static void sync(Path fileOrDirectory) throws IOException {
        try (FileChannel channel = FileChannel.open(fileOrDirectory, READ)) {
            channel.force(true);
        }
    }

    static void write(Path file, long offset, String text) throws IOException {
        try (FileChannel channel = FileChannel.open(file, WRITE)) {
            channel.write(ByteBuffer.wrap(text.getBytes(ISO_8859_1)), offset);
        }
    }

    static void truncate(Path file, long size) throws IOException {
        try (FileChannel channel = FileChannel.open(file, WRITE)) {
            channel.truncate(size);
        }
    }

    /** Every image that a mode leaves of a disk, for many seeds, as text. */
    static Set<String> images(CrashDisk disk, SurvivalMode mode) throws IOException {
        Set<String> images = new TreeSet<>();
        for (int seed = 0; seed < SEEDS; seed++) {
            images.add(image(disk.afterCrash(mode, seed)));
        }
        return images;
    }

    /** Every file as {@code name=content}, every directory as {@code name/}; runs of ten and more are written {@code x*10}. */
    static String image(CrashDisk disk) throws IOException {
        List<String> lines = new ArrayList<>();
        try (Stream<Path> paths = Files.walk(disk.root())) {
            for (Path path : (Iterable<Path>) paths.sorted()::iterator) {
                String name = disk.root().relativize(path).toString();
                if (Files.isRegularFile(path)) {
                    lines.add(name + "=" + shortened(Files.readString(path, ISO_8859_1)));
                } else if (!name.isEmpty()) {
                    lines.add(name + "/");
                }
            }
        }
        return String.join(" ", lines);
    }

    private static String shortened(String text) {
        StringBuilder runs = new StringBuilder();
        for (int from = 0, to; from < text.length(); from = to) {
            to = from;
            while (to < text.length() && text.charAt(to) == text.charAt(from)) {
                to++;
            }
            char shown = text.charAt(from) == 0 ? '0' : text.charAt(from);
            String run = String.valueOf(shown).repeat(to - from);
            runs.append(to - from < 10 ? run : shown + "*" + (to - from) + ";");
        }
        return runs.toString();
    }
}
