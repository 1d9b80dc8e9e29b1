package storagelab.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static storagelab.testkit.StoreMatchers.hasNothingUnder;
import static storagelab.testkit.StoreMatchers.holds;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import storagelab.api.Durability;
import storagelab.api.KeyValueStore;
import storagelab.api.Slice;
import storagelab.api.StoreClosedException;
import storagelab.api.WriteBatch;

/**
 * What every {@link KeyValueStore}, toy or production, promises: a subclass says how to open one and is thereby held to
 * it. What only some promise is in {@link DurableStoreContract} and {@link ConcurrentStoreContract}, which the subclass
 * implements besides.
 */
public abstract class KeyValueStoreContract {
    private static final int LARGE_VALUE_BYTES = 300_000;
    private static final int LONG_KEY_BYTES = 5000;

    @TempDir
    private Path directory;

    /** Opens the store in {@code directory}, which exists and is empty or holds what an earlier store left there. */
    public abstract KeyValueStore open(Path directory);

    /** A fresh, empty directory: by default on the real disk. */
    public Path newDirectory() {
        try {
            return Files.createTempDirectory(directory, "store");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Length of a long key, for a store that does not take every length. */
    protected int longKeyBytes() {
        return LONG_KEY_BYTES;
    }

    @Test
    @DisplayName("a new store has nothing under any key, the empty key included")
    void newStoreIsEmpty() {
        try (KeyValueStore store = open(newDirectory())) {
            assertThat(store, hasNothingUnder("a"));
            assertThat(store, hasNothingUnder(""));
        }
    }

    @Test
    @DisplayName("what was put can be read, and only under its key")
    void putThenGet() {
        try (KeyValueStore store = open(newDirectory())) {
            store.put(utf8("b"), utf8("2"));
            store.put(utf8("a"), utf8("1"));
            assertThat(store, holds("a", "1"));
            assertThat(store, holds("b", "2"));
            assertThat("a key that begins like another", store, hasNothingUnder("ab"));
            assertThat("a key that another begins with", store, hasNothingUnder(""));
        }
    }

    @Test
    @DisplayName("the newest value under a key is the one that is read")
    void newestWins() {
        try (KeyValueStore store = open(newDirectory())) {
            for (int i = 1; i <= 5; i++) {
                store.put(utf8("a"), utf8("value " + i));
                assertThat(store, holds("a", "value " + i));
            }
        }
    }

    @Test
    @DisplayName("a deleted key is gone, can be put again, and its neighbours stay")
    void deleteRemovesOneKey() {
        try (KeyValueStore store = open(newDirectory())) {
            store.write(new WriteBatch().put(utf8("a"), utf8("1")).put(utf8("b"), utf8("2")), Durability.BUFFERED);
            store.delete(utf8("a"));
            assertThat("after the delete", store, hasNothingUnder("a"));
            assertThat("the neighbour", store, holds("b", "2"));
            store.put(utf8("a"), utf8("3"));
            assertThat("put again after the delete", store, holds("a", "3"));
        }
    }

    @Test
    @DisplayName("deleting a key that is not there changes nothing")
    void deleteOfMissingKey() {
        try (KeyValueStore store = open(newDirectory())) {
            store.put(utf8("b"), utf8("2"));
            store.delete(utf8("a"));
            store.delete(utf8("a"));
            assertThat(store, hasNothingUnder("a"));
            assertThat(store, holds("b", "2"));
        }
    }

    @Test
    @DisplayName("the empty key is a key, and the empty value is a value")
    void emptyKeyAndEmptyValue() {
        try (KeyValueStore store = open(newDirectory())) {
            store.put(Slice.EMPTY, utf8("under the empty key"));
            store.put(utf8("a"), Slice.EMPTY);
            assertThat(store, holds(Slice.EMPTY, utf8("under the empty key")));
            assertThat("an empty value is not the same as no value", store, holds(utf8("a"), Slice.EMPTY));
            store.delete(Slice.EMPTY);
            assertThat(store, hasNothingUnder(Slice.EMPTY));
        }
    }

    @Test
    @DisplayName("every byte can stand in a key and in a value, those above 0x7f and line ends included")
    void everyByteSurvives() {
        try (KeyValueStore store = open(newDirectory())) {
            for (int b = 0; b < 256; b++) {
                store.put(Slice.copyOf((byte) b), Slice.copyOf((byte) b, (byte) ~b, (byte) b));
            }
            for (int b = 0; b < 256; b++) {
                assertThat(store, holds(Slice.copyOf((byte) b), Slice.copyOf((byte) b, (byte) ~b, (byte) b)));
            }
        }
    }

    @Test
    @DisplayName("keys of which one begins another are different keys")
    void prefixesAreDifferentKeys() {
        List<Slice> keys = List.of(utf8("a"), utf8("a\0"), utf8("aa"), utf8("a\u00e9"), utf8("a|"), utf8("a\n"));
        try (KeyValueStore store = open(newDirectory())) {
            for (Slice key : keys) {
                store.put(key, utf8("value of " + key));
            }
            for (Slice key : keys) {
                assertThat(store, holds(key, utf8("value of " + key)));
            }
        }
    }

    @Test
    @DisplayName("a value of 300,000 bytes and a key of 5,000, or as long as the store takes it, survive whole")
    void largeValues() {
        Slice largeKey = TraceText.repeat(utf8("key"), longKeyBytes());
        Slice largeValue = TraceText.repeat(utf8("0123456789abc"), LARGE_VALUE_BYTES);
        try (KeyValueStore store = open(newDirectory())) {
            store.put(largeKey, largeValue);
            store.put(utf8("small"), utf8("1"));
            assertThat(store, holds(largeKey, largeValue));
            assertThat(store, holds("small", "1"));
        }
    }

    @Test
    @DisplayName("a batch is applied in its order: the last operation on a key wins")
    void batchOrder() {
        try (KeyValueStore store = open(newDirectory())) {
            store.put(utf8("c"), utf8("before"));
            store.write(
                    new WriteBatch()
                            .put(utf8("a"), utf8("1"))
                            .put(utf8("a"), utf8("2"))
                            .put(utf8("b"), utf8("1"))
                            .delete(utf8("b"))
                            .delete(utf8("c"))
                            .put(utf8("c"), utf8("after")),
                    Durability.SYNCED);
            assertThat("put twice in one batch", store, holds("a", "2"));
            assertThat("put, then deleted in one batch", store, hasNothingUnder("b"));
            assertThat("deleted, then put in one batch", store, holds("c", "after"));
        }
    }

    @Test
    @DisplayName("an empty batch changes nothing, and a batch can be used again after it was written")
    void batchIsReadOnlyDuringWrite() {
        WriteBatch batch = new WriteBatch();
        try (KeyValueStore store = open(newDirectory())) {
            store.write(batch, Durability.SYNCED);
            assertThat("after an empty batch", store, hasNothingUnder("a"));
            batch.put(utf8("a"), utf8("1"));
            assertThat("before the batch is written", store, hasNothingUnder("a"));
            store.write(batch, Durability.BUFFERED);
            batch.put(utf8("a"), utf8("2"));
            assertThat("what is added to a batch later", store, holds("a", "1"));
            store.write(batch, Durability.BUFFERED);
            assertThat("the batch written again", store, holds("a", "2"));
        }
    }

    @Test
    @DisplayName("keys and values that are part of a larger array are read at their offset")
    void slicesWithOffset() {
        byte[] array = "__key__value__".getBytes(UTF_8);
        try (KeyValueStore store = open(newDirectory())) {
            store.put(Slice.wrap(array, 2, 3), Slice.wrap(array, 7, 5));
            assertThat(store, holds("key", "value"));
        }
    }

    @Test
    @DisplayName("closing twice does nothing")
    void closingTwice() {
        KeyValueStore store = open(newDirectory());
        store.put(utf8("a"), utf8("1"));
        assertThat("before it is closed", store, holds("a", "1"));
        store.close();
        store.close();
    }

    @Test
    @DisplayName("every call on a closed store throws StoreClosedException")
    void useAfterClose() {
        KeyValueStore store = open(newDirectory());
        store.put(utf8("a"), utf8("1"));
        store.close();
        assertThrows(StoreClosedException.class, () -> store.get(utf8("a")), "get after close");
        assertThrows(StoreClosedException.class, () -> store.put(utf8("a"), utf8("2")), "put after close");
        assertThrows(StoreClosedException.class, () -> store.delete(utf8("a")), "delete after close");
        assertThrows(
                StoreClosedException.class,
                () -> store.write(new WriteBatch().put(utf8("a"), utf8("2")), Durability.SYNCED),
                "write after close");
    }

    private static Slice utf8(String text) {
        return Slice.utf8(text);
    }
}
