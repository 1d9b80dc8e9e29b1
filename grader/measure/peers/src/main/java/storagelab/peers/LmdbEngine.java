package storagelab.peers;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.lmdbjava.ByteBufferProxy;
import org.lmdbjava.Cursor;
import org.lmdbjava.Dbi;
import org.lmdbjava.DbiFlags;
import org.lmdbjava.Env;
import org.lmdbjava.EnvFlags;
import org.lmdbjava.GetOp;
import org.lmdbjava.PutFlags;
import org.lmdbjava.Txn;
import storagelab.api.Slice;
import storagelab.grader.bench.engine.EngineCounters;
import storagelab.grader.bench.engine.EngineSettings;
import storagelab.grader.bench.engine.TransactionalEngine;

/**
 * LMDB through lmdbjava: a transaction a put, without a sync unless puts have to be durable. Reading transactions are kept and
 * renewed, one a thread. What it finds lies in the mapped file and is gone with the transaction, so it is copied out.
 *
 * <p>It has no cache of its own but that of the operating system, which no budget bounds.
 */
public class LmdbEngine implements TransactionalEngine {
    /** A map has room for this many times the data, and {@link #MAP_BYTES_MIN}. */
    private static final long MAP_FACTOR = 4;

    private static final long MAP_BYTES_MIN = 1L << 30;
    private static final byte[] NAME = "records".getBytes(StandardCharsets.UTF_8);
    private static final int KEY_BYTES_MAX = 511;
    private static final int VALUE_BYTES_MAX = 4096;

    private final Queue<Reader> readers = new ConcurrentLinkedQueue<>();
    private final ThreadLocal<Reader> reader = ThreadLocal.withInitial(() -> {
        Reader made = new Reader(env(), dbi());
        readers.add(made);
        return made;
    });
    private final ThreadLocal<Buffers> buffers = ThreadLocal.withInitial(Buffers::new);
    private @Nullable Env<ByteBuffer> env;
    private @Nullable Dbi<ByteBuffer> dbi;

    /** How the environment is opened. */
    EnvFlags[] flags(EngineSettings settings) {
        return settings.isSynced()
                ? new EnvFlags[] {EnvFlags.MDB_NOTLS}
                : new EnvFlags[] {EnvFlags.MDB_NOTLS, EnvFlags.MDB_NOSYNC};
    }

    /** Where a thread puts what it hands to LMDB, which wants memory outside of the heap. */
    private static final class Buffers {
        private final ByteBuffer key = ByteBuffer.allocateDirect(KEY_BYTES_MAX);
        private final ByteBuffer value = ByteBuffer.allocateDirect(VALUE_BYTES_MAX);

        ByteBuffer key(byte[] bytes) {
            return key.clear().put(bytes).flip();
        }

        ByteBuffer value(byte[] bytes) {
            return value.clear().put(bytes).flip();
        }
    }

    /** The reading transaction of a thread, with its cursor. */
    private static final class Reader {
        private final Txn<ByteBuffer> transaction;
        private final Cursor<ByteBuffer> cursor;

        Reader(Env<ByteBuffer> env, Dbi<ByteBuffer> dbi) {
            transaction = env.txnRead();
            cursor = dbi.openCursor(transaction);
            transaction.reset();
        }

        void close() {
            cursor.close();
            transaction.close();
        }
    }

    private Env<ByteBuffer> env() {
        if (env == null) {
            throw new IllegalStateException("not open");
        }
        return env;
    }

    private Dbi<ByteBuffer> dbi() {
        if (dbi == null) {
            throw new IllegalStateException("not open");
        }
        return dbi;
    }

    @Override
    public void open(Path directory, EngineSettings settings) {
        env = Env.create(ByteBufferProxy.PROXY_OPTIMAL)
                .setMapSize(Math.max(MAP_BYTES_MIN, MAP_FACTOR * settings.dataBytes()))
                .setMaxDbs(1)
                .open(directory.toFile(), flags(settings));
        dbi = env.openDbi(NAME, DbiFlags.MDB_CREATE);
    }

    @Override
    public void bulkLoad(Path directory, EngineSettings settings, storagelab.api.Cursor sorted) {
        open(directory, settings);
        Buffers own = buffers.get();
        try (Txn<ByteBuffer> transaction = env().txnWrite();
                Cursor<ByteBuffer> cursor = dbi().openCursor(transaction)) {
            for (; sorted.isValid(); sorted.next()) {
                boolean unused = cursor.put(
                        own.key(sorted.key().toByteArray()),
                        own.value(sorted.value().toByteArray()),
                        PutFlags.MDB_APPEND);
            }
            transaction.commit();
        }
        checkpoint();
    }

    @Override
    public void put(byte[] key, byte[] value) {
        Buffers own = buffers.get();
        try (Txn<ByteBuffer> transaction = env().txnWrite()) {
            boolean unused = dbi().put(transaction, own.key(key), own.value(value));
            transaction.commit();
        }
    }

    /** In a writing transaction, of which there is one at a time. */
    @Override
    public void update(byte[] key, Function<? super Slice, byte[]> change) {
        Buffers own = buffers.get();
        try (Txn<ByteBuffer> transaction = env().txnWrite()) {
            ByteBuffer wrapped = own.key(key);
            ByteBuffer value = dbi().get(transaction, wrapped);
            boolean unused = dbi().put(transaction, wrapped, own.value(change.apply(copy(value))));
            transaction.commit();
        }
    }

    @Override
    public void putAll(byte[][] keys, byte[][] values) {
        Buffers own = buffers.get();
        try (Txn<ByteBuffer> transaction = env().txnWrite()) {
            for (int i = 0; i < keys.length; i++) {
                boolean unused = dbi().put(transaction, own.key(keys[i]), own.value(values[i]));
            }
            transaction.commit();
        }
    }

    @Override
    public @Nullable Slice get(byte[] key) {
        Txn<ByteBuffer> transaction = reader.get().transaction;
        transaction.renew();
        try {
            ByteBuffer value = dbi().get(transaction, buffers.get().key(key));
            return value == null ? null : copy(value);
        } finally {
            transaction.reset();
        }
    }

    private static Slice copy(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return Slice.wrap(bytes);
    }

    @Override
    public void scan(byte[] from, int limit, EntryVisitor visitor) {
        Reader own = reader.get();
        own.transaction.renew();
        try {
            own.cursor.renew(own.transaction);
            boolean found = own.cursor.get(buffers.get().key(from), GetOp.MDB_SET_RANGE);
            for (int i = 0; i < limit && found; i++) {
                visitor.entry(copy(own.cursor.key()), copy(own.cursor.val()));
                found = own.cursor.next();
            }
        } finally {
            own.transaction.reset();
        }
    }

    @Override
    public void checkpoint() {
        env().sync(true);
    }

    /** What is in use of the file, which has holes up to the size of the map where it is written through the map. */
    @Override
    public EngineCounters counters() {
        long pages = env().info().lastPageNumber + 1;
        return new EngineCounters(pages * env().stat().pageSize, EngineCounters.UNKNOWN);
    }

    @Override
    public void close() throws IOException {
        readers.forEach(Reader::close);
        if (env != null) {
            env.close();
        }
    }
}
