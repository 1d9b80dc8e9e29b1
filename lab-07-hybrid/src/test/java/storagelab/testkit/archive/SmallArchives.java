package storagelab.testkit.archive;

import java.nio.file.Path;
import storagelab.archive.ArchiveOptions;
import storagelab.archive.ArchiveTier;
import storagelab.archive.DirectoryObjectStore;
import storagelab.archive.ObjectStore;
import storagelab.sstable.Compression;

/** Archives with so small objects and overlays that a short run has many of them. */
public final class SmallArchives {
    /** Objects of a few entries, an overlay of some ten, memory for two indexes and few blocks, and rewriting all the time. */
    public static final ArchiveOptions TINY = ArchiveOptions.defaults("tiny")
            .withSizes(new ArchiveOptions.Sizes(300, 60, 150))
            .withMemory(new ArchiveOptions.Memory(1_500, 1_000, 400))
            .withRecentMax(3)
            .withCompression(Compression.NONE);

    /** Objects of some hundred entries: for tests of many writes. */
    public static final ArchiveOptions SMALL = ArchiveOptions.defaults("small")
            .withSizes(new ArchiveOptions.Sizes(16_000, 1_000, 4_000))
            .withMemory(new ArchiveOptions.Memory(30_000, 20_000, 2_000))
            .withRecentMax(3);

    private SmallArchives() {}

    /** Opens an archive with its objects in a directory next to its index. */
    public static ArchiveTier open(Path directory, ArchiveOptions options) {
        return open(directory, DirectoryObjectStore.open(directory.resolve("objects")), options);
    }

    /** Opens an archive with its objects in {@code store}. */
    public static ArchiveTier open(Path directory, ObjectStore store, ArchiveOptions options) {
        return ArchiveTier.open(directory, store, options);
    }
}
