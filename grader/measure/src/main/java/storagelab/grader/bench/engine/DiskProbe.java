package storagelab.grader.bench.engine;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/** How fast a file can be written from its beginning to its end and synced, and how long a small write with a sync takes. */
final class DiskProbe {
    private static final int PIECE_BYTES = 1 << 20;
    private static final int PIECES_MAX = 256;
    private static final int RUNS = 3;
    private static final int RECORD_BYTES = 128;
    private static final int SYNCS = 51;
    private static final double NANOS_A_SECOND = 1e9;

    private DiskProbe() {}

    /** Bytes a second in {@code directory}, for a file of about {@code bytes}: the median of three. */
    static double bytesPerSecond(Path directory, long bytes) throws IOException {
        int pieces = (int) Math.max(1, Math.min(PIECES_MAX, bytes / PIECE_BYTES));
        double[] rates = new double[RUNS];
        for (int run = 0; run < RUNS; run++) {
            rates[run] = write(directory.resolve("probe-" + run), pieces);
        }
        Arrays.sort(rates);
        return rates[RUNS / 2];
    }

    /** Nanoseconds of a small write behind the end of a file in {@code directory} with a sync: the median of many. */
    static double syncNanos(Path directory) throws IOException {
        Path file = directory.resolve("probe-sync");
        ByteBuffer record = ByteBuffer.allocateDirect(RECORD_BYTES);
        double[] nanos = new double[SYNCS];
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            for (int i = 0; i < SYNCS; i++) {
                record.rewind();
                long start = System.nanoTime();
                int unused = channel.write(record);
                channel.force(false);
                nanos[i] = System.nanoTime() - start;
            }
        }
        Files.delete(file);
        Arrays.sort(nanos);
        return nanos[SYNCS / 2];
    }

    private static double write(Path file, int pieces) throws IOException {
        ByteBuffer piece = ByteBuffer.allocateDirect(PIECE_BYTES);
        for (int i = 0; i < PIECE_BYTES; i += Long.BYTES) {
            piece.putLong(i, i * 0x9e3779b97f4a7c15L);
        }
        long start = System.nanoTime();
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            for (int i = 0; i < pieces; i++) {
                piece.rewind();
                while (piece.hasRemaining()) {
                    int unused = channel.write(piece);
                }
            }
            channel.force(false);
        }
        double rate = (double) pieces * PIECE_BYTES * NANOS_A_SECOND / (System.nanoTime() - start);
        Files.delete(file);
        return rate;
    }
}
