package storagelab.testkit;

import com.google.common.collect.ImmutableMap;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import storagelab.api.KeyValueStore;
import storagelab.testkit.StoreOperation.Upkeep;

/**
 * A kind of store as a model test sees it: how one is opened, and what else it can be told to do.
 *
 * @param <S> the store
 * @param name what the store is called in messages and in names of trace files
 * @param directories gives a fresh, empty directory for each run
 * @param opener opens a store in a directory
 * @param upkeep what the store can do besides reading and writing
 */
public record StoreSubject<S extends KeyValueStore>(
        String name, Supplier<Path> directories, Function<Path, S> opener, Map<Upkeep, Consumer<S>> upkeep) {
    /** Copies the map. */
    public StoreSubject {
        upkeep = ImmutableMap.copyOf(upkeep);
    }

    /** A store that can be read and written, and no more is known. */
    public static <S extends KeyValueStore> StoreSubject<S> of(
            String name, Supplier<Path> directories, Function<Path, S> opener) {
        return new StoreSubject<>(name, directories, opener, Map.of());
    }

    /** The same store, which can also flush. */
    public StoreSubject<S> flushing(Consumer<S> flush) {
        return with(Upkeep.FLUSH, flush);
    }

    /** The same store, which can also merge its files. */
    public StoreSubject<S> compacting(Consumer<S> compact) {
        return with(Upkeep.COMPACT, compact);
    }

    /** The same store, which keeps its content when it is closed and opened again. */
    public StoreSubject<S> reopening() {
        return with(Upkeep.REOPEN, store -> {});
    }

    /** What the store can do besides reading and writing. */
    Set<Upkeep> abilities() {
        return upkeep.keySet();
    }

    private StoreSubject<S> with(Upkeep kind, Consumer<S> action) {
        return new StoreSubject<>(
                name,
                directories,
                opener,
                ImmutableMap.<Upkeep, Consumer<S>>builder()
                        .putAll(upkeep)
                        .put(kind, action)
                        .buildKeepingLast());
    }
}
