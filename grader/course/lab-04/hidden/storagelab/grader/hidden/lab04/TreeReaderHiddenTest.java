package storagelab.grader.hidden.lab04;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static storagelab.grader.hidden.kit.Checks.assertEquals;
import static storagelab.grader.hidden.kit.Checks.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.api.CorruptionException;
import storagelab.api.Slice;
import storagelab.api.WriteBatch;
import storagelab.btree.LeafChange;
import storagelab.btree.OverflowPages;
import storagelab.btree.StoredValue;
import storagelab.btree.TreeChange;
import storagelab.btree.TreeReader;
import storagelab.cache.EvictionPolicy;
import storagelab.cache.PolicyKind;
import storagelab.disk.CrashDisk;
import storagelab.disk.DiskCall;
import storagelab.disk.Hold;
import storagelab.page.Frame;
import storagelab.page.PageLayout;
import storagelab.page.SlottedPage;
import storagelab.testkit.CpuTime;
import storagelab.testkit.Crew;
import storagelab.testkit.Eventually;
import storagelab.testkit.tree.DiskTree;

/** Exercise 4.14: gets beside a writer, without a lock. */
@Tag("4.14")
class TreeReaderHiddenTest {
    private static final long RACE_NANOS = 2_500_000_000L;

    private static final Slice A = Slice.utf8("a");

    private final CrashDisk disk = CrashDisk.create();
    private final DiskTree at = DiskTree.create(disk);

    @AfterEach
    void close() {
        at.close();
    }

    @Test
    @DisplayName(
            "a get finds what is published: small values, large ones, empty ones, and nothing where there is nothing")
    void finds() {
        assertEquals(Optional.empty(), TreeReader.get(at.tree, A), "get(a) from an empty tree");
        at.fill(200, 30, "v");
        Slice large = DiskTree.value("large", 5000);
        at.apply(new WriteBatch().put(A, Slice.EMPTY).put(Slice.utf8("b"), large));
        assertEquals(Optional.of(Slice.EMPTY), TreeReader.get(at.tree, A), "get(a), an empty value");
        assertEquals(Optional.of(large), TreeReader.get(at.tree, Slice.utf8("b")), "get(b), a value of 5,000 bytes");
        for (int i = 0; i < 200; i++) {
            assertEquals(
                    Optional.of(DiskTree.value("v", 30)),
                    TreeReader.get(at.tree, DiskTree.key(i)),
                    "get(" + DiskTree.key(i).toUtf8() + ")");
        }
        assertEquals(Optional.empty(), TreeReader.get(at.tree, Slice.utf8("k0000")), "get of a key that is not there");
        assertEquals(Optional.empty(), TreeReader.get(at.tree, Slice.utf8("z")), "get of a key behind all others");
    }

    @Test
    @DisplayName(
            "a get waits for a change in place that is under way, and for nothing else: not for the latch, not for a copy")
    void waitsOnlyForTheChange() throws InterruptedException {
        at.put("a=1");
        AtomicReference<Optional<Slice>> answer = new AtomicReference<>();
        TreeChange copies = new TreeChange(at.tree);
        copies.edit(at.tree.state().root());
        try (Crew crew = new Crew()) {
            at.tree.latch().lock(); // by this thread, as if it changed something
            try {
                crew.start("reader", () -> answer.set(TreeReader.get(at.tree, A)));
                crew.join();
            } finally {
                at.tree.latch().unlock();
            }
            assertEquals(Optional.of(Slice.utf8("1")), answer.get(), "get(a) while somebody has the latch");
            copies.abandon();
            Frame leaf = at.tree.pool().pin(at.tree.state().root());
            leaf.beginChange();
            SlottedPage page = new SlottedPage(leaf.bytes());
            page.replace(0, StoredValue.inline(Slice.utf8("half")));
            answer.set(Optional.empty());
            Thread reader = crew.start("reader", () -> answer.set(TreeReader.get(at.tree, A)));
            Eventually.letHold(() -> !reader.isAlive());
            assertTrue(
                    reader.isAlive(), "a get has returned " + answer.get() + " from a page in the middle of a change");
            page.replace(0, StoredValue.inline(Slice.utf8("whole")));
            leaf.endChange();
            at.tree.pool().unpin(leaf);
            crew.join();
            assertEquals(Optional.of(Slice.utf8("whole")), answer.get(), "get(a) after the change has ended");
        }
    }

