package storagelab.kin;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToLongFunction;
import storagelab.api.Cursor;
import storagelab.api.Durability;
import storagelab.api.Isolation;
import storagelab.api.KeyRange;
import storagelab.api.Slice;
import storagelab.api.Snapshot;
import storagelab.api.Transaction;
import storagelab.api.TransactionConflictException;
import storagelab.api.TransactionalStore;
import storagelab.codec.ByteReader;
import storagelab.codec.ByteWriter;

/**
 * Messages in the order in which they came, which stay when they are read: each group of consumers has an offset of its own.
 *
 * <p>Format, for texts and numbers as {@link KeyBytes} writes them:
 *
 * <table>
 * <caption>The entries</caption>
 * <tr><th>key</th><th>value</th></tr>
 * <tr><td>{@code m}, topic, offset</td><td>a message</td></tr>
 * <tr><td>{@code e}, topic</td><td>the offset of the next message, a varint</td></tr>
 * <tr><td>{@code o}, topic, group</td><td>the offset of the next message for the group, a varint</td></tr>
 * </table>
 *
 * <p>Invariants:
 *
 * <ol>
 *   <li>Offsets of a topic are 0, 1, 2, … without a gap, and none is given twice, also when all messages have been trimmed: the
 *       next one is an entry, and not the last key plus 1. A batch of messages and that entry are one transaction.
 *   <li>The work for messages and the group's new offset are one transaction. After a crash both are there or neither, so that
 *       what the work has written to the store is written once for each message. What it has done elsewhere may be done twice.
 *   <li>No message is trimmed that a group has yet to read.
 * </ol>
 *
 * <p>Errors: every method that writes tries again at a conflict, up to {@value #ATTEMPTS_MAX} times, and then throws {@link
 * TransactionConflictException}.
 *
 * <p>Concurrency: safe for many threads, and for several objects over one store. Two consumers of one group take turns: each
 * message goes to one of them.
 */
public final class LogQueue {
    private static final char MESSAGE = 'm';
    private static final char END = 'e';
    private static final char POSITION = 'o';
    private static final int ATTEMPTS_MAX = 100;
    private static final int TRIMMED_MAX = 1000; // in a transaction

    private final TransactionalStore store;

    /**
     * A message with its place.
     *
     * @param offset the number of messages of the topic before it
     * @param body any bytes
     */
    public record Message(long offset, Slice body) {}

    /** What a consumer does with a message. */
    @FunctionalInterface
    public interface Handler {
        /**
         * Does it. It may be called again for the same message, if there is a conflict; of what it has written by {@code
         * transaction}, nothing is left then. Its keys must not begin with m, e or o.
         */
        void handle(Transaction transaction, Message message);
    }

    /** Topics in {@code store}. */
    public LogQueue(TransactionalStore store) {
        this.store = store;
    }

    /**
     * Appends messages to a topic, all or none; returns the offset of the first. Cost: one transaction, with an entry for each
     * and one more.
     */
    public long append(String topic, List<Slice> messages, Durability durability) {
        return change(Isolation.SNAPSHOT, durability, transaction -> {
            long first = number(transaction.get(endKey(topic)));
            long offset = first;
            for (Slice message : messages) {
                transaction.put(messageKey(topic, offset), message);
                offset++;
            }
            transaction.put(endKey(topic), varint(offset));
            return first;
        });
    }

    /** The offset that the next message of a topic will get. */
    public long end(String topic) {
        return number(store.get(endKey(topic)));
    }

    /** At most {@code most} messages from an offset on; those that were trimmed are left out. Cost: one seek, and the messages. */
    public List<Message> read(String topic, long from, int most) {
        try (Cursor cursor = store.cursor(messages(topic))) {
            return read(cursor, topic, from, most);
        }
    }

    private static List<Message> read(Cursor cursor, String topic, long from, int most) {
        List<Message> messages = new ArrayList<>();
        cursor.seek(messageKey(topic, from));
        while (cursor.isValid() && messages.size() < most) {
            long offset = KeyBytes.numberAt(cursor.key(), cursor.key().length() - Long.BYTES);
            messages.add(new Message(offset, cursor.value()));
            if (messages.size() < most) {
                cursor.next();
            }
        }
        return messages;
    }

