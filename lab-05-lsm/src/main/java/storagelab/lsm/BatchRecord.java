package storagelab.lsm;

import java.util.List;
import storagelab.api.Slice;
import storagelab.api.WriteBatch;
import storagelab.codec.ByteReader;
import storagelab.codec.ByteWriter;
import storagelab.codec.MalformedBytesException;
import storagelab.table.ValueKind;

/**
 * A record of the log of writes: operations that belong together, under consecutive sequences.
 *
 * <p>Format: the sequence of the first (8 bytes, little-endian), their number (4 bytes), and for each a byte, its kind,
 * the key with its length as a varint, and if it is a put the value in the same way.
 *
 * <p>Example: {@code put(a, 1)} and {@code delete(b)} with the sequences 7 and 8 are
 * {@code 07 00 00 00 00 00 00 00 02 00 00 00 01 01 61 01 31 00 01 62}.
 *
 * <p>Source: LevelDB, {@code db/write_batch.cc}.
 *
 * @param sequence of the first operation
 * @param batch the operations
 */
record BatchRecord(long sequence, WriteBatch batch) {
    static final int HEAD_BYTES = 12;

    /** The record of all operations of {@code batches}, one after the other. */
    static Slice encode(long sequence, List<WriteBatch> batches, ByteWriter out) {
        out.clear();
        out.putFixed64(sequence).putFixed32(0);
        int count = 0;
        for (WriteBatch batch : batches) {
            for (WriteBatch.Operation operation : batch.operations()) {
                if (operation instanceof WriteBatch.Put put) {
                    out.putByte(ValueKind.VALUE.code())
                            .putLengthPrefixed(put.key())
                            .putLengthPrefixed(put.value());
                } else {
                    out.putByte(ValueKind.DELETION.code()).putLengthPrefixed(operation.key());
                }
                count++;
            }
        }
        out.putFixed32At(Long.BYTES, count);
        return out.view();
    }

    /**
     * Reads a record.
     *
     * @throws IllegalArgumentException if the bytes are none; the message says what was expected
     */
    static BatchRecord decode(Slice bytes) {
        ByteReader in = new ByteReader(bytes);
        try {
            long sequence = in.readFixed64();
            int count = in.readFixed32();
            WriteBatch batch = new WriteBatch();
            for (int i = 0; i < count; i++) {
                if (ValueKind.of(in.readByte()) == ValueKind.VALUE) {
                    batch.put(in.readLengthPrefixed(), in.readLengthPrefixed());
                } else {
                    batch.delete(in.readLengthPrefixed());
                }
            }
            if (in.remaining() > 0 || count < 0) {
                throw new IllegalArgumentException(
                        "a batch of " + count + " operations, with " + in.remaining() + " bytes behind them");
            }
            return new BatchRecord(sequence, batch);
        } catch (MalformedBytesException e) {
            throw new IllegalArgumentException("the rest of a batch at byte " + in.position(), e);
        }
    }
}
