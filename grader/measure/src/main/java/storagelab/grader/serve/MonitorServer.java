package storagelab.grader.serve;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.util.concurrent.MoreExecutors;
import com.google.common.util.concurrent.ThreadFactoryBuilder;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import storagelab.kv.PrometheusText;

/**
 * Serves a page at {@code /} and metrics at {@code /metrics} over HTTP, to programs on this machine only.
 *
 * <p>It listens on the loopback address. A web page of another site could still have its name resolved to that address and read the answers in the user's browser; so
 * requests for another host than the loopback address or {@code localhost} are refused. There is no password: each user of this machine can read it.
 *
 * <p>Concurrency: one request at a time. The page and the metrics are made for each request.
 */
public final class MonitorServer implements AutoCloseable {
    private static final Pattern PORT = Pattern.compile(":[0-9]+$");
    private static final Set<String> HOSTS = Set.of("localhost", "127.0.0.1", "[::1]");
    private static final int OK = 200;
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;
    private static final int NOT_ALLOWED = 405;
    private static final int FAILED = 500;
    private static final Duration END = Duration.ofSeconds(5);

    private final HttpServer server;
    private final ExecutorService thread;
    private final Content content;
    private final Consumer<Throwable> problems;

    /**
     * What is served.
     *
     * @param page an HTML page
     * @param metrics text as Prometheus reads it
     */
    public record Content(Supplier<String> page, Supplier<String> metrics) {}

    private record Answer(int status, String type, String body) {
        static Answer text(int status, String body) {
            return new Answer(status, "text/plain; charset=utf-8", body + "\n");
        }
    }

    private MonitorServer(HttpServer server, Content content, Consumer<Throwable> problems) {
        this.server = server;
        this.content = content;
        this.problems = problems;
        this.thread = Executors.newSingleThreadExecutor(new ThreadFactoryBuilder()
                .setNameFormat("serve-monitor")
                .setDaemon(true)
                .build());
        server.setExecutor(thread);
        server.createContext("/", this::answer);
    }

    /**
     * Begins to serve.
     *
     * @param port of the loopback address, 0 for any free one
     * @param problems are told what goes wrong
     * @throws IOException if the port cannot be listened on
     */
    public static MonitorServer start(int port, Content content, Consumer<Throwable> problems) throws IOException {
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        MonitorServer server = new MonitorServer(HttpServer.create(address, 0), content, problems);
        server.server.start();
        return server;
    }

    /** Where it listens. */
    public InetSocketAddress address() {
        return server.getAddress();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            Answer answer = answerTo(exchange);
            byte[] body = answer.body.getBytes(UTF_8);
            exchange.getResponseHeaders().set("Content-Type", answer.type);
            exchange.getResponseHeaders().set("Cache-Control", "no-store");
            exchange.getResponseHeaders().set("X-Content-Type-Options", "nosniff");
            boolean isHead = exchange.getRequestMethod().equals("HEAD");
            exchange.sendResponseHeaders(answer.status, isHead ? -1 : body.length);
            if (!isHead) {
                exchange.getResponseBody().write(body);
            }
        }
    }

    private Answer answerTo(HttpExchange exchange) {
        if (!Set.of("GET", "HEAD").contains(exchange.getRequestMethod())) {
            return Answer.text(NOT_ALLOWED, "Only GET and HEAD are answered.");
        }
        String host = exchange.getRequestHeaders().getFirst("Host");
        if (host == null || !HOSTS.contains(PORT.matcher(host).replaceFirst(""))) {
            return Answer.text(FORBIDDEN, "Ask for 127.0.0.1 or localhost.");
        }
        try {
            return switch (exchange.getRequestURI().getPath()) {
                case "/" -> new Answer(OK, "text/html; charset=utf-8", content.page.get());
                case "/metrics" -> new Answer(OK, PrometheusText.CONTENT_TYPE, content.metrics.get());
                default -> Answer.text(NOT_FOUND, "There are / and /metrics.");
            };
        } catch (RuntimeException | Error e) {
            problems.accept(e);
            return Answer.text(FAILED, "It failed; the server says why.");
        }
    }

    /** Ends serving, after the request that is being answered. */
    @Override
    public void close() {
        server.stop(0);
        boolean unused = MoreExecutors.shutdownAndAwaitTermination(thread, END);
    }
}
