package storagelab.grader.bench.engine;

import storagelab.api.Cursor;
import storagelab.api.Slice;

/**
 * Records in the order of their keys, made before the clock starts: a cursor for a bulk load, which only goes forward. Twelve
 * hundred million bytes a second come out of it, so that it is not what is measured.
 */
final class PreparedEntries implements Cursor {
    private static final int CHUNK_RECORDS = 1 << 16;

    private final byte[][] chunks;
    private final int size;
    private int at;

    /** The records with the even numbers below twice {@code size}, in version 0. */
    PreparedEntries(int size) {
        this.size = size;
        chunks = new byte[(size + CHUNK_RECORDS - 1) / CHUNK_RECORDS][];
        for (int i = 0; i < size; i++) {
            if (i % CHUNK_RECORDS == 0) {
                chunks[i / CHUNK_RECORDS] = new byte[Math.min(CHUNK_RECORDS, size - i) * Records.RECORD_BYTES];
            }
            byte[] chunk = chunks[i / CHUNK_RECORDS];
            int offset = offset(i);
            System.arraycopy(Records.key(2L * i), 0, chunk, offset, Records.KEY_BYTES);
            System.arraycopy(Records.value(2L * i, 0), 0, chunk, offset + Records.KEY_BYTES, Records.VALUE_BYTES);
        }
    }

    private static int offset(int index) {
        return index % CHUNK_RECORDS * Records.RECORD_BYTES;
    }

    @Override
    public boolean isValid() {
        return at < size;
    }

    @Override
    public void seekToFirst() {
        at = 0;
    }

    @Override
    public void next() {
        requireValid();
        at++;
    }

    @Override
    public Slice key() {
        requireValid();
        return Slice.wrap(chunks[at / CHUNK_RECORDS], offset(at), Records.KEY_BYTES);
    }

    @Override
    public Slice value() {
        requireValid();
        return Slice.wrap(chunks[at / CHUNK_RECORDS], offset(at) + Records.KEY_BYTES, Records.VALUE_BYTES);
    }

    private void requireValid() {
        if (at >= size) {
            throw new IllegalStateException("the cursor is at no entry");
        }
    }

    @Override
    public void seekToLast() {
        throw onlyForward();
    }

    @Override
    public void seek(Slice key) {
        throw onlyForward();
    }

    @Override
    public void seekBefore(Slice key) {
        throw onlyForward();
    }

    @Override
    public void prev() {
        throw onlyForward();
    }

    private static UnsupportedOperationException onlyForward() {
        return new UnsupportedOperationException("the entries of a bulk load come in order, once");
    }

    @Override
    public void close() {}
}
