package storagelab.cost.experiment;

import com.sun.nio.file.ExtendedOpenOption;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import storagelab.experiment.ExperimentContext;

/**
 * Reads at random places of a file that go to the device, since they bypass the memory of the operating system. What the device itself keeps in memory, or
 * the machine that a virtual one runs on, is not bypassed.
 */
final class DirectReads implements AutoCloseable {
    private static final int FILE_BYTES = 64 << 20;
    private static final int CHUNK_BYTES = 1 << 20;
    private static final int READS = 300;
    private static final int RUNS = 3;
    private static final double NANOS_PER_MICRO = 1_000;

    private final ExperimentContext context;
    private final SplittableRandom random;
    private final Path file;
    private final int blockBytes; // what can be read is a multiple of it

    /** Writes the file. */
    DirectReads(ExperimentContext context) throws IOException {
        this.context = context;
        this.random = new SplittableRandom(context.seed());
        this.file = context.directory().resolve("direct-reads");
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            byte[] chunk = new byte[CHUNK_BYTES];
            for (int at = 0; at < FILE_BYTES; at += CHUNK_BYTES) {
                random.nextBytes(chunk);
                ByteBuffer left = ByteBuffer.wrap(chunk);
                while (left.hasRemaining()) {
                    int unused = channel.write(left);
                }
            }
            channel.force(true);
        }
        this.blockBytes = Math.toIntExact(Files.getFileStore(file).getBlockSize());
    }

    /**
     * How many microseconds a read of {@code bytes} bytes takes, or of a block if that is more: the mean of some hundred, of the fastest of three runs.
     * Nothing if the file system has no such reads.
     */
    OptionalDouble micros(int bytes) throws IOException {
        int size = Math.max(bytes, blockBytes);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, ExtendedOpenOption.DIRECT)) {
            ByteBuffer buffer = ByteBuffer.allocateDirect(size + blockBytes).alignedSlice(blockBytes);
            double fastest = Double.POSITIVE_INFINITY;
            for (int run = 0; run < RUNS; run++) {
                long start = context.nanoTime();
                for (int i = 0; i < READS; i++) {
                    buffer.clear().limit(size);
                    long place = (long) random.nextInt(FILE_BYTES / size) * size;
                    if (channel.read(buffer, place) != size) {
                        throw new IOException("a read of " + size + " bytes at " + place + " has come back short");
                    }
                }
                fastest = Math.min(fastest, (context.nanoTime() - start) / NANOS_PER_MICRO / READS);
            }
            return OptionalDouble.of(fastest);
        } catch (UnsupportedOperationException | FileSystemException e) {
            return OptionalDouble.empty(); // the table has no row for it then
        }
    }

    @Override
    public void close() throws IOException {
        Files.delete(file);
    }
}
