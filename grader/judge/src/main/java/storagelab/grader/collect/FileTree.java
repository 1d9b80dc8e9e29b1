package storagelab.grader.collect;

import java.io.Closeable;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The files below an untrusted directory or in an untrusted archive. Nothing is followed or executed, and what is read is
 * bounded by the caller.
 *
 * <p>Concurrency: may be read by several threads.
 */
public interface FileTree extends Closeable {
    /** What an entry is. */
    enum Kind {
        /** Bytes. */
        FILE,
        /** A symbolic or a hard link, which is not followed. */
        LINK,
        /** A device, a pipe, a socket. */
        OTHER
    }

    /**
     * One entry that is not a directory.
     *
     * @param path from the root, with slashes, without {@code ..}
     * @param kind what it is
     * @param modified when it was last changed, as far as the tree says so
     */
    record Entry(String path, Kind kind, Optional<Instant> modified) {
        /** The last part of the path. */
        String name() {
            return path.substring(path.lastIndexOf('/') + 1);
        }
    }

    /** All entries, in the order of their paths; of two with the same path, the first that the archive has. */
    List<Entry> entries();

    /** What was left out, in a few words each. */
    List<String> refused();

    /**
     * The bytes of a file, or its first {@code bytesMax}.
     *
     * @throws IOException if it cannot be read, or is damaged
     */
    byte[] read(Entry file, int bytesMax) throws IOException;
}
