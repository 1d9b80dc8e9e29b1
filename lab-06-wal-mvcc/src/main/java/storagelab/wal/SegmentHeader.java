package storagelab.wal;

import java.nio.file.Path;
import storagelab.api.CorruptionException;
import storagelab.api.Slice;
import storagelab.codec.ByteReader;
import storagelab.codec.ByteWriter;
import storagelab.codec.MalformedBytesException;

/**
 * What the first record of a segment says: to which log the segment belongs, and what the log had before it.
 *
 * <table>
 * <caption>Its body; integers are little-endian</caption>
 * <tr><th>offset</th><th>size</th><th>field</th></tr>
 * <tr><td>0</td><td>8</td><td>magic: {@code SLABWAL1}</td></tr>
 * <tr><td>8</td><td>4</td><td>version of the format: 1</td></tr>
 * <tr><td>12</td><td>8</td><td>identity: a random number, the same in all segments of a log</td></tr>
 * <tr><td>20</td><td>8</td><td>previous: the sequence of the last operation in the segments before; 0 if there is none</td></tr>
 * <tr><td>28</td><td>8</td><td>base: sequences in this segment are greater</td></tr>
 * </table>
 *
 * <p>The base is the previous sequence, except where an engine had more on its disk than its log: operations from the one to
 * the other are in the engine and in no segment.
 *
 * @param identity of the log
 * @param previousSequence last one in the segments before
 * @param baseSequence sequences of this segment are greater; at least the previous one
 */
record SegmentHeader(long identity, long previousSequence, long baseSequence) {
    private static final Slice MAGIC = Slice.utf8("SLABWAL1");
    private static final int VERSION = 1;

    /** Checks that the sequences fit each other. */
    SegmentHeader {
        if (previousSequence < 0 || baseSequence < previousSequence) {
            throw new IllegalArgumentException(
                    "a segment after sequence " + previousSequence + " whose base is " + baseSequence);
        }
    }

    /** The whole first record of segment {@code number}. */
    Slice encode(long number) {
        ByteWriter out = new ByteWriter(WalRecord.HEAD_BYTES + 36);
        Lsn start = Lsn.of(number, 0);
        WalRecord.putHead(WalRecord.Kind.SEGMENT, start, start, identity, out);
        out.putBytes(MAGIC)
                .putFixed32(VERSION)
                .putFixed64(identity)
                .putFixed64(previousSequence)
                .putFixed64(baseSequence);
        return out.toSlice();
    }

    /**
     * Reads the first record of a segment.
     *
     * @param file is named in errors
     * @throws CorruptionException if it is not the first record of segment {@code number}, or of another version
     */
    static SegmentHeader decode(Slice record, long number, Path file) {
        ByteReader in = new ByteReader(record);
        try {
            Slice head = in.readBytes(WalRecord.HEAD_BYTES);
            Slice magic = in.readBytes(MAGIC.length());
            int version = in.readFixed32();
            if (magic.equals(MAGIC) && version != VERSION) {
                throw CorruptionException.unknownFormat(
                        file,
                        0,
                        "version " + version + " of the write-ahead log; this program reads version " + VERSION);
            }
            SegmentHeader header = new SegmentHeader(in.readFixed64(), in.readFixed64(), in.readFixed64());
            WalRecord decoded = WalRecord.decode(head, header.identity);
            if (!magic.equals(MAGIC)
                    || decoded.kind() != WalRecord.Kind.SEGMENT
                    || !decoded.place().equals(Lsn.of(number, 0))) {
                throw new CorruptionException(file, 0, "the first record of segment " + number, decoded.toString());
            }
            return header;
        } catch (MalformedBytesException | IllegalArgumentException e) {
            throw new CorruptionException(
                    file, 0, "the first record of segment " + number, record.length() + " other bytes");
        }
    }
}
