package storagelab.peers;

import java.io.IOException;
import org.iq80.leveldb.DB;
import org.iq80.leveldb.DBFactory;
import org.iq80.leveldb.impl.Iq80DBFactory;

/** The port of LevelDB to Java by Dain Sundstrom. It maps its tables into memory and has neither cache nor filter. */
public final class Iq80Engine extends LevelDbEngine {
    @Override
    DBFactory factory() {
        return Iq80DBFactory.factory;
    }

    /** By name: the class that this is compiled with is that of the fork, which has no such method. */
    @Override
    void flush(DB opened) throws IOException {
        try {
            Object unused = opened.getClass().getMethod("flushMemTable").invoke(opened);
        } catch (ReflectiveOperationException e) {
            throw new IOException(e);
        }
    }
}
