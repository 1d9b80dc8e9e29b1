package storagelab.testkit;

import static org.hamcrest.MatcherAssert.assertThat;
import static storagelab.testkit.StoreMatchers.hasNothingUnder;
import static storagelab.testkit.StoreMatchers.holds;

import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import storagelab.api.Durability;
import storagelab.api.KeyValueStore;
import storagelab.api.Slice;
import storagelab.api.WriteBatch;

/** What a {@link KeyValueStore} promises that outlives its process. A {@link KeyValueStoreContract} implements it. */
public interface DurableStoreContract {
    /** Opens the store in {@code directory}, which is empty or holds what an earlier store left there. */
    KeyValueStore open(Path directory);

    /** A fresh, empty directory. */
    Path newDirectory();

    @Test
    @DisplayName("a store that was closed and opened again has every write, BUFFERED or SYNCED, and every delete")
    default void reopening() {
        Path home = newDirectory();
        try (KeyValueStore store = open(home)) {
            store.put(Slice.utf8("buffered"), Slice.utf8("1"));
            store.put(Slice.utf8("deleted"), Slice.utf8("1"));
            store.put(Slice.utf8("overwritten"), Slice.utf8("old"));
            store.write(new WriteBatch().put(Slice.utf8("synced"), Slice.EMPTY), Durability.SYNCED);
        }
        try (KeyValueStore store = open(home)) {
            assertThat("after the first reopening", store, holds("buffered", "1"));
            store.delete(Slice.utf8("deleted"));
            store.put(Slice.utf8("overwritten"), Slice.utf8("new"));
        }
        try (KeyValueStore store = open(home)) {
            assertThat("after the second reopening", store, holds("buffered", "1"));
            assertThat("after the second reopening", store, holds("synced", ""));
            assertThat("deleted between the reopenings", store, hasNothingUnder("deleted"));
            assertThat("overwritten between the reopenings", store, holds("overwritten", "new"));
        }
    }

    @Test
    @DisplayName("an empty store can be closed and opened again")
    default void reopeningAnEmptyStore() {
        Path home = newDirectory();
        open(home).close();
        open(home).close();
        try (KeyValueStore store = open(home)) {
            assertThat(store, hasNothingUnder("a"));
            store.put(Slice.utf8("a"), Slice.utf8("1"));
            assertThat(store, holds("a", "1"));
        }
    }

    @Test
    @DisplayName("a store that was closed twice is whole when it is opened again")
    default void closingTwiceAndReopening() {
        Path home = newDirectory();
        KeyValueStore store = open(home);
        store.put(Slice.utf8("a"), Slice.utf8("1"));
        store.close();
        store.close();
        try (KeyValueStore again = open(home)) {
            assertThat(again, holds("a", "1"));
        }
    }
}
