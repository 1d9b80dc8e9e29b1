package storagelab.grader.bench.engine;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import storagelab.api.Cursor;
import storagelab.api.Slice;

/**
 * A storage engine as the load driver sees it. An implementation has a public constructor without parameters.
 *
 * <p>What an engine hands out must stay as it is when the call is over: an engine whose own answer dies with its transaction
 * copies it, one that has it as an array wraps it. What it is handed it may keep, for the driver makes new arrays for every
 * call.
 *
 * <p>Concurrency: {@link #get}, {@link #put} and {@link #scan} are called by several threads.
 */
public interface PeerEngine extends Closeable {
    /**
     * Opens the store that another object of this class has left in {@code directory}, closed or killed with its process; a
     * new one if the directory is empty. Called once, unless {@link #bulkLoad} is.
     */
    void open(Path directory, EngineSettings settings) throws IOException;

    /**
     * Opens a new store in the empty {@code directory} with the entries of {@code sorted}, in whatever way the engine has that
     * is the fastest; everything is on the disk when it returns. Called instead of {@link #open}.
     *
     * @param sorted at its first entry, and only ever moved to the next
     */
    void bulkLoad(Path directory, EngineSettings settings, Cursor sorted) throws IOException;

    /** Stores one entry, as one commit. */
    void put(byte[] key, byte[] value) throws IOException;

    /** Stores {@code values[i]} under {@code keys[i]} for every i, as one commit. */
    void putAll(byte[][] keys, byte[][] values) throws IOException;

    /** The value under {@code key}; null if there is none. */
    @Nullable
    Slice get(byte[] key) throws IOException;

    /** Shows the first {@code limit} entries whose keys are not less than {@code from}, in order. */
    void scan(byte[] from, int limit, EntryVisitor visitor) throws IOException;

    /** Makes everything that was stored durable, and waits for it, and for all work in the background that is due. */
    void checkpoint() throws IOException;

    /** What the engine says about itself now. */
    EngineCounters counters() throws IOException;

    /** Takes the entries of a scan, one call each. */
    interface EntryVisitor {
        /** The next entry. */
        void entry(Slice key, Slice value);
    }
}
