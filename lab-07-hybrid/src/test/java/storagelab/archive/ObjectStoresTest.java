package storagelab.archive;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.closeTo;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.api.Slice;
import storagelab.api.StorageIoException;
import storagelab.disk.CrashDisk;
import storagelab.disk.DiskCall;
import storagelab.testkit.archive.CuedObjectStore;
import storagelab.testkit.archive.ObjectStoreContract;

/** Object stores keep the contract; that in a directory survives crashes; requests, bytes and money are counted exactly. */
class ObjectStoresTest {
    private static final Slice ONE = Slice.utf8("1".repeat(1_500));
    private static final Slice TWO = Slice.utf8("2".repeat(2_500));

    @Nested
    class InADirectory implements ObjectStoreContract {
        @Override
        public ObjectStore newStore() {
            return DirectoryObjectStore.open(CrashDisk.create().root().resolve("objects"));
        }
    }

    @Nested
    class InMemory implements ObjectStoreContract {
        @Override
        public ObjectStore newStore() {
            return new MemoryObjectStore();
        }
    }

    @Nested
    class Counted implements ObjectStoreContract {
        @Override
        public ObjectStore newStore() {
            return new CountingObjectStore(new CuedObjectStore(new MemoryObjectStore()));
        }
    }

    @Test
    @Tag("7.8")
    @DisplayName("a put that fails leaves the old object, and a later one succeeds")
    void failedPut() {
        for (DiskCall call : List.of(DiskCall.WRITE, DiskCall.SYNC)) {
            CrashDisk disk = CrashDisk.create();
            try (ObjectStore store = DirectoryObjectStore.open(disk.root().resolve("objects"))) {
                store.put("a", ONE);
                disk.faults().failOnce(call, 1);
                StorageIoException failure = assertThrows(
                        StorageIoException.class, () -> store.put("a", TWO), "put when a " + call + " fails");
                assertThat("a refusal is not silence", StoreUnreachableException.isCauseOf(failure), is(false));
                assertThat("after a failed " + call, store.get("a"), is(Optional.of(ONE)));
                store.put("a", TWO);
                assertThat("after a second attempt", store.get("a"), is(Optional.of(TWO)));
            }
        }
    }

    @Test
    @DisplayName("a directory that is not there is an unreachable store, and not one without objects")
    void directoryThatIsGone() throws IOException {
        Path root = CrashDisk.create().root();
        Path directory = root.resolve("objects");
        try (ObjectStore store = DirectoryObjectStore.open(directory)) {
            store.put("a", ONE);
            Files.move(directory, root.resolve("elsewhere"));
            List<Runnable> requests = List.of(
                    () -> store.get("a"),
                    () -> store.get("a", 0, 1),
                    () -> store.sizeBytes("a"),
                    () -> store.list("", "", 1),
                    () -> store.put("b", ONE),
                    () -> store.delete("a"));
            for (int i = 0; i < requests.size(); i++) {
                StorageIoException failure =
                        assertThrows(StorageIoException.class, requests.get(i)::run, "request " + i);
                assertThat("request " + i, StoreUnreachableException.isCauseOf(failure), is(true));
                assertThat("request " + i, failure.getMessage(), containsString("nothing is lost, so try again"));
            }
            Files.move(root.resolve("elsewhere"), directory);
            assertThat("when it is back", store.get("a"), is(Optional.of(ONE)));
        }
    }

    @Test
    @DisplayName("requests and bytes are counted one by one; what failed costs no bytes")
    void counts() {
        CuedObjectStore cued = new CuedObjectStore(new MemoryObjectStore());
        CountingObjectStore store = new CountingObjectStore(cued);
        store.put("a", ONE);
        store.put("a", TWO);
        RequestCounts before = store.counts();
        store.put("b", ONE);
        store.get("a");
        store.get("a", 100, 50);
        store.get("nothing");
        store.sizeBytes("b");
        store.list("", "", 10);
        store.delete("b");
        cued.leaveAfter(0);
        assertThrows(StorageIoException.class, () -> store.put("c", ONE));
        assertThrows(StorageIoException.class, () -> store.get("a"));
        assertThat(store.counts().since(before), is(new RequestCounts(1, 4, 1, 1, 2, 1_500, 2_550)));
        assertThat("all requests", store.counts().requests(), is(11L));
        assertThat("as many as came", (long) cued.requests(), is(11L));
    }

    @Test
    @DisplayName("a bill is the requests, the storage and the transfer, each at its price")
    void bill() {
        RequestCounts counts = new RequestCounts(1_500, 10_000, 500, 77, 9, 1, 2_000_000_000);
        ObjectPrices.Bill bill = ObjectPrices.defaults().bill(counts, 4_000_000_000L, 0.5);
        assertThat(bill.requests(), is(closeTo(0.014, 1e-12)));
        assertThat(bill.storage(), is(closeTo(0.046, 1e-12)));
        assertThat(bill.transfer(), is(0.0));
        assertThat(bill.total(), is(closeTo(0.06, 1e-12)));
        assertThat(
                ObjectPrices.defaults()
                        .withPerGigabyteDown(0.09)
                        .bill(counts, 0, 1)
                        .transfer(),
                is(closeTo(0.18, 1e-12)));
        assertThrows(IllegalArgumentException.class, () -> new ObjectPrices(-1, 0, 0, 0));
    }
}
