package storagelab.testkit.lsm;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import storagelab.api.Slice;
import storagelab.api.ValueKind;
import storagelab.api.WriteBatch;
import storagelab.codec.ByteReader;
import storagelab.file.StatsRecorder;
import storagelab.file.StoreFile;
import storagelab.log.LogReader;
import storagelab.lsm.LsmStore;
import storagelab.manifest.FileMetadata;
import storagelab.manifest.LsmFileNames;
import storagelab.sstable.BlockSlots;
import storagelab.sstable.ChannelSource;
import storagelab.sstable.InternalCursor;
import storagelab.sstable.InternalKey;
import storagelab.sstable.SsTable;

/**
 * What is in the logs and tables of a store, read without the store and told as text: {@code a@42=1} is a put of the
 * sequence 42, {@code b@43†} a deletion.
 */
public final class WrittenFiles {
    private WrittenFiles() {}

    /** The operations of a batch as they are in a log or a table, the first of them with {@code sequence}. */
    public static List<String> entries(long sequence, WriteBatch batch) {
        List<String> entries = new ArrayList<>();
        long next = sequence;
        for (WriteBatch.Operation operation : batch.operations()) {
            Slice value = operation instanceof WriteBatch.Put put ? put.value() : null;
            entries.add(operation.key().toUtf8() + "@" + next++ + (value == null ? "†" : "=" + value.toUtf8()));
        }
        return entries;
    }

    /** The numbers of the logs there are, ascending. */
    public static List<Long> logs(Path directory) {
        return LsmFileNames.list(directory).stream()
                .flatMap(file -> LsmFileNames.parse(file).stream())
                .filter(file -> file.kind() == LsmFileNames.Kind.LOG)
                .map(LsmFileNames.Parsed::number)
                .sorted()
                .toList();
    }

    /** The records of a log, the operations of each in a list. */
    public static List<List<String>> records(Path directory, long number) {
        List<List<String>> records = new ArrayList<>();
        try (StoreFile file = StoreFile.openForReading(LsmFileNames.log(directory, number), new StatsRecorder())) {
            LogReader reader = new LogReader(file, damage -> {
                throw new AssertionError("a log without damage, and its reader says " + damage);
            });
            for (Slice record = reader.next(); record != null; record = reader.next()) {
                records.add(operations(new ByteReader(record)));
            }
        }
        return records;
    }

    private static List<String> operations(ByteReader record) {
        long sequence = record.readFixed64();
        WriteBatch batch = new WriteBatch();
        for (int left = record.readFixed32(); left > 0; left--) {
            if (record.readByte() == 1) {
                batch.put(record.readLengthPrefixed(), record.readLengthPrefixed());
            } else {
                batch.delete(record.readLengthPrefixed());
            }
        }
        return entries(sequence, batch);
    }

    /** The entries of a table. */
    public static List<String> entries(Path directory, FileMetadata file) {
        List<String> entries = new ArrayList<>();
        ChannelSource source = new ChannelSource(LsmFileNames.table(directory, file.number()), new StatsRecorder());
        try (SsTable table = SsTable.open(source, count -> BlockSlots.none(), null);
                InternalCursor cursor = table.cursor()) {
            for (cursor.seekToFirst(); cursor.isValid(); cursor.next()) {
                Slice key = cursor.key();
                boolean isPut = InternalKey.kind(key) == ValueKind.VALUE;
                entries.add(InternalKey.userKey(key).toUtf8() + "@" + InternalKey.sequence(key)
                        + (isPut ? "=" + cursor.value().toUtf8() : "†"));
            }
        }
        return entries;
    }

    /**
     * What is in a store, read from its tables after a flush: of each key the entry with the greatest sequence, if it is a
     * put.
     */
    public static TreeMap<String, String> content(Path directory, LsmStore store) {
        store.flush();
        TreeMap<String, Long> sequences = new TreeMap<>();
        TreeMap<String, String> content = new TreeMap<>();
        for (FileMetadata file : store.version().files()) {
            for (String entry : entries(directory, file)) {
                String[] parts = entry.split("[@=†]", -1);
                long sequence = Long.parseLong(parts[1]);
                if (sequences.getOrDefault(parts[0], -1L) < sequence) {
                    sequences.put(parts[0], sequence);
                    if (entry.endsWith("†")) {
                        content.remove(parts[0]);
                    } else {
                        content.put(parts[0], parts[2]);
                    }
                }
            }
        }
        return content;
    }
}
