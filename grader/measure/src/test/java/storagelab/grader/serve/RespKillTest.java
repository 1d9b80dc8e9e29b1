package storagelab.grader.serve;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.is;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import storagelab.api.Slice;
import storagelab.kv.ExpiringStore;
import storagelab.recovery.DurableOptions;
import storagelab.recovery.EngineKind;

class RespKillTest {
    private static final int CLIENTS = 4;
    private static final int ROUNDS = Integer.getInteger("kills", 1);
    private static final int WRITES_BEFORE_KILL = 300;

    @TempDir
    private Path directory;

    /** A client that counts its key up until the server is gone, and remembers the last number that was replied. */
    private static final class Writer extends Thread {
        private final RespClient client;
        private final String key;
        private final CountDownLatch enough;
        private volatile long acknowledged;
        private volatile long sent;

        private Writer(RespClient client, String key, CountDownLatch enough) {
            this.client = client;
            this.key = key;
            this.enough = enough;
        }

        @Override
        public void run() {
            try {
                Object before = client.call("GET", key);
                sent = before == null ? 0 : Long.parseLong(before.toString());
                while (true) {
                    sent++;
                    Object reply = client.call("INCR", key);
                    acknowledged = Long.parseLong(String.valueOf(reply));
                    enough.countDown();
                }
            } catch (IOException e) {
                enough.countDown(); // the server is gone
            }
        }
    }

    @ParameterizedTest
    @EnumSource(ServeDurability.class)
    @DisplayName(
            "A server that is killed while clients write has everything that it replied to when it is started again")
    void killed(ServeDurability durability) throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            List<Writer> writers = new ArrayList<>();
            try (ServerProcess server = new ServerProcess(directory, durability)) {
                CountDownLatch enough = new CountDownLatch(WRITES_BEFORE_KILL);
                for (int i = 0; i < CLIENTS; i++) {
                    writers.add(new Writer(server.connect(), "key" + i, enough));
                }
                writers.forEach(Thread::start);
                enough.await();
                server.kill();
                for (Writer writer : writers) {
                    writer.join();
                    writer.client.close();
                }
            }
            try (ExpiringStore store =
                    ExpiringStore.open(directory, DurableOptions.defaults(EngineKind.BTREE), InstantSource.system())) {
                for (Writer writer : writers) {
                    long found = store.get(Slice.utf8(writer.key))
                            .map(value -> Long.valueOf(value.toUtf8()))
                            .orElse(0L);
                    assertThat(writer.key + " was replied to", found, greaterThanOrEqualTo(writer.acknowledged));
                    assertThat("nothing that was not sent", writer.sent, greaterThanOrEqualTo(found));
                    assertThat("nothing was written: the test tests nothing", found, greaterThan(0L));
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(ServeDurability.class)
    @DisplayName(
            "A server that is asked to end sends the replies it owes, and closes the store: opening it replays nothing")
    void terminated(ServeDurability durability) throws Exception {
        try (ServerProcess server = new ServerProcess(directory, durability);
                RespClient client = server.connect()) {
            for (int i = 0; i < 100; i++) {
                assertThat(client.call("SET", "k" + i, "v"), is("OK"));
            }
            assertThat(server.terminate(), containsString("closed"));
            assertThat(client.isClosedByServer(), is(true));
        }
        try (ExpiringStore store =
                ExpiringStore.open(directory, DurableOptions.defaults(EngineKind.BTREE), InstantSource.system())) {
            assertThat(store.stored().replayedOperations(), is(0L));
            assertThat(store.get(Slice.utf8("k99")), is(java.util.Optional.of(Slice.utf8("v"))));
        }
    }
}
