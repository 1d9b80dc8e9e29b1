package storagelab.grader.kv;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import storagelab.api.Cursor;
import storagelab.api.KeyRange;
import storagelab.api.OrderedStore;
import storagelab.api.TransactionalStore;
import storagelab.grader.LabException;

/**
 * A store that the shell has opened: its entries, and what only stores of its kind can do or say.
 *
 * <p>Concurrency: one thread at a time.
 */
abstract class OpenStore implements AutoCloseable {
    private final StoreKind kind;
    private final Path home;
    private final boolean isReadOnly;

    OpenStore(StoreKind kind, Path home, boolean isReadOnly) {
        this.kind = kind;
        this.home = home;
        this.isReadOnly = isReadOnly;
    }

    /** What kind of store it is. */
    final StoreKind kind() {
        return kind;
    }

    /** Its directory. */
    final Path home() {
        return home;
    }

    /** Whether it takes no writes. */
    final boolean isReadOnly() {
        return isReadOnly;
    }

    /** The entries. */
    abstract OrderedStore entries();

    /** The same store with transactions, if it has them. */
    Optional<TransactionalStore> transactions() {
        return Optional.empty();
    }

    /** What opening has found, one sentence each. */
    List<String> notices(StorePlace place) {
        return List.of();
    }

    /** Makes all that was written durable where the store keeps it in the long run. */
    abstract void checkpoint();

    /** Merges what can be merged, and says what came of it. */
    List<String> compact(boolean isForLevelDb) {
        throw LabException.usage(
                "There is nothing to merge in " + kind.description() + ".",
                "compact works on stores of the kinds leveldb, lsm and logs; checkpoint works on all of them.");
    }

    /** What the store consists of: a line for a person. */
    abstract List<String> lines();

    /** What the store consists of, for a program. */
    abstract Map<String, Object> numbers();

    /** How much room the entries in {@code range} take: counted, unless the kind knows it without reading them. */
    StoreSize size(KeyRange range) {
        long entries = 0;
        long bytes = 0;
        try (Cursor cursor = entries().cursor(range)) {
            for (cursor.seekToFirst(); cursor.isValid(); cursor.next()) {
                entries++;
                bytes += (long) cursor.key().length() + cursor.value().length();
            }
        }
        return StoreSize.counted(entries, bytes);
    }

    @Override
    public final void close() {
        entries().close();
    }
}
