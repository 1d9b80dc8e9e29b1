package storagelab.grader.serve;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import storagelab.api.Slice;

class RespCommandsTest {
    @TempDir
    private Path directory;

    @SuppressWarnings("NullAway.Init")
    private ServedStore served;

    @SuppressWarnings("NullAway.Init")
    private RespClient client;

    @BeforeEach
    void start() throws IOException {
        served = new ServedStore(directory, ServeOptions.defaults());
        client = served.connect();
    }

    @AfterEach
    void stop() throws IOException {
        client.close();
        served.close();
        assertThat("the server has reported a mistake", served.problems(), is(List.of()));
    }

    private @Nullable Object call(String line) throws IOException {
        return client.call(line.split(" "));
    }

    private void expect(String line, @Nullable Object reply) throws IOException {
        assertThat(line, call(line), is(reply));
    }

    private void expectError(String line, String message) throws IOException {
        assertThat(line, call(line), is(new RespClient.Problem(message)));
    }

    @Test
    @DisplayName("SET and its options, GET, and their relatives")
    void values() throws IOException {
        expect("GET a", null);
        expect("SET a 1", "OK");
        expect("GET a", "1");
        expect("SET a 2 NX", null);
        expect("SET a 2 XX GET", "1");
        expect("SET b 2 XX", null);
        expect("SET b 2 NX GET", null);
        expect("GET b", "2");
        expect("SETNX b 3", 0L);
        expect("SETNX c 3", 1L);
        expect("GETSET c 4", "3");
        expect("GETDEL c", "4");
        expect("GETDEL c", null);
        expect("MGET a b c", Arrays.asList("2", "2", null));
        expect("MSET x 1 y 2", "OK");
        expect("MSETNX y 3 z 4", 0L);
        expect("EXISTS x y z x", 3L);
        expect("MSETNX z 4 v 5", 1L);
        expect("DEL x y z v w", 4L);
        expect("STRLEN a", 1L);
        expect("STRLEN w", 0L);
        expect("APPEND a bc", 3L);
        expect("GET a", "2bc");
        expect("APPEND new q", 1L);
        expect("TYPE a", "string");
        expect("TYPE w", "none");
        expectError("SET a", "ERR wrong number of arguments for 'set' command");
        expectError("SET a 1 NX XX", "ERR syntax error");
        expectError("SET a 1 EX", "ERR syntax error");
        expectError("SET a 1 EX x", "ERR value is not an integer or out of range");
        expectError("SET a 1 PX 0", "ERR invalid expire time in 'set' command");
        expectError("SET a 1 EX 5 KEEPTTL", "ERR syntax error");
        expectError("MSET a 1 b", "ERR wrong number of arguments for 'mset' command");
    }

    @Test
    @DisplayName("Values and keys are any bytes, empty ones included")
    void anyBytes() throws IOException {
        assertThat(client.call("SET", "empty", ""), is("OK"));
        assertThat(client.call("GET", "empty"), is(""));
        assertThat(client.call("SET", "", "of the empty key"), is("OK"));
        assertThat(client.call("GET", ""), is("of the empty key"));
        String odd = "\0expires\r\n$3\r\n\u00e4\t";
        assertThat(client.call("SET", odd, odd), is("OK"));
        assertThat(client.call("GET", odd), is(odd));
        assertThat(client.call("TTL", odd), is(-1L));
    }

    @ParameterizedTest
    @CsvSource({
        "0, INCR, 1",
        "9223372036854775806, INCR, 9223372036854775807",
        "-9223372036854775807, DECR, -9223372036854775808",
        "10, INCRBY -3, 7",
        "10, DECRBY 3, 7"
    })
    @DisplayName("Counting")
    void counting(String before, String command, String after) throws IOException {
        expect("SET n " + before, "OK");
        String[] words = command.split(" ");
        String line = words.length == 1 ? words[0] + " n" : words[0] + " n " + words[1];
        expect(line, Long.valueOf(after));
        expect("GET n", after);
    }

    @Test
    @DisplayName("What is not a number cannot be counted, and nothing overflows")
    void notCounting() throws IOException {
        expect("INCR fresh", 1L);
        expect("SET n 9223372036854775807", "OK");
        expectError("INCR n", "ERR increment or decrement would overflow");
        expectError("DECRBY n -9223372036854775808", "ERR decrement would overflow");
        for (String no : List.of("x", "1x", "01", "+1", "-", "-0", "9223372036854775808", "1.0")) {
            expect("SET n " + no, "OK");
            expectError("INCR n", "ERR value is not an integer or out of range");
            expectError("INCRBY fresh " + no, "ERR value is not an integer or out of range");
        }
    }

