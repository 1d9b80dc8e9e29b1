package storagelab.grader.bench.lab05;

import java.nio.file.Path;
import storagelab.api.Slice;
import storagelab.grader.bench.worker.WrongAnswerException;
import storagelab.sstable.Block;
import storagelab.sstable.BlockBuilder;
import storagelab.sstable.BlockCursor;
import storagelab.sstable.InternalKey;
import storagelab.api.ValueKind;

/**
 * A block of orders, and what it must say.
 *
 * @param orders in their order
 * @param bytes of the block
 */
record OrderBlock(Orders.Numbered[] orders, Slice bytes) {
    private static final Path NOWHERE = Path.of("block");

    /** A block of the orders from {@code first} on, which all have sequence 1. */
    static OrderBlock of(long first, int entries, int restartInterval) {
        Orders.Numbered[] orders = Orders.sorted(first, first + entries);
        BlockBuilder builder = new BlockBuilder(restartInterval);
        for (Orders.Numbered order : orders) {
            builder.add(InternalKey.of(order.key(), 1, ValueKind.VALUE), Orders.value(order.number()));
        }
        return new OrderBlock(orders, Slice.copyOf(builder.finish().toByteArray()));
    }

    /** The block, to be read. */
    Block open() {
        return new Block(bytes.toByteArray(), NOWHERE, 0);
    }

    /** Walks through the block in both directions. */
    void check() {
        BlockCursor cursor = open().cursor();
        cursor.seekToFirst();
        for (int i = 0; i < orders.length; i++, cursor.next()) {
            check(cursor, i);
        }
        if (cursor.isValid()) {
            throw new WrongAnswerException("behind the last of " + orders.length + " entries is " + cursor.key());
        }
        cursor.seekToLast();
        for (int i = orders.length - 1; i >= 0; i--, cursor.prev()) {
            check(cursor, i);
        }
    }

    private void check(BlockCursor cursor, int index) {
        if (!cursor.isValid() || Orders.number(cursor.value()) != orders[index].number()) {
            throw new WrongAnswerException(
                    "entry " + index + " of a block of " + orders.length + " is not the one that was added");
        }
    }
}
