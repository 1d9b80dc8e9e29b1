package storagelab.memtable;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import storagelab.course.Solution;

/**
 * Memory that is taken from the heap in large arrays and given out in small pieces, which are never given back one by one.
 * Ten thousand entries are then a few arrays and not fifty thousand objects: no header for each, nothing for the garbage
 * collector to walk through, and what is written together lies together.
 *
 * <p>A piece is named by its position: the index of its chunk in the upper 32 bits, its offset in the chunk in the lower.
 *
 * <p>Invariants:
 *
 * <ol>
 *   <li>A piece lies in one chunk, and no two pieces overlap.
 *   <li>A chunk never moves, and the table of chunks only grows. A thread to which a position was published finds the chunk
 *       in {@link #chunks}.
 * </ol>
 *
 * <p>Cost: one atomic addition a piece. Chunks double from {@value #FIRST_CHUNK_BYTES} bytes to {@value #MAX_CHUNK_BYTES},
 * so that a small memtable is small and a large one wastes less than one chunk.
 *
 * <p>Concurrency: safe for many threads.
 *
 * @param <A> the type of a chunk: {@code byte[]} or {@code long[]}
 */
@Solution
final class Arena<A> {
    static final int FIRST_CHUNK_BYTES = 512;
    static final int MAX_CHUNK_BYTES = 256 << 10;

    /** A piece larger than this has a chunk of its own, and the current chunk is not given up for it. */
    private static final int LARGE_PIECE_BYTES = MAX_CHUNK_BYTES / 4;

    private static final int ARRAY_HEADER_BYTES = 16;

    private final IntFunction<A> newChunk;
    private final int unitBytes;

    private volatile A[] chunks;
    private volatile long reservedBytes;
    private volatile Current current = new Current(0, 0);

    /**
     * @param noChunks an empty array of chunks
     * @param newChunk makes a chunk of so many units
     * @param unitBytes size of a unit
     */
    Arena(A[] noChunks, IntFunction<A> newChunk, int unitBytes) {
        this.chunks = noChunks;
        this.newChunk = newChunk;
        this.unitBytes = unitBytes;
    }

    /** The index in {@link #chunks} of the chunk of a piece. */
    static int chunkOf(long position) {
        return (int) (position >>> Integer.SIZE);
    }

    /** Where a piece begins in its chunk. */
    static int offsetOf(long position) {
        return (int) position;
    }

    /** The position of a fresh piece of {@code units} units, all zero. */
    long allocate(int units) {
        if (units > LARGE_PIECE_BYTES / unitBytes) {
            return position(addChunk(units), 0);
        }
        while (true) {
            Current chunk = current;
            int offset = chunk.used.getAndAdd(units);
            if (offset <= chunk.units - units) {
                return position(chunk.index, offset);
            }
            beginChunkAfter(chunk, units);
        }
    }

    /** The table of chunks. It is replaced by a longer one when a chunk is added. */
    A[] chunks() {
        return chunks;
    }

    /** Heap that the chunks take. */
    long reservedBytes() {
        return reservedBytes;
    }

    /** Makes a new chunk the current one, unless another thread has. It has room for {@code units} units. */
    private synchronized void beginChunkAfter(Current full, int units) {
        if (current == full) {
            int bytes = Math.max(FIRST_CHUNK_BYTES, Math.min(MAX_CHUNK_BYTES, 2 * full.units * unitBytes));
            int chunkUnits = Math.max(units, bytes / unitBytes);
            current = new Current(addChunk(chunkUnits), chunkUnits);
        }
    }

    private synchronized int addChunk(int units) {
        A[] longer = Arrays.copyOf(chunks, chunks.length + 1);
        longer[chunks.length] = newChunk.apply(units);
        reservedBytes += ARRAY_HEADER_BYTES + (long) units * unitBytes;
        chunks = longer;
        return longer.length - 1;
    }

    private static long position(int chunk, int offset) {
        return (long) chunk << Integer.SIZE | offset;
    }

    /** The chunk that pieces are cut from, and how much of it is given away; more than there is, if it is full. */
    private static final class Current {
        private final int index;
        private final int units;
        private final AtomicInteger used = new AtomicInteger();

        Current(int index, int units) {
            this.index = index;
            this.units = units;
        }
    }
}
