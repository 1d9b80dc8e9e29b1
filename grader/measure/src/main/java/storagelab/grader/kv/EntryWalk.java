package storagelab.grader.kv;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import storagelab.api.CorruptionException;
import storagelab.api.Cursor;
import storagelab.api.KeyRange;
import storagelab.api.OrderedStore;
import storagelab.api.Slice;

/** Reads every entry of a store, and with it every page or block that an entry is in, whose checksums are compared then. */
final class EntryWalk {
    private EntryWalk() {}

    /** What reading all entries of {@code store} has found: the first damage, or keys that do not ascend. */
    static Verdict verify(OrderedStore store) {
        long entries = 0;
        long bytes = 0;
        Slice last = null;
        try (Cursor cursor = store.cursor(KeyRange.all())) {
            for (cursor.seekToFirst(); cursor.isValid(); cursor.next()) {
                Slice key = cursor.key();
                if (last != null && key.compareTo(last) <= 0) {
                    return verdict("Damaged: the key " + key + " comes after " + last + ".", entries, bytes);
                }
                last = Slice.wrap(key.toByteArray());
                entries++;
                bytes += (long) key.length() + cursor.value().length();
            }
            return verdict(null, entries, bytes);
        } catch (CorruptionException e) {
            return verdict("Damaged: " + e.getMessage() + ".", entries, bytes);
        }
    }

    private static Verdict verdict(@Nullable String finding, long entries, long bytes) {
        List<String> findings = finding == null ? List.of() : List.of(finding);
        Map<String, Object> numbers = new LinkedHashMap<>();
        numbers.put("entries", entries);
        numbers.put("entryBytes", bytes);
        numbers.put("findings", findings);
        return new Verdict(
                findings.isEmpty(),
                findings,
                "%s, %,d bytes of keys and values".formatted(Counted.of(entries, "entry"), bytes),
                numbers);
    }
}