    @Test
    @DisplayName("A value expires at its time, and is no longer there for any command")
    void expiry() throws IOException {
        expect("SET a 1 EX 10", "OK");
        expect("TTL a", 10L);
        expect("PTTL a", 10_000L);
        expect("SET b 1", "OK");
        expect("TTL b", -1L);
        expect("TTL none", -2L);
        expect("PEXPIRE b 10500", 1L);
        expect("TTL b", 11L); // rounded
        expect("EXPIRE none 5", 0L);
        served.pass(Duration.ofMillis(9_999));
        expect("GET a", "1");
        expect("PTTL a", 1L);
        served.pass(Duration.ofMillis(1));
        expect("GET a", null);
        expect("EXISTS a", 0L);
        expect("TTL a", -2L);
        expect("DEL a", 0L);
        expect("KEYS *", List.of("b"));
        expect("SCAN 0", List.of("0", List.of("b")));
        expect("DBSIZE", 1L);
        expect("SET a 2 NX", "OK");
        expect("TTL a", -1L);
        expect("PERSIST b", 1L);
        expect("PERSIST b", 0L);
        served.pass(Duration.ofDays(1));
        expect("GET b", "1");
        expect("EXPIRE b -1", 1L);
        expect("GET b", null);
        expectError("EXPIRE a 9223372036854775807", "ERR invalid expire time in 'expire' command");
    }

    @Test
    @DisplayName("What changes a value keeps its expiry or not, as in Redis")
    void keepingExpiry() throws IOException {
        expect("SET a 1 PX 5000", "OK");
        expect("INCR a", 2L);
        expect("PTTL a", 5_000L);
        expect("APPEND a 0", 2L);
        expect("PTTL a", 5_000L);
        expect("SET a 7 KEEPTTL", "OK");
        expect("PTTL a", 5_000L);
        expect("GETEX a PX 7000", "7");
        expect("PTTL a", 7_000L);
        expect("GETEX a PERSIST", "7");
        expect("TTL a", -1L);
        expect("SETEX a 100 8", "OK");
        expect("EXPIRE a 50 GT", 0L);
        expect("EXPIRE a 50 LT", 1L);
        expect("EXPIRE a 70 NX", 0L);
        expect("EXPIRE a 70 XX", 1L);
        expect("TTL a", 70L);
        expect("SET a 9", "OK");
        expect("TTL a", -1L);
        expect("EXPIRETIME a", -1L);
        expect("EXPIREAT a 4000000000", 1L);
        expect("EXPIRETIME a", 4_000_000_000L);
        expect("PEXPIRETIME a", 4_000_000_000_000L);
    }

    @Test
    @DisplayName("The space of values that have expired is given back without being asked for")
    void expiredIsSwept() throws IOException {
        for (int i = 0; i < 2_000; i++) {
            expect("SET k" + i + " v EX " + (1 + i % 2 * 1_000), "OK");
        }
        served.pass(Duration.ofSeconds(10));
        long left;
        do {
            left = IntStream.range(0, 2_000)
                    .filter(i -> served.stored().get(Slice.utf8("k" + i)).isPresent())
                    .count();
        } while (left > 1_000); // ends: the test would be stopped otherwise
        assertThat("values that have not expired are left alone", left, is(1_000L));
    }

    @Test
    @DisplayName("SCAN walks over every key once, in pieces, with a pattern or without")
    void scan() throws IOException {
        TreeSet<String> all = new TreeSet<>();
        for (int i = 0; i < 1_234; i++) {
            all.add("key:" + i);
            expect("SET key:" + i + " " + i, "OK");
        }
        assertThat(scanned("COUNT", "100"), is(List.copyOf(all)));
        assertThat(scanned("MATCH", "key:*"), is(List.copyOf(all)));
        assertThat(
                scanned("MATCH", "key:1?", "COUNT", "7"),
                is(all.stream().filter(key -> key.matches("key:1.")).toList()));
        assertThat(scanned("MATCH", "*77*").size(), greaterThan(10));
        assertThat(scanned("TYPE", "list"), is(List.of()));
        expectError("SCAN x", "ERR invalid cursor");
        assertThat(String.valueOf(call("SCAN 999999")), containsString("begin again with SCAN 0"));
    }

    private List<Object> scanned(String... options) throws IOException {
        List<Object> found = new java.util.ArrayList<>();
        String cursor = "0";
        do {
            String[] request = new String[2 + options.length];
            request[0] = "SCAN";
            request[1] = cursor;
            System.arraycopy(options, 0, request, 2, options.length);
            List<?> reply = (List<?>) java.util.Objects.requireNonNull(client.call(request));
            cursor = String.valueOf(reply.get(0));
            found.addAll((List<?>) java.util.Objects.requireNonNull(reply.get(1)));
        } while (!cursor.equals("0"));
        return found;
    }

    @Test
    @DisplayName("KEYRANGE has the keys between two ends, in both directions")
    void keyRange() throws IOException {
        expect("MSET a 1 b 2 c 3 d 4", "OK");
        expect("KEYRANGE - +", List.of("a", "b", "c", "d"));
        expect("KEYRANGE [b (d", List.of("b", "c"));
        expect("KEYRANGE (a [c REV", List.of("c", "b"));
        expect("KEYRANGE - + LIMIT 2 WITHVALUES", List.of("a", "1", "b", "2"));
        expect("KEYRANGE - + REV LIMIT 1", List.of("d"));
        expect("KEYRANGE [d [a", List.of());
        expectError("KEYRANGE a b", "ERR min or max not valid string range item");
    }

