package storagelab.lsm;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import storagelab.api.Slice;
import storagelab.manifest.FileMetadata;
import storagelab.manifest.SortedRun;
import storagelab.manifest.Version;
import storagelab.sstable.InternalCursor;
import storagelab.sstable.InternalKey;
import storagelab.sstable.InternalKeyOrder;

/** Reads all tables of a version and proves what has to be true of them. Concurrency: one thread. */
final class LsmVerifier {
    private LsmVerifier() {}

    /**
     * Throws if a table's entries are not in order or not within the bounds that the manifest says, or if of a key an
     * older version is found before a newer one.
     */
    static void verify(OpenTables tables, Version version) {
        Map<Slice, Long> oldest = new HashMap<>(); // sequence of each key in the newer runs
        for (SortedRun run : version.runs()) {
            Map<Slice, Long> here = new HashMap<>();
            run.files().forEach(file -> read(tables, file, oldest, here));
            here.forEach((key, sequence) -> oldest.merge(key, sequence, Math::min));
        }
    }

    private static void read(OpenTables tables, FileMetadata file, Map<Slice, Long> oldest, Map<Slice, Long> here) {
        try (InternalCursor cursor = tables.get(file).cursor()) {
            Slice last = null;
            for (cursor.seekToFirst(); cursor.isValid(); cursor.next()) {
                Slice key = cursor.key();
                check(
                        last == null ? key.equals(file.smallest()) : InternalKeyOrder.ORDER.compare(last, key) < 0,
                        file,
                        key,
                        last);
                Slice user = Slice.wrap(InternalKey.userKey(key).toByteArray());
                long sequence = InternalKey.sequence(key);
                Long above = oldest.get(user);
                if (above != null && above <= sequence) {
                    throw new AssertionError(
                            file + " has " + InternalKey.toString(key) + ", and a newer run has @" + above);
                }
                here.merge(user, sequence, Math::min);
                last = key;
            }
            check(last != null && last.equals(file.largest()), file, last, null);
        }
    }

    private static void check(boolean holds, FileMetadata file, @Nullable Slice key, @Nullable Slice last) {
        if (!holds) {
            throw new AssertionError(file + " has " + (key == null ? "nothing" : InternalKey.toString(key))
                    + (last == null ? " at its end" : " behind " + InternalKey.toString(last)));
        }
    }
}
