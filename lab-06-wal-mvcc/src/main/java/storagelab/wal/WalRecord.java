package storagelab.wal;

import storagelab.api.Slice;
import storagelab.codec.ByteReader;
import storagelab.codec.ByteWriter;
import storagelab.codec.MalformedBytesException;

/**
 * A record of a segment: a head that says what it is, where it belongs, and how much of the log was on the disk; and a body.
 *
 * <table>
 * <caption>A record; integers are little-endian</caption>
 * <tr><th>offset</th><th>size</th><th>field</th></tr>
 * <tr><td>0</td><td>1</td><td>kind</td></tr>
 * <tr><td>1</td><td>8</td><td>place: where in the log the record begins, a packed {@link Lsn}, XOR the identity of the log</td></tr>
 * <tr><td>9</td><td>8</td><td>durable: every byte before this place was on the disk when the record was written</td></tr>
 * <tr><td>17</td><td>n</td><td>body</td></tr>
 * </table>
 *
 * <p>These bytes are the data of a record of {@link storagelab.log}, which cuts them into chunks with checksums. The place tells
 * a record from a copy of one: a value may be the file of a log, and its bytes then look like records. The durable place tells a
 * torn end from damage. The whole is in {@code notes/formats/write-ahead-log.md}.
 *
 * @param kind of the record
 * @param place where its first chunk begins
 * @param durable every byte before was on the disk when this was written
 * @param body its bytes
 */
record WalRecord(Kind kind, Lsn place, Lsn durable, Slice body) {
    /** Bytes before the body. */
    static final int HEAD_BYTES = 17;

    /** What a record says. The codes are in files and never change. */
    enum Kind {
        /** The first record of every segment. */
        SEGMENT(1),

        /** Batches that were committed together. */
        BATCH(2),

        /** The log goes on in the next segment. */
        NEXT(3),

        /** The log was closed here. */
        END(4);

        private final int code;

        Kind(int code) {
            this.code = code;
        }
    }

    private static final Kind[] KINDS = Kind.values();

    /** Writes the head of a record into {@code out}, which is cleared first. The body follows. */
    static void putHead(Kind kind, Lsn place, Lsn durable, long identity, ByteWriter out) {
        out.clear();
        out.putByte(kind.code).putFixed64(place.packed() ^ identity).putFixed64(durable.packed());
    }

    /**
     * Reads a record of the log with this identity.
     *
     * @throws IllegalArgumentException if the bytes are not one; the message says why
     */
    static WalRecord decode(Slice bytes, long identity) {
        ByteReader in = new ByteReader(bytes);
        try {
            int code = in.readByte();
            if (code < 1 || code > KINDS.length) {
                throw new IllegalArgumentException("a record of the unknown kind " + code);
            }
            Lsn place = new Lsn(in.readFixed64() ^ identity);
            Lsn durable = new Lsn(in.readFixed64());
            return new WalRecord(KINDS[code - 1], place, durable, in.readBytes(in.remaining()));
        } catch (MalformedBytesException e) {
            throw new IllegalArgumentException(
                    "a record of " + bytes.length() + " bytes, which is shorter than a head", e);
        }
    }
}
