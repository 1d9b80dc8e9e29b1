package storagelab.archive;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import storagelab.api.Durability;
import storagelab.api.Slice;
import storagelab.api.StorageIoException;
import storagelab.api.WriteBatch;
import storagelab.disk.CrashDisk;
import storagelab.disk.SurvivalMode;
import storagelab.recovery.DurableOptions;
import storagelab.recovery.DurableStore;
import storagelab.testkit.archive.CuedObjectStore;
import storagelab.testkit.archive.SmallArchives;

/** An archive whose object store is away when it is closed, or when the power is cut: the log has what the objects do not. */
class ArchiveAwayTest {
    private static final Slice OLD = Slice.utf8("old");
    private static final Slice NEW = Slice.utf8("new");
    private static final Slice VALUE = Slice.utf8("1");

    private final CuedObjectStore objects = new CuedObjectStore(new MemoryObjectStore());

    @Test
    @DisplayName(
            "closing says that the object store is away, and closes all the same; what was durable is there afterwards")
    void closes() {
        Path directory = CrashDisk.create().root().resolve("archive");
        ArchiveTier archive = ArchiveTier.open(directory, objects, SmallArchives.SMALL);
        archive.write(new WriteBatch().put(OLD, VALUE), Durability.SYNCED);
        archive.apply(5, new WriteBatch().put(NEW, VALUE));
        objects.leaveAfter(0);
        StorageIoException failure = assertThrows(StorageIoException.class, archive::close);
        assertThat(StoreUnreachableException.isCauseOf(failure), is(true));
        archive.close();
        objects.comeBack();
        try (ArchiveTier again = ArchiveTier.open(directory, objects, SmallArchives.SMALL)) {
            assertThat(again.lastSequence(), is(1L));
            assertThat(again.get(OLD), is(Optional.of(VALUE)));
            assertThat(again.get(NEW), is(Optional.empty()));
            again.apply(5, new WriteBatch().put(NEW, VALUE));
            assertThat(again.get(NEW), is(Optional.of(VALUE)));
        }
    }

    @Test
    @DisplayName(
            "behind a log, writes are acknowledged and durable while the object store is away, and survive a power cut")
    void behindALog() {
        CrashDisk disk = CrashDisk.create();
        DurableOptions options = DurableOptions.defaults(new ArchiveType(directory -> objects, SmallArchives.SMALL));
        DurableStore store = DurableStore.open(disk.root().resolve("store"), options);
        store.write(new WriteBatch().put(OLD, VALUE), Durability.SYNCED);
        store.checkpoint();
        objects.leaveAfter(0);
        store.write(new WriteBatch().put(NEW, VALUE), Durability.SYNCED);
        assertThat("what was written since", store.get(NEW), is(Optional.of(VALUE)));
        assertThrows(StorageIoException.class, () -> store.get(OLD), "what only an object has");
        Path after = disk.afterCrash(SurvivalMode.NOTHING, 0).root().resolve("store");
        try (DurableStore again = DurableStore.open(after, options)) {
            assertThat("after a power cut", again.get(NEW), is(Optional.of(VALUE)));
            assertThrows(StorageIoException.class, () -> again.get(OLD), "what only an object has");
            objects.comeBack();
            assertThat("when the object store is back", again.get(OLD), is(Optional.of(VALUE)));
            again.checkpoint();
            assertThat(again.get(NEW), is(Optional.of(VALUE)));
        }
        disk.crash();
    }

    @Test
    @DisplayName("an archive is not made where objects of one with its name are, which would be garbage to it")
    void lostIndex() {
        MemoryObjectStore store = new MemoryObjectStore();
        Path directory = CrashDisk.create().root().resolve("archive");
        store.put("orders/0000000000000001-00000000", Slice.utf8("x"));
        StorageIoException refused = assertThrows(
                StorageIoException.class, () -> ArchiveTier.open(directory, store, ArchiveOptions.defaults("orders")));
        assertThat(refused.getMessage(), containsString("bring its INDEX back"));
        assertThat(StoreUnreachableException.isCauseOf(refused), is(false));
        assertThat(store.listAll("").size(), is(1));
    }
}
