package storagelab.wal;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import storagelab.api.CorruptionException;
import storagelab.api.Slice;
import storagelab.api.StorageIoException;
import storagelab.api.StoreClosedException;
import storagelab.api.StoreFailedException;
import storagelab.api.WriteBatch;
import storagelab.disk.CrashDisk;
import storagelab.disk.DiskCall;
import storagelab.file.FileMetrics;
import storagelab.file.StatsRecorder;
import storagelab.log.BatchRecord;
import storagelab.testkit.wal.History;

@Tag("6.1")
class WriteAheadLogTest {
    private static final WalOptions SMALL = new WalOptions(1_000, SegmentAccess.CHANNEL);

    private final StatsRecorder stats = new StatsRecorder();

    @TempDir
    Path directory;

    private WriteAheadLog create(WalOptions options) {
        return WriteAheadLog.create(directory, 0, options, stats);
    }

    @ParameterizedTest
    @EnumSource(SegmentAccess.class)
    @DisplayName("what was appended is read back in order, over many segments, whatever way it went to the file")
    void readsBack(SegmentAccess access) {
        try (WriteAheadLog log = create(SMALL.withAccess(access))) {
            History.append(log, 300);
        }

        List<BatchRecord> batches = History.read(directory, 0);

        assertThat(batches, hasSize(300));
        History.assertFollows(0, batches);
        assertThat(SegmentFiles.numbers(directory).size(), is(greaterThan(10)));
    }

    @Test
    @DisplayName(
            "in a mapped segment a record that a sync follows is written by a call, and another one is stored into the map")
    void takesTheCheaperWay() {
        try (WriteAheadLog log = create(WalOptions.defaults())) {
            History.append(log); // begins the file, and makes room in it
            long before = stats.get(FileMetrics.BYTES_WRITTEN);
            log.append(log.lastSequence() + 1, List.of(History.batch(10)), false);
            assertThat("stored", stats.get(FileMetrics.BYTES_WRITTEN) - before, is(0L));

            log.append(log.lastSequence() + 1, List.of(History.batch(10)), true);
            assertThat("written", stats.get(FileMetrics.BYTES_WRITTEN) - before, is(greaterThan(0L)));
        }

        assertThat(History.read(directory, 0), hasSize(3));
    }

    @Test
    @DisplayName("batches of a group are one record, which has their operations one after the other")
    void groups() {
        try (WriteAheadLog log = create(SMALL)) {
            log.append(1, List.of(History.batch(1), new WriteBatch(), new WriteBatch().delete(Slice.utf8("x"))));
        }

        BatchRecord record = History.read(directory, 0).get(0);

        assertThat(record.sequence(), is(1L));
        assertThat(record.batch().operations(), hasSize(History.operations(1) + 1));
    }

    @Test
    @DisplayName("a sequence that does not ascend and a record without operations are refused, and nothing has changed")
    void refusesWhatIsNotNext() {
        try (WriteAheadLog log = create(SMALL)) {
            History.append(log, 2);
            long last = log.lastSequence();

            assertThrows(IllegalArgumentException.class, () -> log.append(last, List.of(History.batch(last))));
            assertThrows(IllegalArgumentException.class, () -> log.append(last + 1, List.of(new WriteBatch())));

            History.append(log);
        }
        assertThat(History.read(directory, 0), hasSize(3));
    }

    @Test
    @DisplayName("a missing segment is an error: in the middle, the last one, and the first one that is needed")
    void missingSegments() throws IOException {
        try (WriteAheadLog log = create(SMALL)) {
            History.append(log, 100);
        }
        List<Long> numbers = SegmentFiles.numbers(directory);
        for (long gone : numbers) {
            Path file = SegmentFiles.path(directory, gone);
            byte[] content = Files.readAllBytes(file);
            Files.delete(file);

            CorruptionException error = assertThrows(CorruptionException.class, () -> History.read(directory, 0));

            assertThat(error.getMessage(), containsString("no such file"));
            assertThat(error.file(), is(file.toString()));
            Files.write(file, content);
        }
        History.assertFollows(0, History.read(directory, 0));
    }

    @Test
    @DisplayName("a segment of another log is an error")
    void foreignSegment() throws IOException {
        Path other = Files.createDirectory(directory.resolve("other"));
        try (WriteAheadLog log = create(SMALL);
                WriteAheadLog foreign = WriteAheadLog.create(other, 0, SMALL, stats)) {
            History.append(log, 100);
            History.append(foreign, 100);
        }
        Files.delete(SegmentFiles.path(directory, 2));
        Files.copy(SegmentFiles.path(other, 2), SegmentFiles.path(directory, 2));

        CorruptionException error = assertThrows(CorruptionException.class, () -> History.read(directory, 0));

        assertThat(error.getMessage(), containsString("another log"));
    }

