package storagelab.archive;

import java.nio.file.Path;
import java.util.Optional;
import storagelab.api.CorruptionException;
import storagelab.api.Slice;
import storagelab.sstable.TableSource;

/**
 * The bytes of an object, read by requests. Its tail is read by one request when the source is made, and held until {@link #dropTail}.
 *
 * <p>An object that is shorter than the index says, or not there, is damage: whatever wrote it, the part that is missing is not made up.
 *
 * <p>Cost: a request for each read before the tail.
 */
final class ObjectSource implements TableSource {
    private final ObjectStore store;
    private final String name;
    private final ArchiveObject object;
    private final Path path;
    private volatile Slice tail;

    ObjectSource(ObjectStore store, ArchiveOptions options, ArchiveObject object, Path directory) {
        this.store = store;
        this.name = options.prefix() + object.name();
        this.object = object;
        this.path = directory.resolve(name);
        this.tail = request(object.tailOffset(), object.tailBytes());
    }

    @Override
    public Path path() {
        return path;
    }

    @Override
    public long sizeBytes() {
        return object.sizeBytes();
    }

    /** The object is open, and what was needed of the tail is elsewhere in memory. */
    void dropTail() {
        tail = Slice.EMPTY;
    }

    @Override
    public byte[] read(long offset, int length) {
        Slice now = tail;
        if (offset >= object.tailOffset() && !now.isEmpty()) {
            int from = (int) (offset - object.tailOffset());
            return now.subSlice(from, from + length).toByteArray();
        }
        return request(offset, length).toByteArray();
    }

    /** A part of the object, by one request. */
    Slice request(long offset, int length) {
        Optional<Slice> part = store.get(name, offset, length);
        if (part.isEmpty()) {
            throw new CorruptionException(path, 0, "an object of " + object.sizeBytes() + " bytes", "no object");
        }
        if (part.get().length() != length) {
            throw new CorruptionException(
                    path,
                    offset,
                    length + " bytes of " + object.sizeBytes(),
                    "the end after " + part.get().length());
        }
        return part.get();
    }

    @Override
    public void close() {}
}