    @Test
    @DisplayName(
            "a get beside changes in place of the same leaf sees whole values only, and never that a key is missing")
    void besideChangesInPlace() throws InterruptedException {
        CrashDisk ownDisk = CrashDisk.create();
        int pageBytes = 64 << 10; // so that most of a get is copying its value
        AtomicBoolean stop = new AtomicBoolean();
        try (DiskTree own = DiskTree.create(ownDisk, pageBytes, PolicyKind.CLOCK.create(DiskTree.POOL_PAGES));
                Crew crew = new Crew()) {
            own.put("b=1 c=1 d=1");
            crew.start(2, "reader", () -> {
                while (!stop.get()) {
                    Slice value = TreeReader.get(own.tree, Slice.utf8("c"))
                            .orElseThrow(() -> new AssertionError("get(c) has found nothing; c was never deleted"));
                    int step = Math.max(1, value.length() / 40); // so that most of the time goes into gets
                    for (int i = step; i < value.length(); i += step) {
                        assertTrue(
                                value.byteAt(i) == value.byteAt(0),
                                "get(c) is a value whose byte " + i
                                        + " is another than its first: all that were put have"
                                        + " one byte repeated, so this is a part of one value and a part of another");
                    }
                }
            });
            long end = CpuTime.ofThisThreadNanos() + RACE_NANOS;
            for (int i = 0; CpuTime.ofThisThreadNanos() < end && !crew.hasFailed(); i++) {
                Slice value = Slice.utf8(String.valueOf((char) ('a' + i % 26)).repeat(5000 + i * 37 % 9000));
                for (String key : List.of("c", i % 2 == 0 ? "b" : "d")) { // moves cells about and compacts the page
                    LeafChange.tryInPlace(own.tree, new WriteBatch.Put(Slice.utf8(key), value));
                }
            }
            stop.set(true);
            crew.join();
        }
    }

    @Test
    @DisplayName("an overflow page that a get waits for becomes another page: no exception, the get begins anew")
    void overflowPageIsReused() throws InterruptedException {
        at.apply(new WriteBatch().put(A, DiskTree.value("large", 2500)));
        Slice payload = new SlottedPage(at.tree.read(at.tree.state().root())).payload(0);
        int first = StoredValue.firstPage(payload);
        AtomicReference<Optional<Slice>> answer = new AtomicReference<>();
        try (Crew crew = new Crew();
                Hold reads = disk.faults().hold(DiskCall.READ, DiskTree.NAME)) {
            crew.start("reader", () -> answer.set(TreeReader.get(at.tree, A)));
            Eventually.holds("the get waits for an overflow page", () -> reads.waiting() > 0 || crew.hasFailed());
            TreeChange change = new TreeChange(at.tree);
            int root = change.edit(at.tree.state().root());
            new SlottedPage(change.read(root)).replace(0, StoredValue.inline(Slice.utf8("small")));
            for (int page = first; page < first + OverflowPages.pageCount(2500, DiskTree.PAGE_BYTES); page++) {
                change.free(page, 1);
            }
            change.publish(root);
            at.tree.reclaim();
            TreeChange reuses = new TreeChange(at.tree);
            for (int page = reuses.add(PageLayout.LEAF); page <= first; page = reuses.add(PageLayout.LEAF)) {
                reuses.finish(page);
            }
            reuses.publish(root);
            reads.close();
            crew.join();
        }
        assertEquals(Optional.of(Slice.utf8("small")), answer.get(), "get(a)");
    }