    @Test
    @DisplayName(
            "a flipped bit in a record that a later one says was on the disk is damage, and is named with its place")
    void damageInTheMiddle() throws IOException {
        Lsn first;
        try (WriteAheadLog log = create(SMALL)) {
            first = History.append(log);
            History.append(log);
            log.sync();
            History.append(log);
        }
        flip(SegmentFiles.path(directory, 1), first.offset() + 20);

        CorruptionException error = assertThrows(CorruptionException.class, () -> History.read(directory, 0));

        assertThat(error.offset(), is(first.offset()));
        assertThat(error.file(), is(SegmentFiles.path(directory, 1).toString()));
    }

    @Test
    @DisplayName("a hole in what no sync has covered is a torn end, though a right record follows")
    void hole() throws IOException {
        Lsn first;
        WriteAheadLog log = create(SMALL); // not closed: the power is cut
        first = History.append(log);
        History.append(log, 2);
        flip(SegmentFiles.path(directory, 1), first.offset() + 20);

        List<BatchRecord> batches = History.read(directory, 0);

        assertThat(batches, hasSize(1));
        log.close();
    }

    @Test
    @DisplayName("a value that is a copy of the log is not taken for records of it")
    void logInAValue() throws IOException {
        Path other = Files.createDirectory(directory.resolve("other"));
        byte[] copy;
        try (WriteAheadLog foreign = WriteAheadLog.create(other, 0, SMALL.withSegmentBytes(1 << 20), stats)) {
            History.append(foreign, 200);
            foreign.sync();
            History.append(foreign, 20);
            copy = Files.readAllBytes(SegmentFiles.path(other, 1));
        }
        WriteAheadLog log = create(SMALL.withSegmentBytes(1 << 20));
        Lsn first = History.append(log);
        log.append(log.lastSequence() + 1, List.of(new WriteBatch().put(Slice.utf8("copy"), Slice.wrap(copy))));
        flip(SegmentFiles.path(directory, 1), first.offset() + 10); // the record that has the copy is torn

        assertThat(History.read(directory, 0), hasSize(1));
        log.close();
    }

    @Test
    @DisplayName("a sync that fails is the end of the log, and nothing that was synced is lost")
    void failedSync() {
        CrashDisk disk = CrashDisk.create();
        WriteAheadLog log = WriteAheadLog.create(disk.root(), 0, SMALL, stats);
        History.append(log, 3);
        log.sync();
        disk.faults().failOnce(DiskCall.SYNC, 1);
        History.append(log);

        assertThrows(StorageIoException.class, log::sync);
        assertThrows(StoreFailedException.class, () -> History.append(log));
        assertThrows(StoreFailedException.class, log::sync);
        log.close();

        History.assertFollows(0, History.read(disk.root(), 0));
        assertThat(History.read(disk.root(), 0).size() >= 3, is(true));
    }

    @Test
    @DisplayName("a closed log says so")
    void closed() {
        WriteAheadLog log = create(SMALL);
        History.append(log);
        log.close();
        log.close();

        assertThrows(StoreClosedException.class, () -> History.append(log));
    }

    @Test
    @DisplayName("syncs once for what is appended, and not at all if there is nothing new")
    void syncs() {
        try (WriteAheadLog log = create(SMALL)) {
            History.append(log, 3);
            assertThat(log.durable().compareTo(log.end()) < 0, is(true));
            log.sync();
            log.sync();
            assertThat(log.durable(), is(log.end()));
        }
        assertThat(stats.get(WalMetrics.SYNCS), is(1L));
    }

    @Test
    @DisplayName("a newer format is named, and not taken for damage")
    void newerFormat() throws IOException {
        Path file = SegmentFiles.path(directory, 1);
        SegmentHeader header = new SegmentHeader(7, 0, 0);
        byte[] record = header.encode(1).toByteArray();
        record[WalRecord.HEAD_BYTES + 8] = 9;
        Files.createFile(file);
        try (storagelab.log.ChannelLogOutput out = storagelab.log.ChannelLogOutput.continuing(file, stats)) {
            new storagelab.log.LogWriter(out).append(Slice.wrap(record));
        }

        CorruptionException error = assertThrows(CorruptionException.class, () -> History.read(directory, 0));

        assertThat(error.isUnknownFormat(), is(true));
        assertThat(error.getMessage(), containsString("version 9"));
    }

    private static void flip(Path file, long offset) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            ByteBuffer one = ByteBuffer.allocate(1);
            channel.read(one, offset);
            one.put(0, (byte) (one.get(0) ^ 4));
            one.flip();
            channel.write(one, offset);
        }
    }
}
