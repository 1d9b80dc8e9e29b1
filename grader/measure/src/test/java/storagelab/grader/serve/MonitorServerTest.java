package storagelab.grader.serve;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import storagelab.api.Slice;
import storagelab.grader.LabException;
import storagelab.hybrid.HybridEngine;
import storagelab.hybrid.HybridOptions;
import storagelab.hybrid.HybridStore;
import storagelab.kv.CrashSafeStore;
import storagelab.kv.PrometheusText;
import storagelab.recovery.DurableOptions;
import storagelab.recovery.EngineKind;
import storagelab.writeback.WriteBackOptions;

class MonitorServerTest {
    private static final MonitorServer.Content CONTENT =
            new MonitorServer.Content(() -> "<p>ranges", () -> "storagelab_gets_total 1\n");

    @TempDir
    private Path directory;

    private final List<Throwable> problems = new ArrayList<>();

    private static HttpResponse<String> get(MonitorServer server, String path) throws Exception {
        URI address = URI.create("http://127.0.0.1:" + server.address().getPort() + path);
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString());
    }

    /** The first line of the answer to a request that is sent as it is. */
    private static String first(MonitorServer server, String request) throws IOException {
        try (Socket socket = new Socket(
                        server.address().getAddress(), server.address().getPort());
                BufferedReader answer = new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8))) {
            socket.getOutputStream().write(request.getBytes(UTF_8));
            return answer.readLine();
        }
    }

    @Test
    @DisplayName("serves the page and the metrics, and nothing else")
    void serves() throws Exception {
        try (MonitorServer server = MonitorServer.start(0, CONTENT, problems::add)) {
            assertThat(server.address().getAddress().isLoopbackAddress(), is(true));
            HttpResponse<String> page = get(server, "/");
            assertThat(page.body(), is("<p>ranges"));
            assertThat(page.headers().firstValue("content-type").orElseThrow(), is("text/html; charset=utf-8"));
            HttpResponse<String> metrics = get(server, "/metrics");
            assertThat(metrics.body(), is("storagelab_gets_total 1\n"));
            assertThat(metrics.headers().firstValue("content-type").orElseThrow(), is(PrometheusText.CONTENT_TYPE));
            assertThat(get(server, "/metrics/more").statusCode(), is(404));
        }
        assertThat(problems, is(empty()));
    }

    @Test
    @DisplayName("a request for another host is refused, and one that is not GET or HEAD")
    void refuses() throws Exception {
        try (MonitorServer server = MonitorServer.start(0, CONTENT, problems::add)) {
            assertThat(first(server, "GET / HTTP/1.1\r\nHost: shop.example:80\r\n\r\n"), startsWith("HTTP/1.1 403 "));
            assertThat(first(server, "GET / HTTP/1.0\r\n\r\n"), containsString(" 403 "));
            assertThat(first(server, "GET / HTTP/1.1\r\nHost: localhost:80\r\n\r\n"), startsWith("HTTP/1.1 200 "));
            assertThat(first(server, "HEAD / HTTP/1.1\r\nHost: [::1]\r\n\r\n"), startsWith("HTTP/1.1 200 "));
            assertThat(first(server, "POST / HTTP/1.1\r\nHost: localhost\r\n\r\n"), startsWith("HTTP/1.1 405 "));
        }
    }

    @Test
    @DisplayName("what fails is told, and the next request is answered")
    void fails() throws Exception {
        MonitorServer.Content failing = new MonitorServer.Content(
                () -> {
                    throw new IllegalStateException("no page");
                },
                CONTENT.metrics());
        try (MonitorServer server = MonitorServer.start(0, failing, problems::add)) {
            assertThat(get(server, "/").statusCode(), is(500));
            assertThat(get(server, "/metrics").statusCode(), is(200));
        }
        assertThat(problems, hasSize(1));
    }

    @Test
    @DisplayName("a hybrid store's metrics have each name once, and a page")
    void hybrid() throws Exception {
        try (HybridStore store = HybridStore.open(directory, HybridOptions.defaults());
                MonitorServer server = MonitorServer.start(0, ServeRun.contentOf(store, "shop"), problems::add)) {
            String metrics = get(server, "/metrics").body();
            List<String> names = metrics.lines()
                    .filter(line -> line.startsWith("# TYPE "))
                    .map(line -> line.replaceFirst("# TYPE (\\S+) .*", "$1"))
                    .toList();
            Set<String> once = new HashSet<>(names);
            List<String> twice =
                    names.stream().filter(name -> !once.remove(name)).collect(Collectors.toList());
            assertThat(twice, is(empty()));
            assertThat(metrics, containsString("storagelab_hybrid_ranges "));
            assertThat(metrics, containsString("storagelab_hybrid_tier_ranges{tier=\"lsm\"} "));
            assertThat(get(server, "/").body(), containsString("<h1>shop</h1>"));
        }
    }

    @Test
    @DisplayName("a port for HTTP that is taken is an error, and both the server and the store are closed")
    void taken() throws IOException {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            PrintWriter ignored = new PrintWriter(new StringWriter());
            ServeRun.Messages messages = new ServeRun.Messages(ignored, ignored, "db");
            ServeOptions options = ServeOptions.defaults().withHttpPort(other.getLocalPort());
            LabException refusal = assertThrows(
                    LabException.class,
                    () -> ServeRun.run(directory, new HybridEngine(WriteBackOptions.defaults()), options, messages));
            assertThat(refusal.getMessage(), containsString("Port " + other.getLocalPort()));
            HybridStore.open(directory, HybridOptions.defaults()).close();
        }
    }

    @Test
    @DisplayName("a store of one engine has metrics, and a page that says so")
    void oneEngine() throws Exception {
        try (CrashSafeStore store = CrashSafeStore.open(directory, DurableOptions.defaults(EngineKind.LSM));
                MonitorServer server = MonitorServer.start(0, ServeRun.contentOf(store), problems::add)) {
            store.put(Slice.utf8("a"), Slice.utf8("1"));
            assertThat(get(server, "/").body(), containsString("no ranges"));
            assertThat(get(server, "/metrics").body(), containsString("storagelab_commits_total 1\n"));
        }
    }
}