    /** Makes a group that begins with the first message that is there, unless there is the group already; returns its offset. */
    public long subscribe(String topic, String group, Durability durability) {
        return change(Isolation.SERIALIZABLE, durability, transaction -> {
            Optional<Slice> position = transaction.get(positionKey(topic, group));
            if (position.isPresent()) {
                return number(position);
            }
            long first = number(transaction.get(endKey(topic)));
            try (Cursor cursor = transaction.cursor(messages(topic))) {
                List<Message> messages = read(cursor, topic, 0, 1);
                first = messages.isEmpty() ? first : messages.get(0).offset();
            }
            transaction.put(positionKey(topic, group), varint(first));
            return first;
        });
    }

    /**
     * Has {@code handler} do its work for the next messages of a group, at most {@code most}, and moves the group's offset
     * after them, all in one transaction. If the handler throws, nothing has changed.
     *
     * <p>Cost: a seek, the messages, and one entry; one commit, however many messages.
     *
     * @return how many messages there were
     * @throws IllegalArgumentException if there is no such group
     */
    public int consume(String topic, String group, int most, Handler handler, Durability durability) {
        return (int) change(Isolation.SNAPSHOT, durability, transaction -> {
            Optional<Slice> position = transaction.get(positionKey(topic, group));
            if (position.isEmpty()) {
                throw new IllegalArgumentException("the group " + group + " has not subscribed to " + topic);
            }
            List<Message> messages;
            try (Cursor cursor = transaction.cursor(messages(topic))) {
                messages = read(cursor, topic, number(position), most);
            }
            if (!messages.isEmpty()) {
                messages.forEach(message -> handler.handle(transaction, message));
                long next = messages.get(messages.size() - 1).offset() + 1;
                transaction.put(positionKey(topic, group), varint(next));
            }
            return messages.size();
        });
    }

    /** How many messages of a topic a group has yet to read. */
    public long lag(String topic, String group) {
        try (Snapshot now = store.snapshot()) {
            return number(now.get(endKey(topic))) - number(now.get(positionKey(topic, group)));
        }
    }

    /**
     * Deletes messages that every group of the topic has read, the oldest first, at most {@value #TRIMMED_MAX}; without a
     * group, none.
     *
     * @return how many were deleted; fewer than {@value #TRIMMED_MAX} if there are no more
     */
    public int trim(String topic, Durability durability) {
        return (int) change(Isolation.SERIALIZABLE, durability, transaction -> {
            long first = Long.MAX_VALUE;
            try (Cursor positions = transaction.cursor(
                    KeyRange.prefix(KeyBytes.of(POSITION).text(topic).toSlice()))) {
                for (positions.seekToFirst(); positions.isValid(); positions.next()) {
                    first = Math.min(first, number(Optional.of(positions.value())));
                }
            }
            int trimmed = 0;
            if (first < Long.MAX_VALUE) {
                KeyRange read = KeyRange.of(messageKey(topic, 0), messageKey(topic, first));
                try (Cursor cursor = transaction.cursor(read)) {
                    cursor.seekToFirst();
                    while (cursor.isValid() && trimmed < TRIMMED_MAX) {
                        transaction.delete(cursor.key());
                        trimmed++;
                        cursor.next();
                    }
                }
            }
            return trimmed;
        });
    }

    private long change(Isolation isolation, Durability durability, ToLongFunction<Transaction> work) {
        for (int attempt = 1; ; attempt++) {
            try (Transaction transaction = store.begin(isolation)) {
                long result = work.applyAsLong(transaction);
                transaction.commit(durability);
                return result;
            } catch (TransactionConflictException e) {
                if (attempt == ATTEMPTS_MAX) {
                    throw e;
                }
            }
        }
    }

    private static KeyRange messages(String topic) {
        return KeyRange.prefix(KeyBytes.of(MESSAGE).text(topic).toSlice());
    }

    private static Slice messageKey(String topic, long offset) {
        return KeyBytes.of(MESSAGE).text(topic).number(offset).toSlice();
    }

    private static Slice endKey(String topic) {
        return KeyBytes.of(END).text(topic).toSlice();
    }

    private static Slice positionKey(String topic, String group) {
        return KeyBytes.of(POSITION).text(topic).text(group).toSlice();
    }

    private static Slice varint(long number) {
        return new ByteWriter(Long.BYTES).putVarint64(number).toSlice();
    }

    /** The number in a value; 0 without a value. */
    private static long number(Optional<Slice> value) {
        return value.map(bytes -> new ByteReader(bytes).readVarint64()).orElse(0L);
    }
}
