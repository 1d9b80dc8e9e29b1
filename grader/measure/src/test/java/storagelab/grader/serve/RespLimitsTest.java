package storagelab.grader.serve;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.instanceOf;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.lessThanOrEqualTo;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RespLimitsTest {
    private static final int MIB = 1 << 20;

    @TempDir
    private Path directory;

    private ServedStore serve(ServeLimits limits) throws IOException {
        return new ServedStore(directory, ServeOptions.defaults().withLimits(limits));
    }

    /** What INFO says under {@code name}. */
    private static long info(RespClient client, String name) throws IOException {
        String line = String.valueOf(client.call("INFO"))
                .lines()
                .filter(one -> one.startsWith(name + ":"))
                .findFirst()
                .orElseThrow();
        return Long.parseLong(line.substring(name.length() + 1));
    }

    private static void awaitClients(RespClient client, long count) throws IOException {
        while (info(client, "connected_clients") != count) {
            Thread.onSpinWait(); // each turn waits for a reply
        }
    }

    @Test
    @DisplayName("One connection too many is told so and closed; it may come back when there is room")
    void connections() throws IOException {
        try (ServedStore served = serve(ServeLimits.defaults().withConnections(2));
                RespClient first = served.connect()) {
            try (RespClient second = served.connect()) {
                assertThat(second.call("PING"), is("PONG"));
                try (RespClient third = served.connect()) {
                    assertThat(third.read(), is(new RespClient.Problem("ERR max number of clients reached")));
                    assertThat(third.isClosedByServer(), is(true));
                }
            }
            awaitClients(first, 1);
            try (RespClient again = served.connect()) {
                assertThat(again.call("PING"), is("PONG"));
            }
        }
    }

    @Test
    @DisplayName("A request that is too large is refused before it has arrived, and the connection is closed")
    void requestBytes() throws IOException {
        try (ServedStore served = serve(ServeLimits.defaults().withRequest(MIB, 1_000));
                RespClient other = served.connect()) {
            for (String request :
                    List.of("*3\r\n$3\r\nSET\r\n$1\r\na\r\n$2000000\r\n", "*1001\r\n", "*1\r\n+x\r\n", "\"\r\n")) {
                try (RespClient client = served.connect()) {
                    client.sendText("PING\r\n" + request);
                    assertThat("what came before is answered", client.read(), is("PONG"));
                    assertThat(String.valueOf(client.read()), containsString("ERR Protocol error: "));
                    assertThat(client.isClosedByServer(), is(true));
                }
            }
            assertThat(other.call("SET", "a", "x".repeat(MIB - 10)), is("OK"));
            assertThat(
                    other.call("APPEND", "a", "x".repeat(20)),
                    is(new RespClient.Problem("ERR string exceeds maximum allowed size (proto-max-bulk-len)")));
        }
    }

    @Test
    @DisplayName("A transaction that is too long is refused at EXEC, and holds no memory")
    void longTransaction() throws IOException {
        try (ServedStore served = serve(ServeLimits.defaults().withRequest(MIB, 10));
                RespClient client = served.connect()) {
            client.call("MULTI");
            for (int i = 0; i < 10; i++) {
                assertThat(client.call("PING"), is("QUEUED"));
            }
            assertThat(client.call("PING"), instanceOf(RespClient.Problem.class));
            assertThat(
                    client.call("EXEC"),
                    is(new RespClient.Problem("EXECABORT Transaction discarded because of previous errors.")));
            client.call("MULTI");
            for (int i = 0; i < 4; i++) {
                client.call("SET", "a", "x".repeat(400_000));
            }
            assertThat(client.call("EXEC"), instanceOf(RespClient.Problem.class));
            assertThat(info(client, "waiting_bytes"), lessThan((long) MIB / 2));
        }
    }

    @Test
    @DisplayName("A reply that is too long is an error, within EXEC as well; the connection goes on")
    void longReply() throws IOException {
        try (ServedStore served = serve(ServeLimits.defaults().withReply(MIB, MIB));
                RespClient client = served.connect()) {
            client.call("SET", "a", "x".repeat(400_000));
            String error = "ERR the reply is longer than the limit of 1048576 bytes; ask for less at a time";
            assertThat(client.call("MGET", "a", "a", "a"), is(new RespClient.Problem(error)));
            client.call("MULTI");
            client.call("GET", "a");
            client.call("MGET", "a", "a");
            client.call("SET", "b", "1");
            List<?> replies = (List<?>) java.util.Objects.requireNonNull(client.call("EXEC"));
            assertThat(replies.get(1), is(new RespClient.Problem(error)));
            assertThat(replies.get(2), is("OK"));
            assertThat("all commands were executed", client.call("GET", "b"), is("1"));
        }
    }

    @Test
    @DisplayName(
            "A client that sends and does not read is not read either; others go on, and it gets every reply when it reads")
    void slowReader() throws Exception {
        try (ServedStore served = serve(ServeLimits.defaults().withReply(8 * MIB, 64 << 10));
                RespClient other = served.connect();
                RespClient slow = new RespClient(served.server().address(), 4 << 10)) {
            other.call("SET", "a", "x".repeat(10_000));
            int requests = 20_000; // 200 MB of replies
            Thread sender = new Thread(() -> {
                byte[] get = RespClient.encode("GET", "a");
                try {
                    for (int i = 0; i < requests; i++) {
                        slow.sendBytes(get);
                    }
                } catch (IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            });
            sender.start();
            long most = 0;
            for (int i = 0; i < 2_000; i++) {
                most = Math.max(most, info(other, "waiting_bytes"));
            }
            assertThat("replies wait", most, greaterThan(0L));
            assertThat("far fewer than were asked for", most, lessThan(2L * MIB));
            for (int i = 0; i < requests; i++) {
                assertThat(String.valueOf(slow.read()).length(), is(10_000));
            }
            sender.join();
        }
    }

    @Test
    @DisplayName("A client that takes nothing for too long is closed")
    void deafReader() throws IOException {
        ServeLimits limits =
                ServeLimits.defaults().withReply(8 * MIB, 64 << 10).withTimes(Duration.ZERO, Duration.ofSeconds(30));
        try (ServedStore served = serve(limits);
                RespClient other = served.connect();
                RespClient deaf = new RespClient(served.server().address(), 4 << 10)) {
            other.call("SET", "a", "x".repeat(MIB));
            for (int i = 0; i < 8; i++) {
                deaf.send("GET", "a");
            }
            while (info(other, "waiting_bytes") < MIB) {
                Thread.onSpinWait(); // each turn waits for a reply
            }
            while (info(other, "connected_clients") > 1) {
                served.pass(Duration.ofSeconds(5));
            }
        }
    }

    @Test
    @DisplayName("With too many bytes in all, the connection that holds most of them is closed, and the others go on")
    void totalBytes() throws IOException {
        ServeLimits limits = ServeLimits.defaults().withTotalBytes(4L * MIB);
        try (ServedStore served = serve(limits);
                RespClient other = served.connect()) {
            List<RespClient> hoarders = new ArrayList<>();
            try {
                for (int i = 0; i < 8; i++) {
                    RespClient hoarder = served.connect();
                    hoarders.add(hoarder);
                    hoarder.sendText("*3\r\n$3\r\nSET\r\n$1\r\na\r\n$2000000\r\n" + "x".repeat(900_000 + i));
                    hoarder.sendBytes(new byte[0]);
                }
                while (info(other, "connected_clients") > 6) {
                    assertThat(info(other, "waiting_bytes"), lessThanOrEqualTo(4L * MIB));
                }
                assertThat(other.call("PING"), is("PONG"));
                assertThat(info(other, "waiting_bytes"), lessThanOrEqualTo(4L * MIB));
            } finally {
                for (RespClient hoarder : hoarders) {
                    hoarder.close();
                }
            }
            awaitClients(other, 1);
        }
    }

    @Test
    @DisplayName(
            "A client that is idle for too long, leaves a request unfinished or does not say the password is closed")
    void silence() throws IOException {
        ServeLimits limits = ServeLimits.defaults().withTimes(Duration.ofMinutes(10), Duration.ofSeconds(30));
        try (ServedStore served = new ServedStore(
                        directory, ServeOptions.defaults().withLimits(limits).withPassword(Password.of("secret")));
                RespClient idle = served.connect();
                RespClient unfinished = served.connect();
                RespClient stranger = served.connect()) {
            assertThat(idle.call("AUTH", "secret"), is("OK"));
            assertThat(unfinished.call("AUTH", "secret"), is("OK"));
            unfinished.sendText("*2\r\n$3\r\nGET\r\n");
            assertThat(stranger.call("GET", "a"), is(new RespClient.Problem("NOAUTH Authentication required.")));
            assertThat(idle.call("PING"), is("PONG"));
            served.pass(Duration.ofSeconds(29));
            assertThat(idle.call("PING"), is("PONG"));
            served.pass(Duration.ofSeconds(1));
            assertThat(unfinished.isClosedByServer(), is(true));
            assertThat(stranger.isClosedByServer(), is(true));
            assertThat(idle.call("PING"), is("PONG"));
            served.pass(Duration.ofMinutes(10));
            assertThat(idle.isClosedByServer(), is(true));
        }
    }

    @Test
    @DisplayName("A client that ends its side after its requests gets all replies, and then the end")
    void halfOpen() throws IOException {
        for (ServeDurability durability : ServeDurability.values()) {
            try (ServedStore served =
                            new ServedStore(directory, ServeOptions.defaults().withDurability(durability));
                    RespClient client = served.connect()) {
                client.sendText("SET a 1\r\n".repeat(1_000) + "KEYS *\r\nPING\r\n");
                client.endInput();
                for (int i = 0; i < 1_000; i++) {
                    assertThat(client.read(), is("OK"));
                }
                assertThat(client.read(), is(List.of("a")));
                assertThat(client.read(), is("PONG"));
                assertThat(client.isClosedByServer(), is(true));
            }
        }
    }

    @Test
    @DisplayName("A pipeline of any length is executed in its order")
    void pipeline() throws Exception {
        try (ServedStore served = serve(ServeLimits.defaults().withReply(MIB, 16 << 10));
                RespClient client = served.connect()) {
            int requests = 100_000;
            byte[] one = RespClient.encode("INCR", "n");
            byte[] all = new byte[one.length * requests];
            for (int i = 0; i < requests; i++) {
                System.arraycopy(one, 0, all, i * one.length, one.length);
            }
            Thread sender = new Thread(() -> {
                try {
                    client.sendBytes(all);
                } catch (IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            });
            sender.start();
            for (long i = 1; i <= requests; i++) {
                assertThat(client.read(), is(i));
            }
            sender.join();
        }
    }

    @Test
    @DisplayName("Nothing but AUTH and HELLO is done before the password; ten wrong ones close the connection")
    void password() throws IOException {
        try (ServedStore served =
                new ServedStore(directory, ServeOptions.defaults().withPassword(Password.of("secret")))) {
            try (RespClient client = served.connect()) {
                RespClient.Problem first = new RespClient.Problem("NOAUTH Authentication required.");
                assertThat(client.call("PING"), is(first));
                assertThat(client.call("NOTHING"), is(first));
                assertThat(client.call("EXEC"), is(first));
                assertThat(String.valueOf(client.call("HELLO", "3")), containsString("NOAUTH HELLO"));
                assertThat(
                        String.valueOf(client.call("HELLO", "3", "AUTH", "default", "x")), containsString("WRONGPASS"));
                assertThat(String.valueOf(client.call("AUTH", "other", "secret")), containsString("WRONGPASS"));
                assertThat(client.call("AUTH", "default", "secret"), is("OK"));
                assertThat(client.call("PING"), is("PONG"));
                assertThat(client.call("RESET"), is("RESET"));
                assertThat(client.call("PING"), is(first));
            }
            try (RespClient guesser = served.connect()) {
                for (int i = 0; i < 10; i++) {
                    assertThat(String.valueOf(guesser.call("AUTH", "guess" + i)), containsString("WRONGPASS"));
                }
                assertThat(guesser.isClosedByServer(), is(true));
            }
        }
    }
}