    @Test
    @DisplayName("KEYS, DBSIZE and FLUSHALL see what was written in the same pipeline")
    void walksSeePendingWrites() throws IOException {
        client.sendText(
                "SET a 1\r\nSET b 2\r\nDEL a\r\nKEYS *\r\nDBSIZE\r\nSCAN 0\r\nFLUSHALL\r\nSET c 3\r\nDBSIZE\r\n");
        assertThat(client.read(), is("OK"));
        assertThat(client.read(), is("OK"));
        assertThat(client.read(), is(1L));
        assertThat(client.read(), is(List.of("b")));
        assertThat(client.read(), is(1L));
        assertThat(client.read(), is(List.of("0", List.of("b"))));
        assertThat(client.read(), is("OK"));
        assertThat(client.read(), is("OK"));
        assertThat(client.read(), is(1L));
    }

    @Test
    @DisplayName("FLUSHALL deletes every key, thousands as well")
    void flushAll() throws IOException {
        for (int i = 0; i < 3_500; i++) {
            client.send("SET", "k" + i, "v");
        }
        for (int i = 0; i < 3_500; i++) {
            assertThat(client.read(), is("OK"));
        }
        expect("FLUSHDB", "OK");
        expect("DBSIZE", 0L);
        expectError("FLUSHALL NOW", "ERR syntax error");
    }

    @Test
    @DisplayName("Commands about the server and the connection")
    void about() throws IOException {
        expect("PING", "PONG");
        expect("PING hi", "hi");
        expect("ECHO hi", "hi");
        expect("SELECT 0", "OK");
        expectError("SELECT 1", "ERR DB index is out of range");
        expect("CLIENT GETNAME", null);
        expect("CLIENT SETNAME me", "OK");
        expect("CLIENT GETNAME", "me");
        expect("CLIENT SETINFO LIB-NAME x", "OK");
        expect("CLIENT NO-EVICT on", "OK");
        assertThat(String.valueOf(call("CLIENT LIST")), containsString("name=me"));
        assertThat(
                client.call("CLIENT", "SETNAME", "a b"),
                is(new RespClient.Problem("ERR Client names cannot contain spaces, newlines or special characters.")));
        expect("CONFIG GET save", List.of("save", ""));
        expect("CONFIG GET appendo*", List.of("appendonly", "yes"));
        assertThat(String.valueOf(call("INFO server")), containsString("redis_version:"));
        List<?> names = (List<?>) java.util.Objects.requireNonNull(call("COMMAND LIST"));
        expect("COMMAND COUNT", (long) names.size());
        assertThat(names.contains("get"), is(true));
        assertThat(((List<?>) java.util.Objects.requireNonNull(call("COMMAND"))).size(), is(names.size()));
        expect("COMMAND INFO nothing", java.util.Collections.singletonList(null));
        expectError("LPUSH a b", "ERR unknown command 'LPUSH', with args beginning with: 'a' 'b' ");
        expectError("GET", "ERR wrong number of arguments for 'get' command");
        expect("RESET", "RESET");
        expect("CLIENT GETNAME", null);
        expect("QUIT", "OK");
        assertThat(client.isClosedByServer(), is(true));
    }

    @Test
    @DisplayName("RESP3 after HELLO 3, and RESP2 again after HELLO 2")
    void protocols() throws IOException {
        Map<?, ?> hello = (Map<?, ?>) java.util.Objects.requireNonNull(call("HELLO 3 SETNAME me"));
        assertThat(hello.get("proto"), is(3L));
        client.sendText("GET none\r\n");
        assertThat(client.read(), is(nullValue()));
        assertThat(call("CONFIG GET save"), is(Map.of("save", "")));
        assertThat(String.valueOf(call("INFO server")), containsString("# Server"));
        assertThat(((List<?>) java.util.Objects.requireNonNull(call("HELLO 2"))).size(), is(14));
        expect("CONFIG GET save", List.of("save", ""));
        expectError("HELLO 4", "NOPROTO unsupported protocol version");
        expectError("HELLO x", "ERR Protocol version is not an integer or out of range");
        expectError("HELLO 3 NAME", "ERR Syntax error in HELLO option 'NAME'");
    }

    @Test
    @DisplayName("A key or value that the engine does not take is an error, and the others of an MSET are not written")
    void tooLong() throws IOException {
        String key = "k".repeat(2_000);
        Object reply = client.call("MSET", "fine", "1", key, "2");
        assertThat(String.valueOf(reply), containsString("2000"));
        expect("GET fine", null);
        assertThat(String.valueOf(client.call("SET", key, "1")), containsString("ERR"));
        expect("PING", "PONG");
    }
}
