package storagelab.grader.serve;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.KeyScanCursor;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.RedisURI;
import io.lettuce.core.ScanArgs;
import io.lettuce.core.SetArgs;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.TransactionResult;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.lettuce.core.api.sync.RedisCommands;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.RedisProtocol;
import redis.clients.jedis.Response;
import redis.clients.jedis.Transaction;
import redis.clients.jedis.params.ScanParams;
import redis.clients.jedis.params.SetParams;
import redis.clients.jedis.resps.ScanResult;
import storagelab.testkit.Eventually;

/** Clients of Redis, as they are published, against the server. */
class RespClientsTest {
    private static final String PASSWORD = "secret";

    @TempDir
    private Path directory;

    private ServedStore serve() throws Exception {
        return new ServedStore(directory, ServeOptions.defaults().withPassword(Password.of(PASSWORD)));
    }

    @ParameterizedTest
    @EnumSource(RedisProtocol.class)
    @DisplayName("Jedis: values, expiry, scans, pipelines, transactions")
    void jedis(RedisProtocol protocol) throws Exception {
        try (ServedStore served = serve();
                Jedis jedis = jedis(served, protocol);
                Jedis other = jedis(served, protocol)) {
            assertThat(jedis.ping(), is("PONG"));
            assertThat(jedis.set("a", "1"), is("OK"));
            assertThat(jedis.get("a"), is("1"));
            assertThat(jedis.get("none"), is(nullValue()));
            assertThat(jedis.set("a", "2", new SetParams().nx()), is(nullValue()));
            assertThat(jedis.set("e", "2", new SetParams().px(5_000)), is("OK"));
            assertThat(jedis.pttl("e"), is(5_000L));
            assertThat(jedis.incrBy("a", 41), is(42L));
            assertThat(jedis.mget("a", "none"), containsInAnyOrder("42", null));
            assertThat(jedis.configGet("save").get("save"), is(""));
            assertThat(jedis.type("a"), is("string"));
            for (int i = 0; i < 100; i++) {
                jedis.set("k" + i, "v");
            }
            Set<String> found = new HashSet<>();
            String cursor = ScanParams.SCAN_POINTER_START;
            do {
                ScanResult<String> part =
                        jedis.scan(cursor, new ScanParams().match("k*").count(7));
                found.addAll(part.getResult());
                cursor = part.getCursor();
            } while (!cursor.equals(ScanParams.SCAN_POINTER_START));
            assertThat(found.size(), is(100));
            assertThat(jedis.keys("k1?").size(), is(10));
            Pipeline pipeline = jedis.pipelined();
            List<Response<Long>> counts = new ArrayList<>();
            for (int i = 0; i < 1_000; i++) {
                counts.add(pipeline.incr("count"));
            }
            pipeline.sync();
            assertThat(counts.get(999).get(), is(1_000L));
            jedis.watch("a");
            other.set("a", "x");
            Transaction lost = jedis.multi();
            lost.set("a", "y");
            assertThat(lost.exec(), is(nullValue()));
            Transaction won = jedis.multi();
            won.set("a", "y");
            won.get("a");
            assertThat(won.exec(), is(List.of("OK", "y")));
            assertThat(jedis.dbSize(), is(103L));
            assertThat(jedis.flushAll(), is("OK"));
            assertThat(jedis.dbSize(), is(0L));
        }
    }

    private static Jedis jedis(ServedStore served, RedisProtocol protocol) {
        int patienceMillis = (int) RespClient.PATIENCE.toMillis();
        return new Jedis(
                new HostAndPort("127.0.0.1", served.server().address().getPort()),
                DefaultJedisClientConfig.builder()
                        .password(PASSWORD)
                        .clientName("jedis")
                        .protocol(protocol)
                        .connectionTimeoutMillis(patienceMillis)
                        .socketTimeoutMillis(patienceMillis)
                        .build());
    }

    @Test
    @DisplayName("Lettuce: values, expiry, scans, many requests at once, transactions")
    void lettuce() throws Exception {
        try (ServedStore served = serve()) {
            RedisURI uri = RedisURI.builder()
                    .withHost("127.0.0.1")
                    .withPort(served.server().address().getPort())
                    .withPassword(PASSWORD.toCharArray())
                    .withClientName("lettuce")
                    .withTimeout(RespClient.PATIENCE)
                    .build();
            RedisClient client = RedisClient.create(uri);
            client.setOptions(ClientOptions.builder()
                    .socketOptions(SocketOptions.builder()
                            .connectTimeout(RespClient.PATIENCE)
                            .build())
                    .build());
            try (StatefulRedisConnection<String, String> connection = client.connect();
                    StatefulRedisConnection<String, String> other = client.connect()) {
                use(connection, other.sync());
            } finally {
                client.shutdown(0, 5, TimeUnit.SECONDS);
            }
        }
    }

    private static void use(StatefulRedisConnection<String, String> connection, RedisCommands<String, String> other)
            throws Exception {
        RedisCommands<String, String> redis = connection.sync();
        assertThat(redis.ping(), is("PONG"));
        assertThat(redis.clientGetname(), is("lettuce"));
        assertThat(redis.set("a", "1"), is("OK"));
        assertThat(redis.get("a"), is("1"));
        assertThat(redis.get("none"), is(nullValue()));
        assertThat(redis.set("e", "1", SetArgs.Builder.px(5_000)), is("OK"));
        assertThat(redis.pttl("e"), is(5_000L));
        assertThat(redis.getdel("e"), is("1"));
        assertThat(redis.msetnx(java.util.Map.of("a", "2", "b", "3")), is(false));
        RedisAsyncCommands<String, String> async = connection.async();
        List<RedisFuture<String>> sets = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            sets.add(async.set("k" + i, "v" + i));
        }
        for (RedisFuture<String> set : sets) {
            Eventually.holds("every set has a reply", set::isDone);
            assertThat(set.get(), is("OK"));
        }
        int found = 0;
        KeyScanCursor<String> cursor = redis.scan(ScanArgs.Builder.matches("k*").limit(100));
        while (true) {
            found += cursor.getKeys().size();
            if (cursor.isFinished()) {
                break;
            }
            cursor = redis.scan(cursor, ScanArgs.Builder.matches("k*").limit(100));
        }
        assertThat(found, is(2_000));
        redis.watch("a");
        other.set("a", "x");
        redis.multi();
        redis.set("a", "y");
        TransactionResult lost = redis.exec();
        assertThat(lost.wasDiscarded(), is(true));
        redis.multi();
        redis.set("a", "y");
        redis.get("a");
        TransactionResult won = redis.exec();
        assertThat(won.<String>get(1), is("y"));
        assertThat(redis.commandCount() > 50, is(true));
        assertThat(redis.flushall(), is("OK"));
        assertThat(redis.dbsize(), is(0L));
    }
}
