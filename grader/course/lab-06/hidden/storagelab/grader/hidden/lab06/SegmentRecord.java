package storagelab.grader.hidden.lab06;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import storagelab.api.Slice;
import storagelab.codec.ByteReader;
import storagelab.file.StatsRecorder;
import storagelab.file.StoreFile;
import storagelab.log.BatchRecord;
import storagelab.log.LogReader;
import storagelab.log.RecordFrame;
import storagelab.wal.Lsn;

/**
 * A record of a segment, as the format's page describes it, read without the code of lab 6.
 *
 * @param kind 1 header, 2 batch, 3 next, 4 end
 * @param place where it says that it begins
 * @param durable what it says was on the disk
 * @param body the bytes after its head
 * @param start where its first chunk begins, by the lengths of the records before
 * @param end where its last chunk ends
 */
record SegmentRecord(int kind, Lsn place, Lsn durable, Slice body, long start, long end) {
    static final int HEADER = 1;
    static final int BATCH = 2;
    static final int NEXT = 3;
    static final int END = 4;

    /** The file of a segment. */
    static Path file(Path directory, long number) {
        return directory.resolve("%08d.wal".formatted(number));
    }

    /** All records of a segment. */
    static List<SegmentRecord> of(Path directory, long number) {
        List<SegmentRecord> found = new ArrayList<>();
        try (StoreFile file = StoreFile.openForReading(file(directory, number), new StatsRecorder())) {
            LogReader reader = new LogReader(file, damage -> {});
            long identity = 0;
            long end = 0;
            for (Slice bytes = reader.next(); bytes != null; bytes = reader.next()) {
                ByteReader in = new ByteReader(bytes);
                int kind = in.readByte();
                long place = in.readFixed64();
                long durable = in.readFixed64();
                Slice body = in.readBytes(in.remaining());
                if (found.isEmpty()) {
                    identity = new ByteReader(body.subSlice(12, body.length())).readFixed64();
                }
                long start = RecordFrame.start(end);
                end = RecordFrame.end(start, bytes.length());
                found.add(new SegmentRecord(kind, new Lsn(place ^ identity), new Lsn(durable), body, start, end));
            }
        }
        return found;
    }

    /** The records of one kind. */
    static List<SegmentRecord> of(Path directory, long number, int kind) {
        return of(directory, number).stream()
                .filter(record -> record.kind == kind)
                .toList();
    }

    /** The batch that it has. */
    BatchRecord batch() {
        return BatchRecord.decode(body);
    }

    /** A number of the header: 12 identity, 20 previous, 28 base. */
    long headerField(int offset) {
        return new ByteReader(body.subSlice(offset, body.length())).readFixed64();
    }
}
