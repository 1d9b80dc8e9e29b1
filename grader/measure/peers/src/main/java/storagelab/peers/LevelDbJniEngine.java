package storagelab.peers;

import org.fusesource.leveldbjni.JniDBFactory;
import org.iq80.leveldb.DB;
import org.iq80.leveldb.DBFactory;

/** LevelDB itself, native code of 2013. Its Java interface cannot give it a filter. */
public final class LevelDbJniEngine extends LevelDbEngine {
    private static final byte[] ABOVE_ALL_KEYS = {(byte) 0xff};

    @Override
    DBFactory factory() {
        return JniDBFactory.factory;
    }

    /** Merging any range begins with the memtable; in this range there is nothing to go on with. */
    @Override
    void flush(DB opened) {
        opened.compactRange(ABOVE_ALL_KEYS, ABOVE_ALL_KEYS);
    }
}
