package storagelab.grader.serve;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import storagelab.kv.CrashSafeStore;
import storagelab.kv.ExpiringStore;
import storagelab.recovery.DurableOptions;
import storagelab.recovery.EngineKind;
import storagelab.wal.SegmentAccess;

/** A store and a server for it, with a clock that is moved by hand. */
final class ServedStore implements AutoCloseable {
    private final AtomicLong nowMillis =
            new AtomicLong(Instant.parse("2026-01-01T00:00:00Z").toEpochMilli());
    private final List<Throwable> problems = new CopyOnWriteArrayList<>();
    private final ExpiringStore store;
    private final RespServer server;

    ServedStore(Path directory, ServeOptions options) throws IOException {
        this(directory, EngineKind.BTREE, options);
    }

    ServedStore(Path directory, EngineKind engine, ServeOptions options) throws IOException {
        DurableOptions durable = DurableOptions.defaults(engine)
                .withSyncPolicy(options.durability().syncPolicy());
        if (directory.getFileSystem() != java.nio.file.FileSystems.getDefault()) {
            durable = durable.withLog(durable.log().withAccess(SegmentAccess.CHANNEL)); // cannot be mapped
        }
        InstantSource clock = () -> Instant.ofEpochMilli(nowMillis.get());
        store = ExpiringStore.open(directory, durable, clock);
        server = RespServer.start(store, options.withClock(clock), problems::add);
    }

    RespClient connect() throws IOException {
        return new RespClient(server.address());
    }

    RespServer server() {
        return server;
    }

    /** The store beneath, which still has what has expired. */
    CrashSafeStore stored() {
        return store.stored();
    }

    ExpiringStore store() {
        return store;
    }

    /** What the server has reported. */
    List<Throwable> problems() {
        return problems;
    }

    /** Lets time pass. */
    void pass(Duration duration) {
        nowMillis.addAndGet(duration.toMillis());
    }

    @Override
    public void close() {
        server.close();
        store.close();
    }
}
