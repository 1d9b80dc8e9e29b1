package storagelab.grader.serve;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.time.InstantSource;
import java.util.Arrays;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import storagelab.api.Slice;
import storagelab.api.StorageException;
import storagelab.disk.CrashDisk;
import storagelab.disk.DiskCall;
import storagelab.disk.SurvivalMode;
import storagelab.kv.ExpiringStore;
import storagelab.recovery.DurableOptions;
import storagelab.recovery.EngineKind;
import storagelab.wal.SegmentAccess;

class RespDurabilityTest {
    private static final int WRITES = 40;

    private static ServeOptions options(ServeDurability durability) {
        return ServeOptions.defaults().withDurability(durability);
    }

    @ParameterizedTest
    @EnumSource(EngineKind.class)
    @DisplayName("With --durability commit a power cut takes no write that was replied to")
    void powerCut(EngineKind engine) throws IOException {
        CrashDisk disk = CrashDisk.create();
        CrashDisk after;
        try (ServedStore served = new ServedStore(disk.root(), engine, options(ServeDurability.COMMIT));
                RespClient client = served.connect()) {
            for (int i = 0; i < WRITES; i++) {
                assertThat(client.call("SET", "k" + i, "v"), is("OK"));
            }
            after = disk.afterCrash(SurvivalMode.NOTHING, 0);
        }
        DurableOptions durable = DurableOptions.defaults(engine);
        try (ExpiringStore store = ExpiringStore.open(
                after.root(),
                durable.withLog(durable.log().withAccess(SegmentAccess.CHANNEL)),
                InstantSource.system())) {
            for (int i = 0; i < WRITES; i++) {
                assertThat("k" + i, store.get(Slice.utf8("k" + i)).isPresent(), is(true));
            }
        }
    }

    @Test
    @DisplayName("Writes that come in one pipeline share a sync")
    void sharedSync() throws IOException {
        CrashDisk disk = CrashDisk.create();
        try (ServedStore served = new ServedStore(disk.root(), options(ServeDurability.COMMIT));
                RespClient client = served.connect()) {
            assertThat(client.call("PING"), is("PONG"));
            long before = disk.counters().syncs();
            client.sendText("SET a 1\r\n".repeat(WRITES));
            for (int i = 0; i < WRITES; i++) {
                assertThat(client.read(), is("OK"));
            }
            long syncs = disk.counters().syncs() - before;
            assertThat("no sync at all", syncs, greaterThan(0L));
            assertThat("a sync for each write", syncs, lessThan((long) WRITES / 2));
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = ServeDurability.class,
            names = {"NONE", "COMMIT"})
    @DisplayName(
            "When the disk fails, no write is confirmed, later ones are refused, and reads go on without what was not written")
    void failedDisk(ServeDurability durability) throws IOException {
        CrashDisk disk = CrashDisk.create();
        ServedStore served = new ServedStore(disk.root(), options(durability));
        try (RespClient client = served.connect();
                RespClient other = served.connect()) {
            assertThat(client.call("SET", "a", "before"), is("OK"));
            disk.faults().failFrom(durability == ServeDurability.COMMIT ? DiskCall.SYNC : DiskCall.WRITE, 1);
            client.sendText("SET a 1\r\nGET a\r\nSET b 2\r\n");
            for (int i = 0; i < 3; i++) {
                assertThat(String.valueOf(client.read()), containsString("MISCONF"));
            }
            assertThat(String.valueOf(client.call("SET", "c", "3")), containsString("MISCONF"));
            client.call("MULTI");
            assertThat(String.valueOf(client.call("SET", "c", "3")), containsString("MISCONF"));
            assertThat(String.valueOf(client.call("EXEC")), containsString("EXECABORT"));
            assertThat(other.call("MGET", "a", "b", "c"), is(Arrays.asList("before", null, null)));
            assertThat("it is reported once", served.problems(), hasSize(1));
        } finally {
            served.server().close();
        }
        assertThrows(StorageException.class, served.store()::close);
    }
}
