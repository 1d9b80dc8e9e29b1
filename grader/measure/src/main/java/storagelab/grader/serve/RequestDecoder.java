package storagelab.grader.serve;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import storagelab.api.Slice;

/**
 * Takes the bytes of a connection apart into requests: arrays of bulk strings ({@code *2\r\n$3\r\nGET\r\n$1\r\na\r\n}), or
 * inline commands ({@code GET a\r\n}). Requests of RESP2 and RESP3 are the same.
 *
 * <p>Invariants:
 *
 * <ol>
 *   <li>Every length is checked before anything is kept for it, and memory grows with what has arrived, not with what was
 *       announced.
 *   <li>A byte is looked at a bounded number of times, however the bytes are cut into pieces.
 *   <li>After an exception nothing more is decoded.
 * </ol>
 *
 * <p>Bytes that are not decoded yet are in an array that the decoder is lent while a piece is processed, and in one of its own
 * between pieces: a connection without an unfinished request holds no memory.
 *
 * <p>Concurrency: one thread at a time.
 */
final class RequestDecoder {
    /** The longest line: of an inline command, and far more than a length needs. */
    static final int LINE_BYTES_MAX = 64 << 10;

    private static final int NUMBER_BYTES_MAX = 32;
    private static final int ARGUMENTS_UNAUTHENTICATED_MAX = 10;
    private static final int BULK_UNAUTHENTICATED_MAX = 16 << 10;
    private static final int NONE = -1;
    private static final byte[] NO_BYTES = {};

    private final ServeLimits limits;
    private boolean isTrusted;

    private byte[] bytes = NO_BYTES;
    private int start; // of what is not decoded
    private int end;
    private int scanned; // from start: bytes without the end of a line
    private boolean isLent;

    private int argumentsLeft; // of the request that has begun
    private int bulkLength = NONE; // of the argument that has begun
    private List<Slice> arguments = new ArrayList<>();
    private long requestBytes; // of the arguments that are complete

    /** Until {@link #trust} is called, requests have to be as small as those that give a password. */
    RequestDecoder(ServeLimits limits, boolean isTrusted) {
        this.limits = limits;
        this.isTrusted = isTrusted;
    }

    /** The client has given its password: the limits are those of the options. */
    void trust() {
        isTrusted = true;
    }

    /** Takes a piece. {@code scratch} is used until {@link #release}; it is at least as long as the piece. */
    void feed(ByteBuf piece, byte[] scratch) {
        int length = piece.readableBytes();
        if (start == end && length <= scratch.length) {
            bytes = scratch;
            isLent = true;
            start = 0;
            end = 0;
            scanned = 0;
        } else {
            makeRoom(length);
        }
        piece.readBytes(bytes, end, length);
        end += length;
    }

    private void makeRoom(int length) {
        int left = end - start;
        if (bytes.length - end >= length) {
            return;
        }
        if (left + length <= bytes.length && start > left) {
            System.arraycopy(bytes, start, bytes, 0, left);
        } else {
            bytes = copy(Math.max(left + length, Math.min(2 * left, left + LINE_BYTES_MAX * Long.BYTES)));
        }
        start = 0;
        end = left;
    }

    private byte[] copy(int capacity) {
        byte[] copy = new byte[capacity];
        System.arraycopy(bytes, start, copy, 0, end - start);
        return copy;
    }

    /** Gives back the array that was lent; what is left in it is copied. */
    void release() {
        if (start == end) {
            bytes = NO_BYTES;
        } else if (isLent) {
            bytes = copy(end - start);
        } else {
            return;
        }
        end -= start;
        start = 0;
        isLent = false;
    }

    /** Gives up what has arrived and is not decoded. Nothing more is decoded. */
    void drop() {
        bytes = NO_BYTES;
        isLent = false;
        start = 0;
        end = 0;
        scanned = 0;
        arguments = new ArrayList<>();
        argumentsLeft = 0;
        requestBytes = 0;
    }

    /** What is held between two pieces. */
    long memoryBytes() {
        return bytes.length + requestBytes + (long) arguments.size() * Request.ARGUMENT_OVERHEAD_BYTES;
    }

    /** Whether a request has begun and is not complete, or complete ones wait to be decoded. */
    boolean hasPart() {
        return start != end || argumentsLeft > 0;
    }

    /**
     * The next request; null if it is not complete.
     *
     * @throws ProtocolException if the bytes are not the protocol, or too many
     */
    @Nullable
    Request next() {
        while (true) {
            if (argumentsLeft == 0) {
                if (start == end) {
                    return null;
                }
                if (bytes[start] != '*') {
                    Request inline = nextInline();
                    if (inline == null || inline.count() > 0) {
                        return inline;
                    }
                    continue;
                }
                if (!beginRequest()) {
                    return null;
                }
                continue;
            }
            if (!nextArgument()) {
                return null;
            }
            if (argumentsLeft == 0) {
                return complete();
            }
        }
    }

