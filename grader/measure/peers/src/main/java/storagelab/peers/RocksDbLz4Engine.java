package storagelab.peers;

import org.rocksdb.CompressionType;

/** RocksDB with blocks compressed by LZ4 on every level. */
public final class RocksDbLz4Engine extends RocksDbEngine {
    @Override
    CompressionType compression() {
        return CompressionType.LZ4_COMPRESSION;
    }
}
