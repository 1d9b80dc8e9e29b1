package storagelab.sortedlog;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.instanceOf;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import storagelab.api.Entry;
import storagelab.api.KeyRange;
import storagelab.api.MaintenanceKind;
import storagelab.api.Slice;
import storagelab.api.StoreClosedException;
import storagelab.disk.CrashDisk;
import storagelab.testkit.Crew;
import storagelab.testkit.Eventually;
import storagelab.testkit.ForwardingMemtable;

/** What later labs exchange in the store and see of it. */
class StorePartsTest {
    private static final Slice A = Slice.utf8("a");
    private static final Slice B = Slice.utf8("b");

    private final Path directory = CrashDisk.create().root().resolve("store");
    private final Kept kept = new Kept();
    private final StoreParts parts = new StoreParts(ForwardingMemtable::new, kept);
    private final SortedLogOptions options = SortedLogOptions.defaults()
            .withMaintenance(MaintenanceKind.FOREGROUND)
            .withCompactionTrigger(SortedLogOptions.NO_COMPACTION);

    @Test
    @DisplayName("every memtable is one of the parts: the first, the next, and that of what the logs held")
    void memtables() {
        try (SortedLogStore store = SortedLogStore.open(directory, options, parts)) {
            assertThat("the first memtable", activeOf(store), instanceOf(ForwardingMemtable.class));
            store.put(A, B);
            store.flush();
            assertThat("the memtable after a flush", activeOf(store), instanceOf(ForwardingMemtable.class));
            store.put(B, A);
        }
        try (SortedLogStore store = SortedLogStore.open(directory, options, parts)) {
            assertThat("the memtable after a restart", activeOf(store), instanceOf(ForwardingMemtable.class));
            assertThat("its keys", activeOf(store).count(), is(1));
            assertThat("get(b), which was in a log", store.get(B), is(Optional.of(A)));
        }
    }

    @Test
    @DisplayName(
            "a full memtable is frozen once, before it is written out, and the one that is closed with the store is not")
    void freezesFullMemtables() {
        List<String> calls = new ArrayList<>();
        StoreParts watched = new StoreParts(() -> new FreezeWatch(calls), kept);
        try (SortedLogStore store = SortedLogStore.open(directory, options, watched)) {
            store.put(A, A);
            store.put(B, B);
            store.flush();
            store.put(A, B);
        }
        assertThat(calls, contains("put a", "put b", "freeze", "entries", "put a"));
    }

    @Test
    @DisplayName("merged tables are retired with their files there, and go when they are told to")
    void retiredTables() {
        try (SortedLogStore store = SortedLogStore.open(directory, options, parts)) {
            List<Path> merged = twoTables(store);
            List<SortedTable> before = store.look(Sources::tables);
            store.compact();
            assertThat("tables that were retired", kept.tables, contains(before.get(0), before.get(1)));
            assertThat(
                    "files of merged tables",
                    merged.stream().filter(Files::exists).toList(),
                    hasSize(2));
            assertThat("a get from a retired table", kept.tables.get(0).get(B).isPresent(), is(true));
            kept.removals.forEach(Runnable::run);
            assertThat(
                    "files after the removal",
                    merged.stream().filter(Files::exists).toList(),
                    is(empty()));
            kept.removals.clear();
        }
    }

    @Test
    @DisplayName("what was kept is removed when the store is closed")
    void keptTablesGo() {
        List<Path> merged;
        try (SortedLogStore store = SortedLogStore.open(directory, options, parts)) {
            merged = twoTables(store);
            store.compact();
            assertThat("times that the kept tables were given up", kept.closed, is(0));
        }
        assertThat("times that the kept tables were given up", kept.closed, is(1));
        assertThat("files after closing", merged.stream().filter(Files::exists).toList(), is(empty()));
    }

    @Test
    @DisplayName("between writes a writer waits until the look is over")
    void lookBetweenWrites() throws InterruptedException {
        try (SortedLogStore store = SortedLogStore.open(directory, options, parts);
                Crew crew = new Crew()) {
            store.put(A, B);
            int seen = store.lookBetweenWrites(sources -> {
                Eventually.waits(crew.start("writer", () -> store.put(B, A)));
                return sources.active().count();
            });
            assertThat("keys that the look saw", seen, is(1));
            crew.join();
            assertThat("get(b) afterwards", store.get(B), is(Optional.of(A)));
        }
    }

    @Test
    @DisplayName("a closed store shows nothing")
    void closed() {
        SortedLogStore store = SortedLogStore.open(directory, options, parts);
        store.checkOpen();
        store.close();
        assertThrows(StoreClosedException.class, store::checkOpen);
        assertThrows(StoreClosedException.class, () -> store.look(Sources::tables));
        assertThrows(StoreClosedException.class, () -> store.lookBetweenWrites(Sources::tables));
    }

    /** Puts one key into each of two tables and returns their files. */
    private List<Path> twoTables(SortedLogStore store) {
        for (Slice key : List.of(A, B)) {
            store.put(key, key);
            store.flush();
        }
        return FileNames.numbered(directory).stream().filter(FileNames::isTable).toList();
    }

    private static Memtable activeOf(SortedLogStore store) {
        return store.look(Sources::active);
    }

    /** Says what is done with memtables. */
    private static final class FreezeWatch extends ForwardingMemtable {
        private final List<String> calls;

        FreezeWatch(List<String> calls) {
            this.calls = calls;
        }

        @Override
        public void put(Entry entry) {
            calls.add("put " + entry.key());
            super.put(entry);
        }

        @Override
        public void freeze() {
            calls.add("freeze");
            super.freeze();
        }

        @Override
        public Iterator<Entry> entries(KeyRange range) {
            calls.add("entries");
            return super.entries(range);
        }
    }

    /** Keeps merged tables. */
    private static final class Kept implements ObsoleteTables {
        private final List<SortedTable> tables = new ArrayList<>();
        private final List<Runnable> removals = new ArrayList<>();
        private int closed;

        @Override
        public void retire(SortedTable table, Runnable remove) {
            tables.add(table);
            removals.add(remove);
        }

        @Override
        public void close() {
            closed++;
            removals.forEach(Runnable::run);
        }
    }
}
