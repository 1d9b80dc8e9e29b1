package storagelab.grader.serve;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The replies of a connection that are not sent yet, in the order of the requests. A reply waits until the batch is committed
 * that has what the client learns from it: what it has written, or what it has read of the writes of others.
 *
 * <p>Replies that wait for the same batch are one part. If the batch fails, each reply of the part is replaced by an error.
 *
 * <p>Concurrency: one thread at a time.
 */
final class ReplyQueue {
    private static final int PART_BYTES = 256;

    private final ByteBufAllocator allocator;
    private final Deque<Part> parts = new ArrayDeque<>();
    private @Nullable Part last;
    private int replyStart;
    private long bytes;

    /** Replies that wait for one batch. */
    private static final class Part {
        private final ByteBuf buffer;
        private long batch;
        private int replies;

        private Part(ByteBuf buffer) {
            this.buffer = buffer;
        }
    }

    ReplyQueue(ByteBufAllocator allocator) {
        this.allocator = allocator;
    }

    /** The buffer to which the next reply is appended. */
    ByteBuf begin() {
        Part part = last;
        if (part == null) {
            part = append();
        }
        replyStart = part.buffer.writerIndex();
        return part.buffer;
    }

    private Part append() {
        Part part = new Part(allocator.heapBuffer(PART_BYTES));
        parts.addLast(part);
        last = part;
        return part;
    }

    /** The reply is written; it has to wait for the batch {@code batch}, as those before it do. */
    void end(long batch) {
        Part part = last;
        if (part == null) {
            throw new IllegalStateException("the end of a reply that has not begun");
        }
        int length = part.buffer.writerIndex() - replyStart;
        bytes += length;
        if (batch > part.batch && part.replies > 0) {
            Part next = append();
            next.buffer.writeBytes(part.buffer, replyStart, length);
            part.buffer.writerIndex(replyStart);
            part = next;
        }
        part.batch = Math.max(part.batch, batch);
        part.replies++;
    }

    /** Bytes of all replies that are not sent. */
    long bytes() {
        return bytes;
    }

    boolean isEmpty() {
        return parts.isEmpty();
    }

    /**
     * Hands to {@code sender} what need not wait any longer.
     *
     * @param committed batches up to this one are committed, or have failed
     * @param firstFailed batches from this one on have failed
     */
    void release(long committed, long firstFailed, Consumer<ByteBuf> sender) {
        for (Part part = parts.peekFirst(); part != null && part.batch <= committed; part = parts.peekFirst()) {
            parts.removeFirst();
            bytes -= part.buffer.readableBytes();
            if (part.batch >= firstFailed) {
                part.buffer.clear();
                for (int i = 0; i < part.replies; i++) {
                    part.buffer.writeCharSequence("-" + CommandLoop.FAILED + "\r\n", UTF_8);
                }
            }
            sender.accept(part.buffer);
        }
        if (parts.isEmpty()) {
            last = null;
        }
    }

    /** Gives all replies up. */
    void clear() {
        parts.forEach(part -> part.buffer.release());
        parts.clear();
        last = null;
        bytes = 0;
    }
}
