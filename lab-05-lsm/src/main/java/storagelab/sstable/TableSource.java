package storagelab.sstable;

import java.io.Closeable;
import java.nio.file.Path;
import storagelab.api.CorruptionException;

/**
 * The bytes of a file that does not change any more, wherever they are read from.
 *
 * <p>Concurrency: safe for many threads.
 */
public interface TableSource extends Closeable {
    /** The file. */
    Path path();

    /** Size of the file. */
    long sizeBytes();

    /**
     * A fresh copy of the {@code length} bytes from {@code offset} on.
     *
     * @throws CorruptionException if the file ends before
     */
    byte[] read(long offset, int length);

    @Override
    void close();
}
