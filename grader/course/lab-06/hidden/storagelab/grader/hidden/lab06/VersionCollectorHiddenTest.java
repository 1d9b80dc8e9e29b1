package storagelab.grader.hidden.lab06;

import static storagelab.grader.hidden.kit.Checks.assertEquals;
import static storagelab.grader.hidden.kit.Checks.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.api.EngineSnapshot;
import storagelab.api.Slice;
import storagelab.api.WriteBatch;
import storagelab.grader.hidden.kit.Growth;
import storagelab.mvcc.ChainedVersions;
import storagelab.mvcc.VersionChain;
import storagelab.mvcc.VersionChains;
import storagelab.mvcc.VersionCollector;
import storagelab.mvcc.Watermark;
import storagelab.testkit.Crew;
import storagelab.testkit.Seeds;
import storagelab.testkit.kv.MapEngine;
import storagelab.testkit.kv.MapEngine.Call;
import storagelab.testkit.kv.ViewModel;

/** Exercise 6.10: which replaced values stay, and for how long. */
@Tag("6.10")
class VersionCollectorHiddenTest {
    private static final Slice K = Slice.utf8("k");

    private final AtomicLong visible = new AtomicLong();
    private final Watermark watermark = new Watermark(visible::get);
    private final VersionChains chains = new VersionChains();
    private final VersionCollector collector = new VersionCollector(chains, watermark);

    private static Slice utf8(String text) {
        return Slice.utf8(text);
    }

    private static List<Long> sequences(@Nullable VersionChain chain) {
        List<Long> sequences = new ArrayList<>();
        for (VersionChain next = chain; next != null; next = next.older()) {
            assertEquals(
                    utf8("v" + next.replacedAt()), next.value(), "the value that was replaced at " + next.replacedAt());
            sequences.add(next.replacedAt());
        }
        return sequences;
    }

    /** A chain of the values that were replaced at these sequences. */
    private static @Nullable VersionChain chain(Iterable<Long> ascending) {
        VersionChain chain = null;
        for (long replacedAt : ascending) {
            chain = new VersionChain(replacedAt, utf8("v" + replacedAt), chain);
        }
        return chain;
    }

    @Test
    @DisplayName("neededBy keeps, for any views, just those values that one of them reads")
    void neededByAnyViews() {
        Seeds.check(200, random -> {
            TreeSet<Long> replaced = new TreeSet<>();
            while (replaced.size() < 8) {
                replaced.add(1L + random.nextInt(30));
            }
            VersionChain chain = chain(replaced);
            AtomicLong now = new AtomicLong();
            Watermark views = new Watermark(now::get);
            TreeSet<Long> expected = new TreeSet<>();
            TreeSet<Long> held = new TreeSet<>();
            for (int i = random.nextInt(6); i > 0; i--) {
                now.set(random.nextInt(34));
                held.add(views.hold());
                Long read = replaced.higher(now.get());
                if (read != null) {
                    expected.add(read);
                }
            }
            String what = " of values replaced at " + replaced + ", with views at " + held;
            VersionChain needed = chain == null ? null : chain.neededBy(views);
            assertEquals(new ArrayList<>(expected.descendingSet()), sequences(needed), "neededBy" + what);
            if (expected.size() == replaced.size()) {
                assertTrue(needed == chain, "neededBy" + what + " is a copy, though every value stays");
            }
        });
    }

    @Test
    @DisplayName("a chain of which every value is needed is returned itself")
    void nothingToDrop() {
        for (long sequence : List.of(0L, 5L, 9L)) {
            visible.set(sequence);
            watermark.hold();
        }
        VersionChain chain = chain(List.of(3L, 7L, 12L));
        assertTrue(chain != null && chain.neededBy(watermark) == chain, "neededBy copies a chain that stays as it is");
        assertTrue(chain != null && chain.above(2) == chain, "above(2) copies a chain that stays as it is");
    }

    @Test
    @DisplayName("above keeps what was replaced after a sequence, at every sequence")
    void aboveEverySequence() {
        VersionChain chain = chain(List.of(3L, 7L, 12L));
        for (long sequence = 0; sequence < 15; sequence++) {
            List<Long> expected = new ArrayList<>(List.of(12L, 7L, 3L));
            long watermarkNow = sequence;
            expected.removeIf(replacedAt -> replacedAt <= watermarkNow);
            assertEquals(
                    expected,
                    sequences(chain == null ? null : chain.above(sequence)),
                    "above(" + sequence + ") of values replaced at 12, 7, 3");
        }
    }

    @Test
    @DisplayName("chains of 100,000 values are cut without an overflow of the stack")
    void longChains() {
        List<Long> replaced = new ArrayList<>();
        for (long i = 1; i <= 100_000; i++) {
            replaced.add(i);
        }
        VersionChain chain = chain(replaced);
        visible.set(50_000);
        watermark.hold();
        try {
            assertEquals(
                    List.of(50_001L),
                    sequences(chain == null ? null : chain.neededBy(watermark)),
                    "neededBy of 100,000 values with a view at 50,000");
        } catch (StackOverflowError e) {
            throw new AssertionError("neededBy of a chain of 100,000 values overflows the stack: does it call itself?");
        }
        VersionChain above;
        try {
            above = chain == null ? null : chain.above(10);
        } catch (StackOverflowError e) {
            throw new AssertionError("above of a chain of 100,000 values overflows the stack: does it call itself?");
        }
        assertEquals(99_990, sequences(above).size(), "values above(10) of 100,000");
    }

