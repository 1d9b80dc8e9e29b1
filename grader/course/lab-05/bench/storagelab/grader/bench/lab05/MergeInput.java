package storagelab.grader.bench.lab05;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import storagelab.api.Slice;
import storagelab.compaction.Compaction;
import storagelab.compaction.CompactionJob;
import storagelab.compaction.MergeOutput;
import storagelab.manifest.FileMetadata;
import storagelab.manifest.Version;
import storagelab.manifest.VersionEdit;
import storagelab.sstable.InternalCursor;
import storagelab.sstable.InternalKey;
import storagelab.api.ValueKind;

/**
 * A merge of 1,000 keys with three versions each, in memory: the newest of every fifth key is a deletion. Below the
 * output are a hundred tables, between the bounds of which is every second of the deleted keys.
 */
final class MergeInput {
    static final int KEYS = 1_000;
    static final int VERSIONS = 3;
    static final int DELETED_ONE_IN = 5;
    static final long TABLE_BYTES = 16 << 10;

    /** The tombstone of every second deleted key hides nothing. */
    static final int KEPT = KEYS - KEYS / DELETED_ONE_IN / 2;

    private static final int DEEP_TABLES = 100;
    private static final int DEEP_BYTES = 20 << 10; // eight of them are all that a table may overlap
    private static final Slice VALUE = Orders.value(1);

    private final List<Slice> keys = new ArrayList<>();
    private final Version version;
    private final Compaction compaction;

    /** Keys from {@code first} on. Sequences are at random, but of a key the newest comes first. */
    MergeInput(long first, Random random) {
        Orders.Numbered[] orders = Orders.sorted(first, first + KEYS);
        for (int i = 0; i < KEYS; i++) {
            long sequence = 1_000 + random.nextInt(1_000);
            for (int version = 0; version < VERSIONS; version++) {
                boolean isDeletion = version == 0 && i % DELETED_ONE_IN == 0;
                ValueKind kind = isDeletion ? ValueKind.DELETION : ValueKind.VALUE;
                keys.add(InternalKey.of(orders[i].key(), sequence - 10L * version, kind));
            }
        }
        FileMetadata input = new FileMetadata(10, 1 << 20, keys.get(0), keys.get(keys.size() - 1));
        VersionEdit edit = new VersionEdit().add(1, input);
        int step = KEYS / DEEP_TABLES;
        for (int i = 0; i < DEEP_TABLES; i++) {
            Slice from = InternalKey.of(orders[i * step].key(), 1, ValueKind.VALUE);
            Slice to = InternalKey.of(orders[i * step + step / 2 - 1].key(), 1, ValueKind.VALUE);
            edit.add(3, new FileMetadata(100 + i, DEEP_BYTES, from, to));
        }
        version = Version.empty().with(edit);
        compaction =
                new Compaction(List.of(new Compaction.LevelInput(1, List.of(input))), 2, FileMetadata.ONLY_RUN, "");
    }

    /** Merges, with {@code oldestSnapshot}. */
    Output merge(long oldestSnapshot) {
        Output output = new Output();
        new CompactionJob(compaction, version, oldestSnapshot, TABLE_BYTES).run(new Entries(), output);
        return output;
    }

    /** Counts what a merge keeps. */
    static final class Output implements MergeOutput {
        private int entries;
        private int tables;
        private long sizeBytes;

        /** Entries that were kept. */
        int entries() {
            return entries;
        }

        /** Tables that they came into. */
        int tables() {
            return tables;
        }

        @Override
        public void add(Slice internalKey, Slice value) {
            entries++;
            sizeBytes += internalKey.length() + value.length();
        }

        @Override
        public long sizeBytes() {
            return sizeBytes;
        }

        @Override
        public void cut() {
            tables += sizeBytes > 0 ? 1 : 0;
            sizeBytes = 0;
        }

        @Override
        public List<FileMetadata> finish() {
            cut();
            return List.of();
        }
    }

    /** All entries. */
    private final class Entries implements InternalCursor {
        private int at = keys.size();

        @Override
        public boolean isValid() {
            return at >= 0 && at < keys.size();
        }

        @Override
        public void seekToFirst() {
            at = 0;
        }

        @Override
        public void seekToLast() {
            at = keys.size() - 1;
        }

        @Override
        public void seek(Slice internalKey) {
            throw new UnsupportedOperationException("a merge looks for nothing");
        }

        @Override
        public void next() {
            at++;
        }

        @Override
        public void prev() {
            at--;
        }

        @Override
        public Slice key() {
            return keys.get(at);
        }

        @Override
        public Slice value() {
            return InternalKey.kind(keys.get(at)) == ValueKind.DELETION ? Slice.EMPTY : VALUE;
        }

        @Override
        public void close() {}
    }
}