    @Test
    @DisplayName("a get that is disturbed without end comes to an end, and lets go of what it held")
    void disturbedWithoutEnd() throws InterruptedException {
        CrashDisk ownDisk = CrashDisk.create();
        DisturbingPolicy policy = new DisturbingPolicy();
        try (DiskTree own = DiskTree.create(ownDisk, DiskTree.PAGE_BYTES, policy);
                Crew crew = new Crew()) {
            own.put("a=1");
            long version = own.tree.state().version();
            AtomicReference<Optional<Slice>> answer = new AtomicReference<>(Optional.empty());
            policy.disturb =
                    () -> { // whenever a page is read, a page number becomes free, as if the writer were so fast
                        own.tree.reclaimer().giveUp(own.tree.freeList().allocate(), version + 1, version + 2);
                        own.tree.reclaim();
                    };
            Thread reader = crew.start("reader", () -> answer.set(TreeReader.get(own.tree, A)));
            try {
                Eventually.holds("a get has its answer although it is disturbed each time", () -> !reader.isAlive());
            } finally {
                policy.disturb = () -> {};
            }
            crew.join();
            assertEquals(Optional.of(Slice.utf8("1")), answer.get(), "get(a)");
            assertThrows(
                    IllegalStateException.class,
                    () -> own.tree.reclaimer().release(version),
                    "a release of the version that the get has looked at, which should have been released by it");
        }
    }

    @Test
    @DisplayName("a damaged page is reported, and not read again and again")
    void damaged() throws IOException {
        at.put("a=1");
        at.checkpointer.checkpoint();
        int page = at.tree.state().root();
        at.tree.pool().discard(page);
        disk.faults().flipBit(at.tree.file().path(), (long) page * DiskTree.PAGE_BYTES + 500, 3);
        long reads = disk.counters().reads();
        assertThrows(CorruptionException.class, () -> TreeReader.get(at.tree, A), "get(a) from a damaged page");
        assertEquals(1, disk.counters().reads() - reads, "reads of the damaged page");
    }

    @Test
    @DisplayName("a page in memory that makes no sense is reported at once: nobody has disturbed the get")
    void nonsense() {
        at.put("a=1");
        byte[] leaf = at.tree.read(at.tree.state().root());
        PageLayout.putShort(leaf, SlottedPage.HEAD_BYTES, 0xffff); // the offset of the first cell
        long frozen = at.tree.frozenVersion();
        assertThrows(
                IndexOutOfBoundsException.class,
                () -> TreeReader.get(at.tree, A),
                "get(a) from a cell beyond the page");
        assertEquals(frozen, at.tree.frozenVersion(), "the frozen version after a get that nobody has disturbed");
    }

    @Test
    @DisplayName("a get freezes nothing and pins nothing: the writer goes on in place")
    void leavesTheWriterAlone() {
        at.put("a=1");
        long frozen = at.tree.frozenVersion();
        for (int i = 0; i < 10; i++) {
            TreeReader.get(at.tree, A);
        }
        assertEquals(frozen, at.tree.frozenVersion(), "the frozen version after ten gets");
        assertEquals(0, at.tree.pool().pinnedPages(), "pages pinned after ten gets");
        change("a", "2");
    }

    private void change(String key, String value) {
        LeafChange.Outcome outcome =
                LeafChange.tryInPlace(at.tree, new WriteBatch.Put(Slice.utf8(key), Slice.utf8(value)));
        assertTrue(outcome == LeafChange.Outcome.DONE, "a put of " + key + " that fits its young leaf is " + outcome);
    }

    private static void insert(TreeChange change, int page, String key, String value) {
        new SlottedPage(change.read(page)).insert(0, Slice.utf8(key), StoredValue.inline(Slice.utf8(value)));
    }

    /** The clock, and something that is done whenever a page is read that is in memory. */
    private static final class DisturbingPolicy implements EvictionPolicy {
        private final EvictionPolicy clock = PolicyKind.CLOCK.create(DiskTree.POOL_PAGES);
        private volatile Runnable disturb = () -> {};

        @Override
        public void admit(int slot, int page) {
            clock.admit(slot, page);
        }

        @Override
        public void touch(int slot) {
            clock.touch(slot);
            disturb.run();
        }

        @Override
        public int victim(IntPredicate evictable) {
            return clock.victim(evictable);
        }

        @Override
        public void remove(int slot) {
            clock.remove(slot);
        }

        @Override
        public boolean touchesConcurrently() {
            return true; // so that this is called without the pool's lock
        }
    }
}
