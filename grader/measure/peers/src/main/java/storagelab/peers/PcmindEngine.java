package storagelab.peers;

import org.iq80.leveldb.DB;
import org.iq80.leveldb.DBFactory;
import org.iq80.leveldb.Options;
import org.iq80.leveldb.impl.Iq80DBFactory;
import org.iq80.leveldb.table.BloomFilterPolicy;

/** A later fork of {@link Iq80Engine}'s port, with a cache, and filters of ten bits a key. */
public final class PcmindEngine extends LevelDbEngine {
    private static final int FILTER_BITS_PER_KEY = 10;
    private static final byte[] ABOVE_ALL_KEYS = {(byte) 0xff};

    @Override
    DBFactory factory() {
        return Iq80DBFactory.factory;
    }

    @Override
    Options tune(Options options) {
        return options.filterPolicy(new BloomFilterPolicy(FILTER_BITS_PER_KEY));
    }

    /** Merging any range begins with the memtable; in this range there is nothing to go on with. */
    @Override
    void flush(DB opened) {
        opened.compactRange(ABOVE_ALL_KEYS, ABOVE_ALL_KEYS);
    }
}
