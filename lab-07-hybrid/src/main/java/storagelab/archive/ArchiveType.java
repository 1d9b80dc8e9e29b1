package storagelab.archive;

import java.nio.file.Path;
import storagelab.api.EngineSnapshot;
import storagelab.api.StorageEngine;
import storagelab.recovery.DurableOptions;
import storagelab.recovery.EngineType;

/**
 * An {@link ArchiveTier} as the engine of a store: behind lab 6's log, or as one of several tiers.
 *
 * @param stores opens the object store of an archive
 * @param options of the archive
 */
public record ArchiveType(Stores stores, ArchiveOptions options) implements EngineType {
    /** The objects are in a directory next to the index. */
    private static final String OBJECTS = "objects";

    /** Opens the object store of the archive in a directory, which the directory may have a part in. */
    @FunctionalInterface
    public interface Stores {
        /** Opens the store. */
        ObjectStore open(Path directory);

        /** Opens the store for reading. */
        default ObjectStore openReadOnly(Path directory) {
            return open(directory);
        }
    }

    /** An archive whose objects are in the directory {@code objects} within its own. */
    public static ArchiveType inDirectory(ArchiveOptions options) {
        return new ArchiveType(new InDirectory(), options);
    }

    @Override
    public String id() {
        return "archive";
    }

    @Override
    public StorageEngine open(Path directory, DurableOptions durable) {
        return ArchiveTier.open(directory, stores.open(directory), options);
    }

    @Override
    public EngineSnapshot openReadOnly(Path directory, DurableOptions durable) {
        return ArchiveTier.openReadOnly(directory, stores.openReadOnly(directory), options);
    }

    /** {@inheritDoc} Objects that were replaced stay as long as a snapshot needs them. */
    @Override
    public boolean keepsVersions() {
        return true;
    }

    private record InDirectory() implements Stores {
        @Override
        public ObjectStore open(Path directory) {
            return DirectoryObjectStore.open(directory.resolve(OBJECTS));
        }

        @Override
        public ObjectStore openReadOnly(Path directory) {
            return DirectoryObjectStore.openReadOnly(directory.resolve(OBJECTS));
        }
    }
}