    private Request complete() {
        Request request = new Request(arguments.toArray(new Slice[0]));
        if (arguments.size() > 16) {
            arguments = new ArrayList<>(); // does not keep a long list for the next, short request
        } else {
            arguments.clear();
        }
        requestBytes = 0;
        return request;
    }

    /** Reads the number of arguments. An empty array is skipped. */
    private boolean beginRequest() {
        int lineEnd = lineEnd(NUMBER_BYTES_MAX, "too big mbulk count string");
        if (lineEnd == NONE) {
            return false;
        }
        long count = number(start + 1, lineEnd);
        if (count == Long.MIN_VALUE || count > limits.arguments()) {
            throw new ProtocolException("invalid multibulk length");
        }
        if (!isTrusted && count > ARGUMENTS_UNAUTHENTICATED_MAX) {
            throw new ProtocolException("unauthenticated multibulk length");
        }
        skipLine(lineEnd);
        argumentsLeft = (int) Math.max(0, count);
        return true;
    }

    /** Reads one argument; false if it is not complete. */
    private boolean nextArgument() {
        if (bulkLength == NONE) {
            if (start == end) {
                return false;
            }
            if (bytes[start] != '$') {
                throw new ProtocolException("expected '$', got '" + printable(bytes[start]) + "'");
            }
            int lineEnd = lineEnd(NUMBER_BYTES_MAX, "too big bulk count string");
            if (lineEnd == NONE) {
                return false;
            }
            long length = number(start + 1, lineEnd);
            if (length < 0 || length > limits.requestBytes() - requestBytes) {
                throw new ProtocolException("invalid bulk length");
            }
            if (!isTrusted && length > BULK_UNAUTHENTICATED_MAX) {
                throw new ProtocolException("unauthenticated bulk length");
            }
            skipLine(lineEnd);
            bulkLength = (int) length;
        }
        if (end - start < bulkLength + 2) {
            return false;
        }
        int after = start + bulkLength;
        if (bytes[after] != '\r' || bytes[after + 1] != '\n') {
            throw new ProtocolException("expected the end of a bulk string after " + bulkLength + " bytes");
        }
        arguments.add(Slice.wrap(Arrays.copyOfRange(bytes, start, after)));
        requestBytes += bulkLength;
        start = after + 2;
        bulkLength = NONE;
        argumentsLeft--;
        return true;
    }

    /** Where the line that begins at {@code start} has its line feed; {@link #NONE} if that has not arrived. */
    private int lineEnd(int bytesMax, String tooLong) {
        int limit = Math.min(end, start + bytesMax);
        for (int at = start + scanned; at < limit; at++) {
            if (bytes[at] == '\n') {
                return at;
            }
        }
        if (end - start >= bytesMax) {
            throw new ProtocolException(tooLong);
        }
        scanned = end - start;
        return NONE;
    }

    private void skipLine(int lineEnd) {
        start = lineEnd + 1;
        scanned = 0;
    }

    /** The number in {@code [from, lineEnd - 1)}, after which there is a carriage return; {@link Long#MIN_VALUE} if it is none. */
    private long number(int from, int lineEnd) {
        int to = lineEnd - 1;
        boolean isNegative = from < to && bytes[from] == '-';
        int at = isNegative ? from + 1 : from;
        if (at >= to || to - at > 10 || bytes[to] != '\r') {
            return Long.MIN_VALUE;
        }
        long value = 0;
        for (; at < to; at++) {
            int digit = bytes[at] - '0';
            if (digit < 0 || digit > 9) {
                return Long.MIN_VALUE;
            }
            value = value * 10 + digit;
        }
        return isNegative ? -value : value;
    }

    private @Nullable Request nextInline() {
        int lineEnd = lineEnd(LINE_BYTES_MAX, "too big inline request");
        if (lineEnd == NONE) {
            return null;
        }
        int to = lineEnd > start && bytes[lineEnd - 1] == '\r' ? lineEnd - 1 : lineEnd;
        Slice line = Slice.wrap(Arrays.copyOfRange(bytes, start, to));
        skipLine(lineEnd);
        Slice[] words = InlineCommand.split(line);
        if (words.length > (isTrusted ? limits.arguments() : ARGUMENTS_UNAUTHENTICATED_MAX)) {
            throw new ProtocolException("too many arguments");
        }
        return new Request(words);
    }

    private static String printable(byte one) {
        return one >= 0x20 && one < 0x7f ? new String(new byte[] {one}, UTF_8) : "\\x%02x".formatted(one & 0xff);
    }
}
