package storagelab.recovery;

import java.nio.file.Path;
import storagelab.api.EngineSnapshot;
import storagelab.api.StorageEngine;

/**
 * A type of engine that a log can stand in front of: one of {@link EngineKind}, or one that is made of several engines, which a
 * later lab brings along.
 *
 * <p>Concurrency: immutable.
 */
public interface EngineType {
    /**
     * The name that the type has in the file {@code FORMAT} of a store, which is also the name of the engine's directory: lower-case
     * letters, digits and hyphens, a letter first. It is in files and never changes; no two types have the same.
     */
    String id();

    /**
     * Opens the engine in {@code directory}, which is created if it does not exist. It keeps no log of its own.
     *
     * @throws storagelab.api.StorageIoException if the file system refuses
     * @throws storagelab.api.CorruptionException if a file is damaged or missing
     */
    StorageEngine open(Path directory, DurableOptions options);

    /**
     * Opens the engine in {@code directory} for reading, as it is on the disk. Nothing is written, created or deleted. Closing the
     * snapshot closes the engine.
     *
     * @throws storagelab.api.StorageIoException if the file system refuses
     * @throws storagelab.api.CorruptionException if a file is damaged or missing
     */
    EngineSnapshot openReadOnly(Path directory, DurableOptions options);

    /**
     * Whether the engine keeps older versions of its entries itself, so that a snapshot of it may be held for a long time at the
     * cost of those versions. Otherwise a snapshot pins more than it reads, such as every page that is changed since.
     */
    boolean keepsVersions();
}
