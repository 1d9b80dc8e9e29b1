package storagelab.grader.serve;

import com.google.common.base.Throwables;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import storagelab.api.KeyValueStore;
import storagelab.api.StorageException;
import storagelab.grader.LabException;
import storagelab.hybrid.HybridEngine;
import storagelab.hybrid.HybridMonitor;
import storagelab.hybrid.HybridOptions;
import storagelab.hybrid.HybridStore;
import storagelab.hybrid.MonitorOptions;
import storagelab.hybrid.MonitorPage;
import storagelab.hybrid.PageOptions;
import storagelab.kv.CrashSafeStore;
import storagelab.kv.ExpiringStore;
import storagelab.kv.PrometheusText;
import storagelab.recovery.DurableOptions;
import storagelab.recovery.EngineKind;
import storagelab.recovery.EngineType;
import storagelab.recovery.StoreFormat;
import storagelab.recovery.StoredValues;

/** Serves a store until the process is asked to end. */
public final class ServeRun {
    private static final Duration REFRESH = Duration.ofSeconds(10);

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
            Start start =
                    new Start(() -> RespServer.start(store, options, problems), () -> contentOf(store, messages.shown));
            return run(store, start, options, messages);
        }
        DurableOptions durable = DurableOptions.defaults(
                        format.<EngineType>map(found -> EngineKind.named(found.engine()))
                                .orElse(engine))
                .withSyncPolicy(options.durability().syncPolicy());
        if (format.isPresent() && format.get().values() == StoredValues.PLAIN) {
            CrashSafeStore store = CrashSafeStore.open(directory, durable);
            Start start = new Start(() -> RespServer.start(store, options, problems), () -> contentOf(store));
            return run(store, start, options, messages);
        }
        ExpiringStore store = ExpiringStore.open(directory, durable, options.clock());
        Start start = new Start(() -> RespServer.start(store, options, problems), () -> contentOf(store));
        return run(store, start, options, messages);
    }

    /** A store of one engine has metrics, and no ranges. */
    static MonitorServer.Content contentOf(KeyValueStore store) {
        String page =
                "<!doctype html><title>Store</title><p>This store has one engine and so no ranges. Its metrics are at"
                        + " <a href=\"/metrics\">/metrics</a>.\n";
        return new MonitorServer.Content(() -> page, () -> PrometheusText.of(store.stats()));
    }

    static MonitorServer.Content contentOf(HybridStore store, String shown) {
        HybridMonitor monitor = new HybridMonitor(MonitorOptions.defaults());
        store.listen(monitor);
        PageOptions options = PageOptions.defaults().withTitle(shown).withRefresh(REFRESH);
        return new MonitorServer.Content(
                () -> MonitorPage.of(
                        monitor.history(),
                        store.roundFailure()
                                .map(failure -> options.withNotice("The last round failed: " + failure.getMessage()))
                                .orElse(options)),
                () -> PrometheusText.of(store.stats()) + monitor.metrics());
    }

    /** Starts a server. */
    private interface ServerStart {
        RespServer start() throws IOException;
    }

    /** How the store is served, and what is served over HTTP, if it is asked for. */
    private record Start(ServerStart server, Supplier<MonitorServer.Content> content) {}

    private static int run(KeyValueStore store, Start start, ServeOptions options, Messages messages) {
        RespServer server;
        try {
            server = start.server.start();
        } catch (IOException e) {
            store.close();
            throw new LabException(
                    "The server " + e.getMessage() + ".",
                    "Choose another port with --port, or end what listens there.");
        }
        Optional<MonitorServer> monitor;
        try {
            monitor = startMonitor(start, options, messages);
        } catch (IOException e) {
            server.close();
            store.close();
            throw new LabException(
                    "Port " + options.httpPort().orElseThrow() + " cannot be listened on: " + e.getMessage() + ".",
                    "Choose another port with --http-port, or end what listens there.");
        }
        Thread end = new Thread(() -> end(server, monitor, store, messages), "serve-end");
        Runtime.getRuntime().addShutdownHook(end);
        messages.out.printf(
                "Serving %s on %s:%d, durability %s. Ctrl-C ends it.%n",
                messages.shown,
                server.address().getAddress().getHostAddress(),
                server.address().getPort(),
                options.durability().name().toLowerCase(Locale.ROOT));
        monitor.ifPresent(also -> messages.out.printf(
                "Its page is http://127.0.0.1:%1$d/, its metrics are http://127.0.0.1:%1$d/metrics.%n",
                also.address().getPort()));
        try {
            server.awaitClosed();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            server.close();
        }
        monitor.ifPresent(MonitorServer::close);
        store.close(); // waits for the thread that closes it already
        return 0;
    }

    private static Optional<MonitorServer> startMonitor(Start start, ServeOptions options, Messages messages)
            throws IOException {
        if (options.httpPort().isEmpty()) {
            return Optional.empty();
        }
        int port = options.httpPort().getAsInt();
        return Optional.of(MonitorServer.start(port, start.content.get(), problem -> report(problem, messages)));
    }

    private static void end(
            RespServer server, Optional<MonitorServer> monitor, KeyValueStore store, Messages messages) {
        try {
            server.close();
            monitor.ifPresent(MonitorServer::close);
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
