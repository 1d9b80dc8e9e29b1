package storagelab.sortedlog.toy;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import storagelab.api.Durability;
import storagelab.api.KeyValueStore;
import storagelab.api.LatencySummary;
import storagelab.api.Slice;
import storagelab.api.StoreClosedException;
import storagelab.api.StoreStats;
import storagelab.api.WriteBatch;

/**
 * A {@link ToyLog} that looks like a store, so that it can be held to the contract.
 *
 * <p>Each byte of a key or value becomes one character. The text of a value begins with {@code =}; the toy has no way to
 * delete, so a value of {@code -} stands for none.
 *
 * <p>Concurrency: one thread, as the toy. Batches are written line by line, and {@link Durability#SYNCED} is not.
 */
final class ToyLogStore implements KeyValueStore {
    private static final String DELETED = "-";
    private static final String VALUE = "=";

    private final Path file;
    private final ToyLog log;
    private boolean closed;

    ToyLogStore(Path file) {
        this.file = file;
        this.log = ToyLog.open(file, InstantSource.system());
        log.rebuildIndex();
    }

    @Override
    public Optional<Slice> get(Slice key) {
        failIfClosed();
        return log.get(text(key))
                .filter(value -> value.startsWith(VALUE))
                .map(value -> Slice.wrap(value.substring(VALUE.length()).getBytes(ISO_8859_1)));
    }

    @Override
    public void write(WriteBatch batch, Durability durability) {
        failIfClosed();
        for (WriteBatch.Operation operation : batch.operations()) {
            String value = operation instanceof WriteBatch.Put put ? VALUE + text(put.value()) : DELETED;
            log.append(text(operation.key()), value);
        }
    }

    @Override
    public StoreStats stats() {
        return new StoreStats(Map.of(), LatencySummary.NONE, LatencySummary.NONE);
    }

    @Override
    public void close() {
        closed = true;
        log.close();
    }

    private void failIfClosed() {
        if (closed) {
            throw new StoreClosedException(file.toString());
        }
    }

    private static String text(Slice bytes) {
        return new String(bytes.toByteArray(), ISO_8859_1);
    }
}
