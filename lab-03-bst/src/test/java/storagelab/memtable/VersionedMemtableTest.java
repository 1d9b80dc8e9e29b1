package storagelab.memtable;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.is;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import storagelab.api.Entry;
import storagelab.api.KeyRange;
import storagelab.api.MaintenanceKind;
import storagelab.api.Slice;
import storagelab.sortedlog.ObsoleteTables;
import storagelab.sortedlog.SortedLogOptions;
import storagelab.sortedlog.SortedLogStore;
import storagelab.sortedlog.StoreParts;
import storagelab.testkit.ConcurrentStoreContract;
import storagelab.testkit.DurableStoreContract;
import storagelab.testkit.KeyValueStoreContract;
import storagelab.testkit.StoreModel;
import storagelab.testkit.StoreSubject;

/** The versioned memtable as lab 1's store uses it: every promise of the store holds as before. */
@Tag("3.7")
class VersionedMemtableTest {
    private static final SortedLogOptions SMALL = SortedLogOptions.defaults().withMemtableBytes(4000);

    @TempDir
    private Path directory;

    @Nested
    class InTheForeground extends KeyValueStoreContract implements DurableStoreContract, ConcurrentStoreContract {
        @Override
        public SortedLogStore open(Path at) {
            return VersionedMemtableTest.open(at, SMALL.withMaintenance(MaintenanceKind.FOREGROUND));
        }
    }

    @Nested
    class InTheBackground extends KeyValueStoreContract implements DurableStoreContract, ConcurrentStoreContract {
        @Override
        public SortedLogStore open(Path at) {
            return VersionedMemtableTest.open(at, SMALL);
        }
    }

    @Test
    @DisplayName("across flushes, merges and restarts the store agrees with a sorted map")
    void model() {
        SortedLogOptions options =
                SMALL.withMemtableBytes(1000).withCompactionTrigger(2).withMaintenance(MaintenanceKind.FOREGROUND);
        StoreModel.defaults()
                .check(
                        StoreSubject.of("sorted log", this::newDirectory, at -> open(at, options))
                                .flushing(SortedLogStore::flush)
                                .compacting(SortedLogStore::compact)
                                .reopening(),
                        3);
    }

    @Test
    @DisplayName("what is written over stays as a version, and is neither found nor counted")
    void versions() {
        VersionedMemtable memtable = new VersionedMemtable(new AtomicLong(40));
        Slice fig = Slice.utf8("fig");
        Entry first = Entry.value(fig, Slice.utf8("1"));
        memtable.put(first);
        memtable.put(Entry.tombstone(fig));
        assertThat("get(fig)", memtable.get(fig), is(Optional.of(Entry.tombstone(fig))));
        assertThat("count()", memtable.count(), is(1));
        assertThat("visibleSequence() after two puts", memtable.visibleSequence(), is(42L));
        assertThat("fig as of 41", memtable.versions().get(fig, 41), is(Optional.of(first)));
        assertThat(ImmutableList.copyOf(memtable.entries()), contains(Entry.tombstone(fig)));
    }

    @Test
    @DisplayName("the entries of a range are those from its lower end up to its upper end, which is not in it")
    void range() {
        VersionedMemtable memtable = new VersionedMemtable(new AtomicLong());
        for (String key : new String[] {"d", "b", "a", "c"}) {
            memtable.put(Entry.tombstone(Slice.utf8(key)));
        }
        KeyRange range = KeyRange.of(Slice.utf8("b"), Slice.utf8("d"));
        assertThat(
                ImmutableList.copyOf(memtable.entries(range)),
                contains(Entry.tombstone(Slice.utf8("b")), Entry.tombstone(Slice.utf8("c"))));
    }

    private static SortedLogStore open(Path at, SortedLogOptions options) {
        AtomicLong sequences = new AtomicLong();
        return SortedLogStore.open(
                at, options, new StoreParts(() -> new VersionedMemtable(sequences), ObsoleteTables.REMOVED_AT_ONCE));
    }

    private Path newDirectory() {
        try {
            return Files.createTempDirectory(directory, "store");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