    @Test
    @DisplayName(
            "a key that is written ten thousand times alongside one old view and many brief ones has two versions at most")
    void bounded() {
        ChainedVersions versions = new ChainedVersions(new MapEngine());
        EngineSnapshot old = versions.view();
        for (int i = 1; i <= 10_000; i++) {
            try (EngineSnapshot brief = versions.view()) {
                versions.publish(i, new WriteBatch().put(K, utf8("" + i)));
                assertTrue(
                        versions.versions() <= 2,
                        versions.versions() + " versions after write " + i + " of one key, with views at 0 and "
                                + brief.sequence());
            }
        }
        assertEquals(Optional.empty(), old.get(K), "the key in the view from before the first write");
        old.close();
        assertEquals(0, versions.versions(), "versions when no view is open");
    }

    @Test
    @DisplayName("every key of a batch is looked at, and no version of another key")
    void everyKeyOfTheBatch() {
        MapEngine engine = new MapEngine();
        ChainedVersions versions = new ChainedVersions(engine);
        EngineSnapshot old = versions.view();
        for (int round = 0; round < 5; round++) {
            WriteBatch batch = new WriteBatch();
            for (int key = 0; key < 10; key++) {
                batch.put(utf8("k" + key), utf8("" + round));
            }
            versions.publish(1 + 10L * round, batch);
        }
        assertEquals(10, versions.versions(), "versions of ten keys that were written five times with a view at 0");
        old.close();
        assertEquals(0, versions.versions(), "versions when it is closed");
    }

    @Test
    @DisplayName("what an old view has read goes when it is closed, however often other keys were written meanwhile")
    void othersAreWrittenOften() {
        ChainedVersions versions = new ChainedVersions(new MapEngine());
        EngineSnapshot old = versions.view();
        long sequence = 1;
        for (; sequence <= 10; sequence++) {
            versions.publish(sequence, new WriteBatch().put(utf8("once " + sequence), K));
        }
        for (; sequence <= 5_000; sequence++) {
            try (EngineSnapshot brief = versions.view()) {
                versions.publish(sequence, new WriteBatch().put(K, utf8("at " + brief.sequence())));
            }
        }
        old.close();
        assertEquals(
                0,
                versions.versions(),
                "versions when no view is open, of ten keys that were written once and one that was written 5,000 times");
    }

    @Test
    @DisplayName("when the oldest view is closed, what only it has read goes at once, of every key")
    void oldestViewCloses() {
        ChainedVersions versions = new ChainedVersions(new MapEngine());
        long sequence = 1;
        List<EngineSnapshot> views = new ArrayList<>();
        for (int round = 0; round < 4; round++) {
            views.add(versions.view());
            for (int key = 0; key < 100; key++) {
                versions.publish(sequence++, new WriteBatch().put(utf8("k" + key), utf8("" + round)));
            }
        }
        for (int left = 4; left > 0; left--) {
            assertEquals(100L * left, versions.versions(), "versions of 100 keys, each read by " + left + " views");
            views.remove(0).close();
        }
        assertEquals(0, versions.versions(), "versions when no view is open");
    }

    @Test
    @DisplayName(
            "what a view in the middle has read stays until it is closed and the key is written, or it is the oldest")
    void viewInTheMiddle() {
        visible.set(5);
        watermark.hold();
        visible.set(8);
        watermark.hold();
        for (long sequence : List.of(6L, 9L)) {
            chains.add(K, sequence, utf8("v" + sequence));
            visible.set(sequence);
            collector.published(Set.of(K), sequence);
        }
        assertEquals(List.of(9L, 6L), sequences(chains.get(K)), "versions with views at 5 and 8");
        watermark.release(8);
        chains.add(K, 10, utf8("v10"));
        visible.set(10);
        collector.published(Set.of(K), 10);
        assertEquals(List.of(6L), sequences(chains.get(K)), "versions with a view at 5, after a write");
        watermark.release(5);
        collector.collect();
        assertEquals(List.of(), sequences(chains.get(K)), "versions without views");
    }

    @Test
    @DisplayName("a view that is closed while a batch is published takes nothing from a view that begins then")
    void closedWhileABatchIsPublished() {
        MapEngine engine = new MapEngine();
        ChainedVersions versions = new ChainedVersions(engine);
        versions.publish(1, new WriteBatch().put(K, utf8("a")));
        EngineSnapshot old = versions.view();
        versions.publish(2, new WriteBatch().put(K, utf8("b")));
        List<EngineSnapshot> begun = new ArrayList<>();
        AtomicBoolean isDone = new AtomicBoolean();
        engine.tell(call -> {
            if (call == Call.APPLY && isDone.compareAndSet(false, true)) {
                old.close();
                begun.add(versions.view());
            }
        });
        versions.publish(3, new WriteBatch().put(K, utf8("c")));
        assertEquals(
                Optional.of(utf8("b")),
                begun.get(0).get(K),
                "k in a view at 2, which began while c was published at 3 and the view at 1 was closed");
        begun.get(0).close();
        assertEquals(0, versions.versions(), "versions when no view is open");
    }

