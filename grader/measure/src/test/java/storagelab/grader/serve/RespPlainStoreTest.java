package storagelab.grader.serve;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import storagelab.api.Slice;
import storagelab.hybrid.HybridOptions;
import storagelab.hybrid.HybridStore;
import storagelab.kv.CrashSafeStore;
import storagelab.kv.UpdatableStore;
import storagelab.recovery.DurableOptions;
import storagelab.recovery.EngineKind;

class RespPlainStoreTest {
    @TempDir
    private Path directory;

    @Test
    @DisplayName(
            "A store without expiry is served as it is: its values are those that were put, and none can be made to expire")
    void withoutExpiry() throws Exception {
        try (CrashSafeStore store = CrashSafeStore.open(directory, DurableOptions.defaults(EngineKind.BTREE))) {
            check(store, problems -> RespServer.start(store, ServeOptions.defaults(), problems));
        }
    }

    @Test
    @DisplayName("A hybrid store is served in the same way, and counts what it is asked for")
    void hybrid() throws Exception {
        HybridOptions sampled = HybridOptions.defaults();
        HybridOptions options = sampled.withTracker(sampled.tracker().withOneIn(1)); // a sample of two may be empty
        try (HybridStore store = HybridStore.open(directory, options)) {
            check(store, problems -> RespServer.start(store, ServeOptions.defaults(), problems));
            assertThat(store.load().get(0).gets(), is(greaterThan(0.0)));
            assertThat(store.load().get(0).puts(), is(greaterThan(0.0)));
        }
    }

    private interface Start {
        RespServer with(Consumer<Throwable> problems) throws IOException;
    }

    private static void check(UpdatableStore store, Start start) throws Exception {
        List<Throwable> problems = new ArrayList<>();
        store.put(Slice.utf8("apple"), Slice.utf8("red"));
        try (RespServer server = start.with(problems::add);
                RespClient client = new RespClient(server.address())) {
            assertThat(client.call("GET", "apple"), is("red"));
            assertThat(client.call("TTL", "apple"), is(-1L));
            assertThat(String.valueOf(client.call("EXPIRE", "apple", "5")), containsString("never expire"));
            assertThat(String.valueOf(client.call("SET", "fig", "blue", "EX", "5")), containsString("never expire"));
            assertThat(client.call("GET", "fig"), is(nullValue()));
            assertThat(client.call("SET", "fig", "green"), is("OK"));
            assertThat(client.call("APPEND", "apple", "dish"), is(7L));
        }
        assertThat(store.get(Slice.utf8("fig")), is(Optional.of(Slice.utf8("green"))));
        assertThat(store.get(Slice.utf8("apple")), is(Optional.of(Slice.utf8("reddish"))));
        assertThat(problems, is(List.of()));
    }
}
