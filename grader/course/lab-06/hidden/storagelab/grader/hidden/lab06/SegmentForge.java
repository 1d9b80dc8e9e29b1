package storagelab.grader.hidden.lab06;

import java.nio.file.Path;
import java.util.List;
import storagelab.api.Slice;
import storagelab.api.WriteBatch;
import storagelab.codec.ByteWriter;
import storagelab.file.StatsRecorder;
import storagelab.log.BatchRecord;
import storagelab.log.ChannelLogOutput;
import storagelab.log.LogWriter;
import storagelab.log.RecordFrame;
import storagelab.wal.Lsn;

/** Writes a segment record by record, as the format's page describes it, without the code of lab 6. */
final class SegmentForge implements AutoCloseable {
    private static final int HEAD_BYTES = 17; // kind, place, durable
    private static final int LONG =
            20_000; // a value whose length has as many bytes as that of a value of almost a block

    static final long IDENTITY = 0x0123456789abcdefL;

    private final long number;
    private final long identity;
    private final ChannelLogOutput output;
    private final LogWriter writer;

    /** A segment without a record. */
    SegmentForge(Path directory, long number, long identity) {
        this.number = number;
        this.identity = identity;
        this.output = new ChannelLogOutput(SegmentRecord.file(directory, number), new StatsRecorder());
        this.writer = new LogWriter(output);
    }

    /** A segment of one log with its header. */
    static SegmentForge of(Path directory, long number, long previous, long base) {
        return new SegmentForge(directory, number, IDENTITY).header(previous, base);
    }

    SegmentForge header(long previous, long base) {
        ByteWriter body = new ByteWriter(64);
        body.putBytes(Slice.utf8("SLABWAL1")).putFixed32(1).putFixed64(identity);
        body.putFixed64(previous).putFixed64(base);
        return record(1, Lsn.of(number, 0), body.toSlice());
    }

    /** A batch of puts, one an operation, which says that everything before it was on the disk. */
    SegmentForge synced(long sequence, int operations) {
        return batch(sequence, operations, place());
    }

    /** A batch of one put whose record ends at byte {@code end} of the file, in the block in which it begins. */
    SegmentForge upTo(long sequence, int end) {
        long around = RecordFrame.end(
                        place().offset(), HEAD_BYTES + put(sequence, LONG).length())
                - LONG;
        return record(2, place(), put(sequence, (int) (end - around)));
    }

    private static Slice put(long sequence, int valueBytes) {
        WriteBatch batch = new WriteBatch().put(Slice.utf8("k"), Slice.wrap(new byte[valueBytes]));
        return BatchRecord.encode(sequence, List.of(batch), new ByteWriter(64));
    }

    /** A batch of puts that says what was on the disk. */
    SegmentForge batch(long sequence, int operations, Lsn durable) {
        return record(2, durable, encoded(sequence, operations));
    }

    /** A batch of puts that says it begins at another place than it does. */
    SegmentForge misplaced(long sequence, int operations, Lsn place) {
        return record(2, place, Lsn.of(number, 0), encoded(sequence, operations));
    }

    private static Slice encoded(long sequence, int operations) {
        WriteBatch batch = new WriteBatch();
        for (long s = sequence; s < sequence + operations; s++) {
            batch.put(Slice.utf8("key " + s), Slice.utf8("value " + s));
        }
        return BatchRecord.encode(sequence, List.of(batch), new ByteWriter(64));
    }

    SegmentForge next() {
        return record(3, place(), Slice.EMPTY);
    }

    SegmentForge end() {
        return record(4, place(), Slice.EMPTY);
    }

    /** A record that is there as it was written, with a kind, and what was on the disk. */
    SegmentForge record(int kind, Lsn durable, Slice body) {
        return record(kind, place(), durable, body);
    }

    private SegmentForge record(int kind, Lsn place, Lsn durable, Slice body) {
        ByteWriter record = new ByteWriter(64);
        record.putByte(kind).putFixed64(place.packed() ^ identity).putFixed64(durable.packed());
        writer.append(record.putBytes(body).toSlice());
        return this;
    }

    /** Bytes that are no record. */
    SegmentForge raw(byte[] bytes) {
        output.append(Slice.wrap(bytes));
        return this;
    }

    /** Where the next record begins. */
    Lsn place() {
        return Lsn.of(number, RecordFrame.start(output.sizeBytes()));
    }

    @Override
    public void close() {
        output.close();
    }
}
