package storagelab.page;

import storagelab.api.Slice;
import storagelab.course.Solution;

/**
 * Where things are in a cell of a {@link SlottedPage}: {@code varint keyLength, varint payloadLength, key, payload}.
 */
@Solution
final class CellLayout {
    private CellLayout() {}

    /** Bytes of a cell, its slot not included. */
    static int bytes(int keyLength, int payloadLength) {
        return varintBytes(keyLength) + varintBytes(payloadLength) + keyLength + payloadLength;
    }

    /** Bytes that the cell at offset {@code cell} takes. */
    static int bytesAt(byte[] page, int cell) {
        return payloadOffset(page, cell) - cell + payloadLength(page, cell);
    }

    static int keyLength(byte[] page, int cell) {
        return varintAt(page, cell);
    }

    static int keyOffset(byte[] page, int cell) {
        int second = cell + varintBytes(varintAt(page, cell));
        return second + varintBytes(varintAt(page, second));
    }

    static int payloadLength(byte[] page, int cell) {
        return varintAt(page, cell + varintBytes(varintAt(page, cell)));
    }

    static int payloadOffset(byte[] page, int cell) {
        return keyOffset(page, cell) + keyLength(page, cell);
    }

    /** Writes a cell from offset {@code cell} on. */
    static void write(byte[] page, int cell, Slice key, Slice payload) {
        int at = putVarint(page, cell, key.length());
        at = putVarint(page, at, payload.length());
        key.copyTo(page, at);
        payload.copyTo(page, at + key.length());
    }

    /** Lengths are below 65,536: a varint of three bytes at most. */
    private static int varintAt(byte[] page, int offset) {
        int first = page[offset];
        if (first >= 0) {
            return first;
        }
        int second = page[offset + 1];
        return second >= 0
                ? (first & 0x7f) | (second << 7)
                : (first & 0x7f) | ((second & 0x7f) << 7) | (page[offset + 2] << 14);
    }

    private static int varintBytes(int value) {
        return value < 1 << 7 ? 1 : value < 1 << 14 ? 2 : 3;
    }

    private static int putVarint(byte[] page, int offset, int value) {
        int at = offset;
        int rest = value;
        while (rest >= 0x80) {
            page[at++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        page[at++] = (byte) rest;
        return at;
    }
}
