package storagelab.grader.serve;

import com.google.common.base.Throwables;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import storagelab.api.KeyValueStore;
import storagelab.api.StorageException;
import storagelab.grader.LabException;
import storagelab.hybrid.HybridEngine;
import storagelab.hybrid.HybridOptions;
import storagelab.hybrid.HybridStore;
import storagelab.kv.CrashSafeStore;
import storagelab.kv.ExpiringStore;
import storagelab.recovery.DurableOptions;
import storagelab.recovery.EngineKind;
import storagelab.recovery.EngineType;
import storagelab.recovery.StoreFormat;
import storagelab.recovery.StoredValues;

/** Serves a store until the process is asked to end. */
public final class ServeRun {
    private ServeRun() {}

    /**
     * Where a server says what it does.
     *
     * @param out where it says that it has begun, and that it has ended
     * @param err where it says what goes wrong
     * @param shown the store, as the person at the keyboard knows it
     */
    public record Messages(PrintWriter out, PrintWriter err, String shown) {}

    /**
     * Serves the store in {@code directory} until the process gets SIGTERM or SIGINT. Then it sends the replies that it owes, and
     * closes the store. If there is no store, one is made whose values may expire.
     *
     * @param engine of a store that is made
     * @return the exit code
     * @throws LabException if the address cannot be listened on; the store is closed then
     * @throws StorageException if the store cannot be opened
     */
    public static int run(Path directory, EngineType engine, ServeOptions options, Messages messages) {
        Optional<StoreFormat> format = StoreFormat.read(directory);
        Consumer<Throwable> problems = problem -> report(problem, messages);
        if (format.map(StoreFormat::engine).orElse(engine.id()).equals(HybridEngine.ID)) {
            HybridOptions hybrid = HybridOptions.defaults();
            HybridStore store = HybridStore.open(
                    directory,
                    hybrid.withStore(
                            hybrid.store().withSyncPolicy(options.durability().syncPolicy())));
            return run(store, () -> RespServer.start(store, options, problems), options, messages);
        }
        DurableOptions durable = DurableOptions.defaults(
                        format.<EngineType>map(found -> EngineKind.named(found.engine()))
                                .orElse(engine))
                .withSyncPolicy(options.durability().syncPolicy());
        if (format.isPresent() && format.get().values() == StoredValues.PLAIN) {
            CrashSafeStore store = CrashSafeStore.open(directory, durable);
            return run(store, () -> RespServer.start(store, options, problems), options, messages);
        }
        ExpiringStore store = ExpiringStore.open(directory, durable, options.clock());
        return run(store, () -> RespServer.start(store, options, problems), options, messages);
    }

    /** Starts a server. */
    private interface Start {
        RespServer start() throws IOException;
    }

    private static int run(KeyValueStore store, Start start, ServeOptions options, Messages messages) {
        RespServer server;
        try {
            server = start.start();
        } catch (IOException e) {
            store.close();
            throw new LabException(
                    "The server " + e.getMessage() + ".",
                    "Choose another port with --port, or end what listens there.");
        }
        Thread end = new Thread(() -> end(server, store, messages), "serve-end");
        Runtime.getRuntime().addShutdownHook(end);
        messages.out.printf(
                "Serving %s on %s:%d, durability %s. Ctrl-C ends it.%n",
                messages.shown,
                server.address().getAddress().getHostAddress(),
                server.address().getPort(),
                options.durability().name().toLowerCase(Locale.ROOT));
        try {
            server.awaitClosed();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            server.close();
        }
        store.close(); // waits for the thread that closes it already
        return 0;
    }

    private static void end(RespServer server, KeyValueStore store, Messages messages) {
        try {
            server.close();
            store.close();
        } catch (StorageException e) {
            report(e, messages);
            return;
        }
        messages.out.printf("The server has ended, and %s is closed.%n", messages.shown);
    }

    private static void report(Throwable problem, Messages messages) {
        messages.err.println(
                problem instanceof StorageException
                        ? "Failed: " + problem.getMessage() + "."
                        : "A mistake of the server: " + Throwables.getStackTraceAsString(problem));
    }
}
