package storagelab.grader.serve;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;
import storagelab.api.Slice;

/**
 * Writes replies, in RESP2 or RESP3. What only RESP3 has is written in RESP2 as Redis does: a map as an array of keys and values,
 * a set as an array, a text as a bulk string.
 *
 * <p>An array says first how many elements it has; the caller writes as many.
 *
 * <p>Concurrency: one thread at a time.
 */
final class ReplyWriter {
    private static final int LENGTH_BYTES_MAX = 24; // a type, a number, the end of the line
    private static final byte[] OK = "+OK\r\n".getBytes(UTF_8);
    private static final byte[] QUEUED = "+QUEUED\r\n".getBytes(UTF_8);
    private static final byte[] NULL = "_\r\n".getBytes(UTF_8);
    private static final byte[] NULL_BULK = "$-1\r\n".getBytes(UTF_8);
    private static final byte[] NULL_ARRAY = "*-1\r\n".getBytes(UTF_8);

    private final int replyBytesMax;
    private ByteBuf buffer = Unpooled.EMPTY_BUFFER;
    private int start;
    private boolean isResp3;

    /** A reply of more than {@code replyBytesMax} bytes is an error. */
    ReplyWriter(int replyBytesMax) {
        this.replyBytesMax = replyBytesMax;
    }

    /** Begins a reply at the end of {@code target}, which has an array. */
    void begin(ByteBuf target, boolean resp3) {
        buffer = target;
        start = target.writerIndex();
        isResp3 = resp3;
    }

    /** Writes what follows in another version of the protocol: that of the client has changed. */
    void setResp3(boolean resp3) {
        isResp3 = resp3;
    }

    /** A place to which {@link #rollbackTo} can go back. */
    int position() {
        return buffer.writerIndex();
    }

    /** Takes back what was written since {@link #position} was {@code position}. */
    void rollbackTo(int position) {
        buffer.writerIndex(position);
    }

    void ok() {
        raw(OK);
    }

    void queued() {
        raw(QUEUED);
    }

    /** A word of the protocol. */
    void simple(String word) {
        line('+', word);
    }

    /** An error, of any length; it begins with its kind. Whatever would end the line early is replaced. */
    void error(String message) {
        line('-', message.replace('\r', ' ').replace('\n', ' '));
    }

    void integer(long value) {
        number(':', value);
    }

    /** Whether something is so, as 1 or 0. */
    void integer(boolean value) {
        integer(value ? 1 : 0);
    }

    /** A value; null for none. */
    void bulk(@Nullable Slice value) {
        if (value == null) {
            nothing();
            return;
        }
        int length = value.length();
        number('$', length);
        ensureRoom(length + 2);
        int at = buffer.writerIndex();
        value.copyTo(buffer.array(), buffer.arrayOffset() + at);
        buffer.writerIndex(at + length);
        buffer.writeByte('\r').writeByte('\n');
    }

    void bulk(String text) {
        bulk(Slice.utf8(text));
    }

    /** Lines of text for a person to read. */
    void text(String text) {
        if (!isResp3) {
            bulk(text);
            return;
        }
        Slice bytes = Slice.utf8("txt:" + text);
        bulk(bytes);
        buffer.setByte(buffer.writerIndex() - bytes.length() - 2 - head(bytes.length()), '=');
    }

    private static int head(int length) {
        return 1 + String.valueOf(length).length() + 2;
    }

    /** No value. */
    void nothing() {
        raw(isResp3 ? NULL : NULL_BULK);
    }

    /** No array. */
    void noArray() {
        raw(isResp3 ? NULL : NULL_ARRAY);
    }

    /** The beginning of an array of {@code size} elements. */
    void array(int size) {
        number('*', size);
    }

    /** The beginning of a set of {@code size} elements. */
    void set(int size) {
        number(isResp3 ? '~' : '*', size);
    }

    /** The beginning of a map: {@code size} times a key and a value. */
    void map(int size) {
        number(isResp3 ? '%' : '*', isResp3 ? size : 2L * size);
    }

    private void line(char type, String text) {
        byte[] bytes = text.getBytes(UTF_8);
        buffer.ensureWritable(bytes.length + LENGTH_BYTES_MAX);
        buffer.writeByte(type).writeBytes(bytes).writeByte('\r').writeByte('\n');
    }

    private void raw(byte[] bytes) {
        ensureRoom(bytes.length);
        buffer.writeBytes(bytes);
    }

    private void number(char type, long value) {
        ensureRoom(LENGTH_BYTES_MAX);
        buffer.writeByte(type);
        if (value >= 0 && value <= 9) {
            buffer.writeByte((int) ('0' + value));
        } else {
            buffer.writeBytes(Long.toString(value).getBytes(UTF_8));
        }
        buffer.writeByte('\r').writeByte('\n');
    }

    private void ensureRoom(int bytes) {
        if (buffer.writerIndex() - start > replyBytesMax - bytes) {
            throw new CommandException(
                    "ERR the reply is longer than the limit of " + replyBytesMax + " bytes; ask for less at a time");
        }
        buffer.ensureWritable(bytes);
    }
}
