package storagelab.peers;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.Cache;
import org.rocksdb.CompressionType;
import org.rocksdb.EnvOptions;
import org.rocksdb.FlushOptions;
import org.rocksdb.IngestExternalFileOptions;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.SstFileWriter;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;
import storagelab.api.Cursor;
import storagelab.api.Slice;
import storagelab.grader.bench.engine.EngineCounters;
import storagelab.grader.bench.engine.EngineSettings;
import storagelab.grader.bench.engine.FileSizes;
import storagelab.grader.bench.engine.PeerEngine;

/**
 * RocksDB through its own Java interface: a log that is written at every commit, filters of ten bits a key, a cache as large as
 * the budget, two threads in the background, no compression. What is not said here is RocksDB's own choice.
 */
public class RocksDbEngine implements PeerEngine {
    private static final int FILTER_BITS_PER_KEY = 10;
    private static final int BACKGROUND_JOBS = 2;
    private static final double BYTES_A_GIBIBYTE = 1 << 30;
    private static final long LOOK_NANOS = TimeUnit.MICROSECONDS.toNanos(500);
    private static final List<String> WORK = List.of(
            "rocksdb.num-running-flushes",
            "rocksdb.mem-table-flush-pending",
            "rocksdb.num-running-compactions",
            "rocksdb.compaction-pending");

    static {
        RocksDB.loadLibrary();
    }

    private final List<AutoCloseable> resources = new ArrayList<>();
    private @Nullable RocksDB database;
    private @Nullable WriteOptions writing;
    private @Nullable Path directory;

    /** How blocks are compressed. */
    CompressionType compression() {
        return CompressionType.NO_COMPRESSION;
    }

    /** Opens the database; {@code options} are those of this class. */
    RocksDB openDatabase(Options options, String place) throws RocksDBException {
        return RocksDB.open(options, place);
    }

    private RocksDB database() {
        if (database == null) {
            throw new IllegalStateException("not open");
        }
        return database;
    }

    final WriteOptions writing() {
        if (writing == null) {
            throw new IllegalStateException("not open");
        }
        return writing;
    }

    final <T extends AutoCloseable> T held(T resource) {
        resources.add(resource);
        return resource;
    }

    private Options options(EngineSettings settings) {
        Cache cache = held(new LRUCache(settings.cacheBytes()));
        BlockBasedTableConfig table = new BlockBasedTableConfig()
                .setBlockCache(cache)
                .setFilterPolicy(held(new BloomFilter(FILTER_BITS_PER_KEY)));
        return held(new Options())
                .setCreateIfMissing(true)
                .setWriteBufferSize(settings.memtableBytes())
                .setMaxBackgroundJobs(BACKGROUND_JOBS)
                .setCompressionType(compression())
                .setTableFormatConfig(table);
    }

    @Override
    public void open(Path place, EngineSettings settings) throws IOException {
        directory = place;
        writing = held(new WriteOptions()).setSync(settings.isSynced());
        try {
            database = openDatabase(options(settings), place.toString());
        } catch (RocksDBException e) {
            throw new IOException(e);
        }
    }

    /** Writes a table in the order of the keys, which RocksDB then takes over as its own. */
    @Override
    public void bulkLoad(Path place, EngineSettings settings, Cursor sorted) throws IOException {
        open(place, settings);
        Path table = place.resolveSibling(place.getFileName() + ".sst");
        try (EnvOptions environment = new EnvOptions();
                Options options = options(settings);
                SstFileWriter writer = new SstFileWriter(environment, options);
                IngestExternalFileOptions moved = new IngestExternalFileOptions().setMoveFiles(true)) {
            writer.open(table.toString());
            for (; sorted.isValid(); sorted.next()) {
                writer.put(sorted.key().toByteArray(), sorted.value().toByteArray());
            }
            writer.finish();
            database().ingestExternalFile(List.of(table.toString()), moved);
        } catch (RocksDBException e) {
            throw new IOException(e);
        }
    }

    @Override
    public void put(byte[] key, byte[] value) throws IOException {
        try {
            database().put(writing(), key, value);
        } catch (RocksDBException e) {
            throw new IOException(e);
        }
    }

    @Override
    public void putAll(byte[][] keys, byte[][] values) throws IOException {
        try (WriteBatch batch = new WriteBatch()) {
            for (int i = 0; i < keys.length; i++) {
                batch.put(keys[i], values[i]);
            }
            database().write(writing(), batch);
        } catch (RocksDBException e) {
            throw new IOException(e);
        }
    }

    @Override
    public @Nullable Slice get(byte[] key) throws IOException {
        try {
            byte[] value = database().get(key);
            return value == null ? null : Slice.wrap(value);
        } catch (RocksDBException e) {
            throw new IOException(e);
        }
    }

    @Override
    public void scan(byte[] from, int limit, EntryVisitor visitor) throws IOException {
        try (RocksIterator iterator = database().newIterator()) {
            iterator.seek(from);
            for (int i = 0; i < limit && iterator.isValid(); i++) {
                visitor.entry(Slice.wrap(iterator.key()), Slice.wrap(iterator.value()));
                iterator.next();
            }
            iterator.status();
        } catch (RocksDBException e) {
            throw new IOException(e);
        }
    }

    @Override
    public void checkpoint() throws IOException {
        try (FlushOptions waiting = new FlushOptions().setWaitForFlush(true)) {
            database().flush(waiting);
            while (isWorking()) {
                LockSupport.parkNanos(LOOK_NANOS);
            }
        } catch (RocksDBException e) {
            throw new IOException(e);
        }
    }

    private boolean isWorking() throws RocksDBException {
        for (String property : WORK) {
            if (database().getLongProperty(property) > 0) {
                return true;
            }
        }
        return false;
    }

    @Override
    public EngineCounters counters() throws IOException {
        if (directory == null) {
            throw new IllegalStateException("not open");
        }
        try {
            Map<String, String> tables = database().getMapProperty("rocksdb.cfstats");
            Map<String, String> logs = database().getMapProperty("rocksdb.dbstats");
            double tableBytes = number(tables, "compaction.Sum.WriteGB") * BYTES_A_GIBIBYTE;
            double written = tableBytes + number(logs, "db.wal_bytes_written");
            return new EngineCounters(
                    FileSizes.of(directory).sum(),
                    EngineCounters.UNKNOWN,
                    Double.isNaN(written) ? EngineCounters.UNKNOWN : (long) written);
        } catch (RocksDBException e) {
            throw new IOException(e);
        }
    }

    private static double number(Map<String, String> properties, String name) {
        String text = properties.get(name);
        return text == null ? Double.NaN : Double.parseDouble(text);
    }

    @Override
    public void close() throws IOException {
        try {
            if (database != null) {
                database.close();
            }
            Collections.reverse(resources);
            for (AutoCloseable resource : resources) {
                resource.close();
            }
        } catch (IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException(e);
        }
    }
}
