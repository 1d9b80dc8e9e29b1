package storagelab.lsm;

import java.io.Closeable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import storagelab.api.CorruptionException;
import storagelab.api.StoreClosedException;
import storagelab.bloom.FilterPolicy;
import storagelab.file.StatsRecorder;
import storagelab.file.StoreFile;
import storagelab.manifest.FileMetadata;
import storagelab.manifest.LsmFileNames;
import storagelab.manifest.Version;
import storagelab.sstable.BlockCache;
import storagelab.sstable.BlockSlots;
import storagelab.sstable.SsTable;
import storagelab.sstable.TableSource;

/**
 * The tables of a store that are open, and those that still have to be there although the newest version does not have
 * them: somebody reads an older version. A table is opened when it is first wanted, and stays open; it is closed and
 * deleted when the last version that has it is neither current nor pinned.
 *
 * <p>Concurrency: safe for many threads.
 */
final class OpenTables implements Closeable {
    private final Path directory;
    private final @Nullable BlockCache cache; // null without a budget
    private final @Nullable FilterPolicy filter;
    private final FileAccess access;
    private final StatsRecorder stats;
    private final Map<Long, SsTable> open = new ConcurrentHashMap<>();
    private final Map<Version, Integer> pins = new HashMap<>(); // guarded by this
    private final Set<Long> obsolete = new HashSet<>(); // guarded by this
    private Version current = Version.empty(); // guarded by this
    private volatile boolean closed; // changed under this

    OpenTables(Path directory, LsmOptions options, StatsRecorder stats) {
        this.directory = directory;
        this.cache = options.cacheBytes() == 0 ? null : new BlockCache(options.cacheBytes());
        this.filter = options.table().filter();
        this.access = options.fileAccess();
        this.stats = stats;
    }

    /** Where a table keeps its blocks; without a budget, nowhere. */
    private BlockSlots slots(int blockCount) {
        return cache == null ? BlockSlots.none() : cache.slots(blockCount);
    }

    /** Bytes of the blocks that are in memory. */
    long cachedBytes() {
        return cache == null ? 0 : cache.usedBytes();
    }

    /**
     * The table of a file, which is opened if it is not.
     *
     * @throws StoreClosedException if {@link #close} was called
     */
    SsTable get(FileMetadata file) {
        SsTable table = open.get(file.number());
        return table != null ? table : opened(file);
    }

    private SsTable opened(FileMetadata file) {
        checkOpen();
        SsTable table = open.computeIfAbsent(file.number(), number -> open(file));
        if (closed) { // perhaps too late for close to have seen it
            open.remove(file.number(), table);
            table.close();
        }
        checkOpen();
        return table;
    }

    private void checkOpen() {
        if (closed) {
            throw new StoreClosedException(directory.toString());
        }
    }

    /** Keeps the tables of a version until {@link #unpin} was called as often. */
    synchronized void pin(Version version) {
        pins.merge(version, 1, Integer::sum);
    }

    /** Takes back a {@link #pin}. */
    synchronized void unpin(Version version) {
        pins.computeIfPresent(version, (same, count) -> count == 1 ? null : count - 1);
        removeObsolete();
    }

    /** Says which version is the newest. Tables that it has no more are deleted as soon as nobody reads them. */
    synchronized void setCurrent(Version version) {
        current.files().forEach(file -> obsolete.add(file.number()));
        version.files().forEach(file -> obsolete.remove(file.number()));
        current = version;
        removeObsolete();
    }

    /** Closes all of them. From now on none is opened, and no file is deleted: the directory may be another store's. */
    @Override
    public synchronized void close() {
        closed = true;
        open.values().forEach(SsTable::close);
        open.clear();
    }

    private void removeObsolete() {
        if (obsolete.isEmpty() || closed) {
            return;
        }
        Set<Long> wanted = new HashSet<>();
        pins.keySet().forEach(version -> version.files().forEach(file -> wanted.add(file.number())));
        for (long number : List.copyOf(obsolete)) {
            if (!wanted.contains(number)) {
                obsolete.remove(number);
                StoreFile.delete(LsmFileNames.table(directory, number)); // first, or a late reader would open it again
                StoreFile.delete(LsmFileNames.legacyTable(directory, number));
                SsTable table = open.remove(number);
                if (table != null) {
                    table.close();
                }
            }
        }
    }

    private SsTable open(FileMetadata file) {
        return open(file, this::slots);
    }

    /** The table of a file, for the caller alone, who closes it; its blocks are read from the disk and not kept. */
    SsTable openApart(FileMetadata file) {
        return open(file, blocks -> BlockSlots.none());
    }

    /** As {@link #openApart(FileMetadata)}, of a file of which only the name is known. */
    SsTable openApart(Path file) {
        return SsTable.open(access.openTable(file, stats), blocks -> BlockSlots.none(), filter);
    }

    private SsTable open(FileMetadata file, IntFunction<? extends BlockSlots> cache) {
        Path path = existing(directory, file);
        TableSource source = access.openTable(path, stats);
        if (source.sizeBytes() != file.sizeBytes()) {
            try (source) {
                throw new CorruptionException(path, 0, file.sizeBytes() + " bytes", source.sizeBytes() + " bytes");
            }
        }
        return SsTable.open(source, cache, filter);
    }

    /**
     * Where a table is: under the name that old LevelDBs gave it, if not under the one of today.
     *
     * @throws CorruptionException if it is not there
     */
    static Path existing(Path directory, FileMetadata file) {
        List<Path> names = new ArrayList<>(List.of(
                LsmFileNames.table(directory, file.number()), LsmFileNames.legacyTable(directory, file.number())));
        for (Path name : names) {
            if (Files.exists(name)) {
                return name;
            }
        }
        throw new CorruptionException(names.get(0), 0, file.toString() + ", which the manifest names", "no file");
    }
}
