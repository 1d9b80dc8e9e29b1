package storagelab.archive;

import java.nio.file.Path;
import storagelab.api.Slice;
import storagelab.sstable.TableSource;

/**
 * The bytes of an object for a reader that goes through it from the first block to the last: each request reads a piece with the next
 * blocks in it.
 *
 * <p>Concurrency: one thread.
 */
final class ReadAheadSource implements TableSource {
    private final ObjectSource source;
    private final ArchiveObject object;
    private final int pieceBytes;
    private Slice piece = Slice.EMPTY;
    private long pieceOffset;

    ReadAheadSource(ObjectSource source, ArchiveObject object, int pieceBytes) {
        this.source = source;
        this.object = object;
        this.pieceBytes = pieceBytes;
    }

    @Override
    public Path path() {
        return source.path();
    }

    @Override
    public long sizeBytes() {
        return source.sizeBytes();
    }

    @Override
    public byte[] read(long offset, int length) {
        if (offset >= object.tailOffset()) {
            return source.read(offset, length);
        }
        if (offset < pieceOffset || offset + length > pieceOffset + piece.length()) {
            int wanted = (int) Math.min(Math.max(length, pieceBytes), object.tailOffset() - offset);
            piece = source.request(offset, Math.max(length, wanted));
            pieceOffset = offset;
        }
        int from = (int) (offset - pieceOffset);
        return piece.subSlice(from, from + length).toByteArray();
    }

    @Override
    public void close() {
        source.close();
    }
}
