package storagelab.sortedlog;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static storagelab.testkit.StoreMatchers.holds;

import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import storagelab.api.Durability;
import storagelab.api.Slice;
import storagelab.api.WriteBatch;
import storagelab.testkit.Crew;

/** On the real disk, where Java closes a file under a thread that is interrupted. */
@Tag("1.10")
class SortedLogStoreInterruptTest {
    private static final int WRITES = 1000;

    @TempDir
    private Path directory;

    @Test
    @DisplayName("a thread that is interrupted reads and writes as if it were not, and is still interrupted")
    void interruptedBefore() {
        Thread.currentThread().interrupt();
        try (SortedLogStore store = SortedLogStore.open(directory, SortedLogOptions.defaults())) {
            store.write(new WriteBatch().put(Slice.utf8("a"), Slice.utf8("1")), Durability.SYNCED);
            store.flush();
            assertThat(store, holds("a", "1"));
            store.compact();
        } finally {
            assertThat("the thread is still interrupted", Thread.interrupted(), is(true));
        }
    }

    @Test
    @DisplayName("threads that are interrupted again and again lose nothing and disturb nobody")
    void interruptedMeanwhile() throws Exception {
        SortedLogOptions options = SortedLogOptions.defaults().withMemtableBytes(5000);
        AtomicBoolean done = new AtomicBoolean();
        try (SortedLogStore store = SortedLogStore.open(directory, options);
                Crew crew = new Crew()) {
            store.put(Slice.utf8("key0"), Slice.utf8("value0"));
            Thread writer = crew.start("writer", () -> {
                for (int i = 0; i < WRITES; i++) {
                    store.put(Slice.utf8("key" + i), Slice.utf8("value" + i));
                    assertThat(store, holds("key" + i / 2, "value" + i / 2));
                }
                done.set(true);
            });
            Thread reader = crew.start("reader", () -> {
                while (!done.get()) {
                    assertThat(store, holds("key0", "value0"));
                }
            });
            while (!done.get() && !crew.hasFailed()) {
                writer.interrupt();
                reader.interrupt();
                Thread.onSpinWait();
            }
            crew.join();
            for (int i = 0; i < WRITES; i++) {
                assertThat(store, holds("key" + i, "value" + i));
            }
            store.verify();
        }
    }
}
