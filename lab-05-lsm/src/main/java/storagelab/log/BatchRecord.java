package storagelab.log;

import java.util.List;
import storagelab.api.SequenceNumber;
import storagelab.api.Slice;
import storagelab.api.ValueKind;
import storagelab.api.WriteBatch;
import storagelab.codec.ByteReader;
import storagelab.codec.ByteWriter;
import storagelab.codec.MalformedBytesException;
import storagelab.course.ExercisePart;

/**
 * A record of the log of writes: operations that belong together, under consecutive sequences.
 *
 * <p>Format: the sequence of the first (8 bytes, little-endian), their number (4 bytes), and for each a byte, its kind,
 * the key with its length as a varint, and if it is a put the value in the same way.
 *
 * <p>Example: {@code put(a, 1)} and {@code delete(b)} with the sequences 7 and 8 are
 * {@code 07 00 00 00 00 00 00 00 02 00 00 00 01 01 61 01 31 00 01 62}: the sequence, the number, then {@code 01} for a put,
 * {@code 01 61} and {@code 01 31}, and {@code 00} for a deletion and {@code 01 62}. They are the same whether the two are one batch
 * or two.
 *
 * <p>Source: LevelDB, {@code db/write_batch.cc}.
 *
 * @param sequence of the first operation
 * @param batch the operations
 */
public record BatchRecord(long sequence, WriteBatch batch) {
    /**
     * The record of all operations of {@code batches}, one after the other, as if they were one batch.
     *
     * <p>Cost: each byte is copied once.
     *
     * @param sequence of the first operation
     * @param out is cleared, and has the record then: what comes back is a view of it, and good until it is used again
     */
    @ExercisePart("5.7")
    public static Slice encode(long sequence, List<WriteBatch> batches, ByteWriter out) {
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
     * Reads a record. Its checksum was right, but that says only that the disk has kept what a program wrote: nothing in it is
     * believed before it was compared with the bytes that are there.
     *
     * @throws IllegalArgumentException if the bytes are no record: they end too early, or there are more than the number of
     *     operations says; a kind is unknown; the number of operations is negative; or a sequence is negative or greater than
     *     {@link SequenceNumber#MAX}, which the last operation may have. The message says what was found
     */
    @ExercisePart("5.7")
    public static BatchRecord decode(Slice bytes) {
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
            if (sequence < 0 || sequence > SequenceNumber.MAX - Math.max(0, count - 1)) {
                throw new IllegalArgumentException("a batch of " + count + " operations from sequence " + sequence);
            }
            return new BatchRecord(sequence, batch);
        } catch (MalformedBytesException e) {
            throw new IllegalArgumentException("the rest of a batch at byte " + in.position(), e);
        }
    }
}
