package storagelab.grader.hidden.lab01;

import com.google.common.io.BaseEncoding;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Random;
import storagelab.api.Slice;

/** Bytes of tests: whole files, golden bytes, damaged copies, random slices. */
final class Bytes {
    private Bytes() {}

    /** Bytes from hexadecimal digits; white space between them is ignored. */
    static byte[] hex(String digits) {
        return BaseEncoding.base16().lowerCase().decode(digits.replaceAll("\\s", ""));
    }

    static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Path write(Path file, byte[] bytes) {
        try {
            return Files.write(file, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Makes the names in {@code directory} durable. */
    static void syncDirectory(Path directory) {
        sync(directory, StandardOpenOption.READ);
    }

    /** Makes the bytes of {@code file} durable. */
    static void syncFile(Path file) {
        sync(file, StandardOpenOption.WRITE);
    }

    private static void sync(Path path, StandardOpenOption mode) {
        try (FileChannel channel = FileChannel.open(path, mode)) {
            channel.force(true);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A copy of {@code bytes} with one bit turned over; bit 0 is the lowest of byte 0. */
    static byte[] flipped(byte[] bytes, int bit) {
        byte[] copy = bytes.clone();
        copy[bit / 8] ^= (byte) (1 << bit % 8);
        return copy;
    }

    /** The first {@code length} bytes, or zeros behind all of them if there are fewer. */
    static byte[] resized(byte[] bytes, int length) {
        return Arrays.copyOf(bytes, length);
    }

    static byte[] joined(byte[] first, byte[] second) {
        byte[] joined = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, joined, first.length, second.length);
        return joined;
    }

    static Slice random(Random random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return Slice.wrap(bytes);
    }
}
