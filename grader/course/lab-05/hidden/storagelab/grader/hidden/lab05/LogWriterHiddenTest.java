package storagelab.grader.hidden.lab05;

import static org.hamcrest.MatcherAssert.assertThat;
import static storagelab.grader.hidden.kit.Checks.assertEquals;
import static storagelab.testkit.ByteMatchers.sameBytesAs;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.api.Slice;
import storagelab.log.LogOutput;
import storagelab.log.LogWriter;
import storagelab.testkit.Seeds;
import storagelab.testkit.Step;
import storagelab.testkit.lsm.LogBytes;

/** Exercise 5.3: what is written, byte for byte. */
@Tag("5.3")
class LogWriterHiddenTest {
    private static final int BLOCK = LogBytes.BLOCK;

    /** Keeps what is written, and what was called. */
    private static final class MemoryOutput implements LogOutput {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private final List<Integer> pieces = new ArrayList<>();
        private final long bytesBefore;
        private int syncs;
        private int syncedBytes;

        MemoryOutput() {
            this(0);
        }

        /** An output that already has a number of bytes, which are not kept. */
        MemoryOutput(long bytesBefore) {
            this.bytesBefore = bytesBefore;
        }

        @Override
        public long sizeBytes() {
            return bytesBefore + bytes.size();
        }

        @Override
        public void append(Slice piece) {
            pieces.add(piece.length());
            bytes.writeBytes(piece.toByteArray());
        }

        @Override
        public void sync() {
            syncs++;
            syncedBytes = bytes.size();
        }

        @Override
        public void close() {}
    }

    @Test
    @DisplayName("chunks are byte for byte those of LevelDB")
    void golden() {
        MemoryOutput output = new MemoryOutput();
        LogWriter writer = new LogWriter(output);
        writer.append(Slice.utf8("hello"));
        assertEquals("0bb9575805000168656c6c6f", HexFormat.of().formatHex(output.bytes.toByteArray()), "hello");
        writer.append(Slice.EMPTY);
        assertThat(
                "hello and a record of no bytes",
                output.bytes.toByteArray(),
                sameBytesAs(LogModel.append(new byte[0], List.of(Slice.utf8("hello"), Slice.EMPTY))));
    }

    @Test
    @DisplayName("whatever is left of a block, 0 to 20 bytes, the next record is cut as LevelDB does it")
    void borders() {
        for (int left = 0; left <= 20; left++) {
            for (int length : new int[] {0, 1, 5, 13, 14, 300, BLOCK - 7, BLOCK - 6, 2 * BLOCK, 100_000}) {
                List<Slice> records = List.of(
                        LogBytes.record(BLOCK - 7 - left, 1), LogBytes.record(length, 2), LogBytes.record(9, 3));
                MemoryOutput output = new MemoryOutput();
                LogWriter writer = new LogWriter(output);
                records.forEach(writer::append);
                assertThat(
                        "a record of " + length + " bytes where " + left + " are left of a block, and one of 9",
                        output.bytes.toByteArray(),
                        sameBytesAs(LogModel.append(new byte[0], records)));
            }
        }
    }

    @Test
    @DisplayName(
            "random records, by one writer or several that go on one after the other, give the bytes of the format")
    void random() {
        Seeds.check(25, random -> {
            List<Slice> records = LogBytes.records(random);
            MemoryOutput output = new MemoryOutput();
            LogWriter writer = new LogWriter(output);
            for (Slice record : records) {
                writer = random.nextInt(3) == 0 ? new LogWriter(output) : writer;
                writer.append(record);
            }
            assertThat(
                    "a log of records with "
                            + records.stream().map(Slice::length).toList() + " bytes",
                    output.bytes.toByteArray(),
                    sameBytesAs(LogModel.append(new byte[0], records)));
        });
    }

    @Test
    @DisplayName("a record is handed over with one call, however many chunks it has, and begins it")
    void oneCall() {
        MemoryOutput output = new MemoryOutput();
        LogWriter writer = new LogWriter(output);
        List<String> calls = new ArrayList<>();
        for (int length : new int[] {10, 0, BLOCK - 33, 3, 200_000, 7}) {
            output.pieces.clear();
            writer.append(LogBytes.record(length, length));
            calls.add(output.pieces.toString());
        }
        assertEquals(
                List.of("[17]", "[7]", "[32742]", "[2, 10]", "[200049]", "[14]"),
                calls,
                "bytes of each call of append for records of 10, 0, 32,735, 3, 200,000 and 7 bytes: before the fourth,"
                        + " two zeros fill the block");
        assertEquals(0, output.syncs, "syncs before sync() was called");
        output.pieces.clear();
        writer.sync();
        assertEquals(1, output.syncs, "syncs after sync() was called");
        assertEquals(List.of(), output.pieces, "calls of append by sync()");
    }

    @Test
    @DisplayName("a record that is to be synced is written as any other, and is synced with its own call")
    void synced() {
        MemoryOutput output = new MemoryOutput();
        LogWriter writer = new LogWriter(output);
        List<Slice> records = List.of(LogBytes.record(BLOCK - 10, 1), LogBytes.record(40_000, 2), Slice.EMPTY);
        writer.append(records.get(0));
        writer.appendSynced(records.get(1));
        assertEquals(1, output.syncs, "syncs after one call of appendSynced");
        assertEquals(output.bytes.size(), output.syncedBytes, "bytes that appendSynced has synced, of those appended");
        writer.appendSynced(records.get(2));
        assertEquals(2, output.syncs, "syncs after two calls of appendSynced");
        assertThat("the log", output.bytes.toByteArray(), sameBytesAs(LogModel.append(new byte[0], records)));
    }

    @Test
    @DisplayName("a log of more than 2 and 4 GiB is continued where its last block is, as a small one is")
    void continuesLargeLogs() {
        for (long blocks : new long[] {1, 1L << 16, (1L << 16) + 1, 1L << 17, (1L << 32) + 5}) {
            for (int taken : new int[] {0, 100, BLOCK - 10, BLOCK - 7, BLOCK - 3}) {
                MemoryOutput output = new MemoryOutput(blocks * BLOCK + taken);
                Step.at("append of 300 bytes to a log of " + output.sizeBytes() + " bytes");
                new LogWriter(output).append(LogBytes.record(300, 1));
                byte[] expected = LogModel.append(new byte[taken], List.of(LogBytes.record(300, 1)));
                assertThat(
                        "what is appended to a log of " + output.sizeBytes() + " bytes",
                        output.bytes.toByteArray(),
                        sameBytesAs(Arrays.copyOfRange(expected, taken, expected.length)));
            }
        }
    }

    @Test
    @DisplayName("a record of many blocks costs its bytes, and not their square")
    void largeRecord() {
        Slice record = Slice.wrap(new byte[4 << 20]);
        LogOutput nowhere = new LogOutput() {
            @Override
            public long sizeBytes() {
                return 0;
            }

            @Override
            public void append(Slice piece) {}

            @Override
            public void sync() {}

            @Override
            public void close() {}
        };
        Allocations.assertAtMost(
                20L * record.length(),
                "appending a record of 4 MiB, which is 129 chunks",
                () -> new LogWriter(nowhere).append(record));
    }
}
