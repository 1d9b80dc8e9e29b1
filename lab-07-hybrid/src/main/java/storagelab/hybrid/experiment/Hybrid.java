package storagelab.hybrid.experiment;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import storagelab.api.KeyValueStore;
import storagelab.btree.BTreeOptions;
import storagelab.btree.BTreeStore;
import storagelab.file.FileMetrics;
import storagelab.hybrid.toy.Moves;
import storagelab.hybrid.toy.SimpleHybridEngine;
import storagelab.hybrid.toy.Thresholds;

/**
 * A hybrid store as the experiments see it: requests go in, and what moves and bytes they have cost can be asked. One is {@link #toy},
 * the other one {@link RealHybrid}.
 */
interface Hybrid extends AutoCloseable {
    /** Reports what it is called in tables. */
    String name();

    /** Where the requests go. */
    KeyValueStore store();

    /** What was put to fill the store is to be in its engines, and not only in memory. */
    default void filled() {}

    /** A caller has its answer. What the store does now is work for which no caller waits; the toy does all of its work in requests. */
    default void answered() {}

    /** Keys that were moved with their values, in either direction. */
    long moves();

    /** Bytes of memory for what it knows about its load. */
    long bookkeepingBytes();

    /** Bytes in the files of its B+tree. */
    long btreeBytes();

    /** Bytes in the files of its LSM tree. */
    long lsmBytes();

    /** Bytes that its engines have written to their files. */
    default long bytesWritten() {
        return store().stats().get(FileMetrics.BYTES_WRITTEN);
    }

    @Override
    default void close() {
        store().close();
    }

    /** The toy over a B+tree for hot keys and an LSM tree for cold ones, both small, without threads of their own. */
    static Hybrid toy(Path directory, Thresholds thresholds) {
        SimpleHybridEngine engine = new SimpleHybridEngine(hot(directory), cold(directory), thresholds);
        return new Hybrid() {
            @Override
            public String name() {
                return "the toy";
            }

            @Override
            public KeyValueStore store() {
                return engine;
            }

            @Override
            public long moves() {
                Moves moves = engine.moves();
                return moves.promotions() + moves.demotions();
            }

            @Override
            public long bookkeepingBytes() {
                Moves moves = engine.moves();
                return Bookkeeping.ofToy(engine.countedKeys(), moves.promotions() - moves.demotions());
            }

            @Override
            public long btreeBytes() {
                return bytesIn(directory.resolve("hot"));
            }

            @Override
            public long lsmBytes() {
                return bytesIn(directory.resolve("cold"));
            }
        };
    }

    /** The toy's engine for hot keys, alone. */
    static KeyValueStore hot(Path directory) {
        return BTreeStore.open(
                directory.resolve("hot"),
                BTreeOptions.defaults().withPoolBytes(4 << 20).withCheckpointBytes(128 << 10));
    }

    /** The toy's engine for cold keys, alone. */
    static KeyValueStore cold(Path directory) {
        return new FlushedLsm(directory.resolve("cold"));
    }

    /** Bytes in all files below a directory. */
    static long bytesIn(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            long bytes = 0;
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                bytes += Files.size(file);
            }
            return bytes;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