    /** One version for each of a number of keys, all of which a view at 0 reads. */
    private static final class Kept {
        private final AtomicLong now = new AtomicLong();
        private final Watermark views = new Watermark(now::get);
        private final VersionChains chains = new VersionChains();
        private final VersionCollector collector = new VersionCollector(chains, views);

        Kept(int versions) {
            views.hold();
            for (int i = 1; i <= versions; i++) {
                publish(utf8("k" + i));
            }
        }

        void publish(Slice key) {
            long next = now.get() + 1;
            chains.add(key, next, key);
            now.set(next);
            collector.published(Set.of(key), next);
        }
    }

    @Test
    @DisplayName("a call of collect that can drop nothing takes as long with thousands of versions as with a few")
    void collectOfNothing() {
        Growth.check("1,000 times collect() below the watermark", "versions", versions -> {
            Kept kept = new Kept(versions);
            return () -> {
                for (int i = 0; i < 1_000; i++) {
                    kept.collector.collect();
                }
                assertTrue(kept.chains.versions() == versions, "versions that the view at 0 reads were dropped");
            };
        });
    }

    @Test
    @DisplayName("publishing looks at the chains of its own keys: other versions do not make it slower")
    void publishedCost() {
        Growth.check("500 times published() of one key", "versions of other keys", versions -> {
            Kept kept = new Kept(versions);
            return () -> {
                for (int i = 0; i < 500; i++) {
                    kept.publish(K);
                }
            };
        });
    }

    @Test
    @DisplayName(
            "a key that is written half a million times alongside an old view leaves no list of half a million entries behind")
    void nothingIsLeftBehind() {
        checkNothingIsLeftBehind(0);
    }

    @Test
    @DisplayName("nor does it if the view reads the old values of a thousand other keys")
    void nothingIsLeftBehindAlongsideOthers() {
        checkNothingIsLeftBehind(1_000);
    }

    private void checkNothingIsLeftBehind(int others) {
        visible.set(1);
        watermark.hold();
        for (int i = 0; i < others; i++) {
            publish(utf8("other " + i));
        }
        Runtime runtime = Runtime.getRuntime();
        long before = usedBytes(runtime);
        for (int i = 0; i < 500_000; i++) {
            long brief = watermark.hold(); // so that each version is needed for a moment
            publish(K);
            watermark.release(brief);
        }
        assertTrue(
                chains.versions() <= others + 2,
                chains.versions() + " versions with one view, of one key and " + others + " others");
        long grown = usedBytes(runtime) - before;
        assertTrue(
                grown < 8 << 20,
                (grown >> 20)
                        + " MiB more are in use after half a million writes of one key with two versions: is something "
                        + "remembered for each version that was dropped?");
    }

    private void publish(Slice key) {
        long next = visible.get() + 1;
        chains.add(key, next, K);
        visible.set(next);
        collector.published(Set.of(key), next);
    }

    private static long usedBytes(Runtime runtime) {
        System.gc();
        return runtime.totalMemory() - runtime.freeMemory();
    }

    @Test
    @DisplayName("threads that begin and close views alongside a writer read their moments and leave no version behind")
    void besideAWriter() throws InterruptedException {
        ChainedVersions versions = new ChainedVersions(new MapEngine());
        AtomicBoolean done = new AtomicBoolean();
        EngineSnapshot first = versions.view(); // so that there are versions, however fast the writer is
        try (Crew crew = new Crew()) {
            crew.start("writer", () -> {
                for (int i = 0; i < 1_000 && !crew.hasFailed(); i++) {
                    WriteBatch batch = new WriteBatch();
                    for (int k = 0; k < 4; k++) {
                        batch.put(utf8("k" + k), utf8("" + i));
                    }
                    versions.publish(1 + 4L * i, batch);
                }
                done.set(true);
            });
            crew.start(3, "reader", () -> {
                while (!done.get() && !crew.hasFailed()) {
                    try (EngineSnapshot view = versions.view()) {
                        Optional<Slice> value = view.get(utf8("k0"));
                        for (int k = 3; k >= 0; k--) {
                            assertEquals(value, view.get(utf8("k" + k)), "k" + k + " and k0, at " + view.sequence());
                        }
                    }
                }
            });
            crew.join();
        }
        first.close();
        assertEquals(0, versions.versions(), "versions when every view is closed");
        assertEquals(0, versions.versionBytes(), "bytes of them");
    }

    @Test
    @DisplayName("views of many moments show theirs while versions are collected, and nothing is left afterwards")
    void model() {
        Seeds.check(15, random -> {
            ChainedVersions versions = new ChainedVersions(new MapEngine());
            ViewModel.check(versions, random, 200);
            assertEquals(0, versions.versions(), "versions when no view is open");
        });
    }
}
