package storagelab.grader.hidden.lab05;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static storagelab.grader.hidden.kit.Checks.assertEquals;
import static storagelab.grader.hidden.kit.Checks.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.api.Slice;
import storagelab.api.WriteBatch;
import storagelab.codec.ByteReader;
import storagelab.codec.ByteWriter;
import storagelab.log.BatchRecord;
import storagelab.sstable.InternalKey;
import storagelab.testkit.Seeds;

/** Exercise 5.7: the record of a batch. */
@Tag("5.7")
class BatchRecordHiddenTest {
    private static WriteBatch random(Random random) {
        WriteBatch batch = new WriteBatch();
        for (int left = random.nextInt(5); left > 0; left--) {
            Slice key = Slice.utf8("k".repeat(random.nextInt(4) * 70) + random.nextInt(100));
            if (random.nextInt(3) == 0) {
                batch.delete(key);
            } else {
                batch.put(key, Slice.wrap(new byte[random.nextInt(3) * random.nextInt(20_000)]));
            }
        }
        return batch;
    }

    private static List<WriteBatch.Operation> operations(List<WriteBatch> batches) {
        List<WriteBatch.Operation> operations = new ArrayList<>();
        batches.forEach(batch -> operations.addAll(batch.operations()));
        return operations;
    }

    @Test
    @DisplayName("a record has the sequence, the number of all operations, and each with its kind, in their order")
    void bytes() {
        Seeds.check(30, random -> {
            ByteWriter out = new ByteWriter(10);
            out.putBytes(Slice.utf8("what was there before"));
            List<WriteBatch> batches = List.of(random(random), random(random), random(random));
            long sequence = random.nextLong() & (InternalKey.MAX_SEQUENCE >> 1);
            ByteReader in = new ByteReader(BatchRecord.encode(sequence, batches, out));
            assertEquals(sequence, in.readFixed64(), "the first eight bytes");
            List<WriteBatch.Operation> operations = operations(batches);
            assertEquals(operations.size(), in.readFixed32(), "the number of operations in three batches");
            for (WriteBatch.Operation operation : operations) {
                int kind = in.readByte();
                assertEquals(operation instanceof WriteBatch.Put ? 1 : 0, kind, "the kind of " + operation.key());
                assertEquals(operation.key(), in.readLengthPrefixed(), "a key");
                if (operation instanceof WriteBatch.Put put) {
                    assertEquals(put.value(), in.readLengthPrefixed(), "the value of " + put.key());
                }
            }
            assertEquals(0, in.remaining(), "bytes behind the last operation");
        });
    }

    @Test
    @DisplayName("what was encoded is decoded, also the empty batch, empty keys and the last sequence there is")
    void roundTrip() {
        Seeds.check(30, random -> assertDecoded(random.nextInt(1000), List.of(random(random), random(random))));
        assertDecoded(0, List.of());
        WriteBatch empty = new WriteBatch().put(Slice.EMPTY, Slice.EMPTY).delete(Slice.EMPTY);
        assertDecoded(InternalKey.MAX_SEQUENCE - 2, List.of(empty));
        assertDecoded(InternalKey.MAX_SEQUENCE - 1, List.of(empty));
        assertDecoded(InternalKey.MAX_SEQUENCE, List.of(new WriteBatch().delete(Slice.utf8("last"))));
        assertDecoded(InternalKey.MAX_SEQUENCE, List.of());
    }

    private static void assertDecoded(long sequence, List<WriteBatch> batches) {
        Slice encoded = BatchRecord.encode(sequence, batches, new ByteWriter(16));
        BatchRecord read = assertDoesNotThrow(
                () -> BatchRecord.decode(encoded),
                "decode() of a batch of " + operations(batches).size() + " operations from sequence " + sequence
                        + " on; the largest is " + InternalKey.MAX_SEQUENCE);
        assertEquals(sequence, read.sequence(), "the sequence");
        assertEquals(operations(batches), read.batch().operations(), "the operations");
    }

    @Test
    @DisplayName("a record that was cut off, goes on behind its end, or says what cannot be is refused, quickly")
    void refused() {
        WriteBatch batch =
                new WriteBatch().put(Slice.utf8("apple"), Slice.utf8("red")).delete(Slice.utf8("pear"));
        byte[] whole = BatchRecord.encode(9, List.of(batch), new ByteWriter(16)).toByteArray();
        for (int length = 0; length < whole.length; length++) {
            assertRefused(Arrays.copyOf(whole, length), "the first " + length + " bytes of " + whole.length);
        }
        assertRefused(Arrays.copyOf(whole, whole.length + 1), "a byte behind the record");
        assertRefused(with(whole, 8, 1), "one operation, and the bytes of two");
        assertRefused(with(whole, 8, 3), "three operations, and the bytes of two");
        assertRefused(with(whole, 11, 0x7f), "two thousand million operations in thirty bytes");
        assertRefused(with(whole, 11, 0x80), "a negative number of operations");
        assertRefused(with(Arrays.copyOf(whole, 12), 8, -1, -1, -1, -1), "-1 operations, and no bytes");
        assertRefused(with(whole, 12, 2), "kind 2");
        assertRefused(with(whole, 13, 0x7f), "a key that is longer than the record");
        assertRefused(with(whole, 7, 0x80), "a negative sequence");
        assertRefused(with(whole, 7, 1), "a sequence of 57 bits");
        byte[] none = BatchRecord.encode(9, List.of(), new ByteWriter(16)).toByteArray();
        assertRefused(with(none, 7, 1), "a sequence of 57 bits and no operations");
        assertRefused(with(none, 7, 0x80), "a negative sequence and no operations");
        assertRefused(with(whole, 0, -1, -1, -1, -1, -1, -1, -1), "two operations from the last sequence on");
        byte[] three = BatchRecord.encode(9, List.of(batch, new WriteBatch().delete(Slice.EMPTY)), new ByteWriter(16))
                .toByteArray();
        assertRefused(with(three, 0, -2, -1, -1, -1, -1, -1, -1), "three operations from the last sequence but one on");
    }

    private static byte[] with(byte[] bytes, int at, int... values) {
        byte[] changed = bytes.clone();
        for (int i = 0; i < values.length; i++) {
            changed[at + i] = (byte) values[i];
        }
        return changed;
    }

    private static void assertRefused(byte[] bytes, String what) {
        IllegalArgumentException e =
                assertThrows(IllegalArgumentException.class, () -> BatchRecord.decode(Slice.wrap(bytes)), what);
        assertTrue(e.getMessage() != null, "the exception for " + what + " says nothing");
    }

    @Test
    @DisplayName("each byte is copied once: the record lies in the writer that was given")
    void copiedOnce() {
        WriteBatch batch = new WriteBatch().put(Slice.utf8("key"), Slice.wrap(new byte[1 << 20]));
        ByteWriter out = new ByteWriter(4 << 20);
        Allocations.assertAtMost(
                100_000,
                "encoding three batches of 1 MiB into a writer with room for them",
                () -> BatchRecord.encode(7, List.of(batch, batch, batch), out));
    }
}
