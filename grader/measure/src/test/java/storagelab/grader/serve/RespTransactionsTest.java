package storagelab.grader.serve;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class RespTransactionsTest {
    private static final String QUEUED = "QUEUED";

    @TempDir
    private Path directory;

    private static RespClient.Problem problem(String message) {
        return new RespClient.Problem(message);
    }

    @Test
    @DisplayName("Commands after MULTI are executed by EXEC, together; one that fails does not take back the others")
    void multi() throws IOException {
        try (ServedStore served = new ServedStore(directory, ServeOptions.defaults());
                RespClient one = served.connect();
                RespClient other = served.connect()) {
            assertThat(one.call("MULTI"), is("OK"));
            assertThat(one.call("SET", "a", "1"), is(QUEUED));
            assertThat(one.call("INCR", "a"), is(QUEUED));
            assertThat(one.call("SET", "b", "x"), is(QUEUED));
            assertThat(one.call("INCR", "b"), is(QUEUED));
            assertThat(one.call("KEYS", "*"), is(QUEUED));
            assertThat(one.call("GET", "a"), is(QUEUED));
            assertThat("nothing is done before EXEC", other.call("GET", "a"), is(nullValue()));
            assertThat(
                    one.call("EXEC"),
                    is(List.of(
                            "OK",
                            2L,
                            "OK",
                            problem("ERR value is not an integer or out of range"),
                            List.of("a", "b"),
                            "2")));
            assertThat(other.call("GET", "a"), is("2"));
            assertThat(one.call("MULTI"), is("OK"));
            assertThat(one.call("EXEC"), is(List.of()));
        }
    }

    @Test
    @DisplayName("What is wrong around MULTI, EXEC and DISCARD")
    void wrong() throws IOException {
        try (ServedStore served = new ServedStore(directory, ServeOptions.defaults());
                RespClient one = served.connect()) {
            assertThat(one.call("EXEC"), is(problem("ERR EXEC without MULTI")));
            assertThat(one.call("DISCARD"), is(problem("ERR DISCARD without MULTI")));
            assertThat(one.call("MULTI"), is("OK"));
            assertThat(one.call("MULTI"), is(problem("ERR MULTI calls can not be nested")));
            assertThat(one.call("WATCH", "a"), is(problem("ERR WATCH inside MULTI is not allowed")));
            assertThat(one.call("SET", "a", "1"), is(QUEUED));
            assertThat(one.call("DISCARD"), is("OK"));
            assertThat(one.call("GET", "a"), is(nullValue()));
            assertThat(one.call("MULTI"), is("OK"));
            assertThat(one.call("SET", "a", "1"), is(QUEUED));
            assertThat(one.call("SET", "a"), is(problem("ERR wrong number of arguments for 'set' command")));
            assertThat(one.call("EXEC"), is(problem("EXECABORT Transaction discarded because of previous errors.")));
            assertThat(one.call("GET", "a"), is(nullValue()));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"SET a 1", "SET a 2", "DEL a", "INCR a", "APPEND a x", "EXPIRE a 5", "MSET b 1 a 1", "FLUSHALL"})
    @DisplayName("EXEC does nothing if a watched key was written since, the same value included")
    void watched(String write) throws IOException {
        for (boolean isResp3 : new boolean[] {false, true}) {
            try (ServedStore served = new ServedStore(directory, ServeOptions.defaults());
                    RespClient one = served.connect();
                    RespClient other = served.connect()) {
                one.call("HELLO", isResp3 ? "3" : "2");
                assertThat(one.call("SET", "a", "1"), is("OK"));
                assertThat(one.call("WATCH", "w", "a"), is("OK"));
                other.call(write.split(" "));
                assertThat(one.call("MULTI"), is("OK"));
                assertThat(one.call("SET", "result", "done"), is(QUEUED));
                assertThat(one.call("EXEC"), is(nullValue()));
                assertThat(one.call("GET", "result"), is(nullValue()));
                assertThat("EXEC has ended the watch", one.call("MULTI"), is("OK"));
                assertThat(one.call("PING"), is(QUEUED));
                assertThat(one.call("EXEC"), is(List.of("PONG")));
                one.call("FLUSHALL");
            }
        }
    }

    @Test
    @DisplayName(
            "EXEC goes on if other keys were written, the key was only read, or UNWATCH came; and sees the newest values")
    void notDisturbed() throws IOException {
        try (ServedStore served = new ServedStore(directory, ServeOptions.defaults());
                RespClient one = served.connect();
                RespClient other = served.connect()) {
            one.call("WATCH", "a");
            other.call("SET", "b", "5");
            other.call("GET", "a");
            other.call("DEL", "a");
            one.call("MULTI");
            one.call("INCR", "b");
            assertThat(one.call("EXEC"), is(List.of(6L)));
            one.call("WATCH", "b");
            other.call("SET", "b", "7");
            one.call("UNWATCH");
            one.call("MULTI");
            one.call("GET", "b");
            assertThat(one.call("EXEC"), is(List.of("7")));
        }
    }

    @Test
    @DisplayName("A watched key that expires has changed")
    void watchedExpires() throws IOException {
        try (ServedStore served = new ServedStore(directory, ServeOptions.defaults());
                RespClient one = served.connect()) {
            one.call("SET", "a", "1", "EX", "10");
            one.call("WATCH", "a");
            served.pass(Duration.ofSeconds(10));
            one.call("MULTI");
            one.call("PING");
            assertThat(one.call("EXEC"), is(nullValue()));
        }
    }

    @ParameterizedTest
    @EnumSource(ServeDurability.class)
    @DisplayName("Counters that clients raise with WATCH, MULTI and EXEC, and with INCR, lose no step")
    void counters(ServeDurability durability) throws Exception {
        int clients = 4;
        int steps = 50;
        AtomicInteger conflicts = new AtomicInteger();
        try (ServedStore served =
                new ServedStore(directory, ServeOptions.defaults().withDurability(durability))) {
            ExecutorService threads = Executors.newFixedThreadPool(clients);
            Future<?>[] done = new Future<?>[clients];
            for (int i = 0; i < clients; i++) {
                done[i] = threads.submit(() -> {
                    try (RespClient client = served.connect()) {
                        for (int step = 0; step < steps; step++) {
                            client.call("INCR", "incremented");
                            while (!raise(client)) {
                                conflicts.incrementAndGet();
                            }
                        }
                    }
                    return null;
                });
            }
            for (Future<?> one : done) {
                one.get();
            }
            threads.shutdown();
            try (RespClient client = served.connect()) {
                String all = String.valueOf(clients * steps);
                assertThat(client.call("MGET", "incremented", "watched"), is(Arrays.asList(all, all)));
            }
        }
        assertThat("no EXEC met another: the test tests nothing", conflicts.get(), greaterThan(0));
    }

    private static boolean raise(RespClient client) throws IOException {
        client.call("WATCH", "watched");
        Object value = client.call("GET", "watched");
        long next = value == null ? 1 : Long.parseLong(value.toString()) + 1;
        client.call("MULTI");
        client.call("SET", "watched", String.valueOf(next));
        return client.call("EXEC") != null;
    }

    @Test
    @DisplayName("A client that goes away leaves no watch and no transaction behind")
    void gone() throws IOException {
        try (ServedStore served = new ServedStore(directory, ServeOptions.defaults());
                RespClient other = served.connect()) {
            try (RespClient one = served.connect()) {
                one.call("WATCH", "a");
                one.call("MULTI");
                one.call("SET", "a", "1");
            }
            assertThat(other.call("SET", "a", "2"), is("OK"));
            assertThat(other.call("GET", "a"), is("2"));
        }
    }
}
