package storagelab.grader.hidden.lab06;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static storagelab.grader.hidden.kit.Checks.assertEquals;
import static storagelab.grader.hidden.kit.Checks.assertFalse;
import static storagelab.grader.hidden.kit.Checks.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.api.Cursor;
import storagelab.api.EngineSnapshot;
import storagelab.api.KeyRange;
import storagelab.api.Slice;
import storagelab.api.WriteBatch;
import storagelab.mvcc.ChainedVersions;
import storagelab.mvcc.VersionChain;
import storagelab.testkit.Crew;
import storagelab.testkit.Eventually;
import storagelab.testkit.Seeds;
import storagelab.testkit.Step;
import storagelab.testkit.kv.MapEngine;
import storagelab.testkit.kv.MapEngine.Call;
import storagelab.testkit.kv.ViewModel;

/** Exercise 6.7: chains of replaced values, and views that read them without waiting. */
@Tag("6.7")
class VersionedReadsHiddenTest {
    private static final Slice K = Slice.utf8("k");
    private static final Slice A = Slice.utf8("a");
    private static final Slice B = Slice.utf8("b");

    private final MapEngine engine = new MapEngine();
    private final ChainedVersions versions = ChainedVersions.keepingAll(engine);

    private static WriteBatch put(Slice key, Slice value) {
        return new WriteBatch().put(key, value);
    }

    /** Does {@code action} at the first {@code call} from now on. */
    private void at(Call call, Runnable action) {
        AtomicBoolean isDone = new AtomicBoolean();
        engine.tell(now -> {
            if (now == call && isDone.compareAndSet(false, true)) {
                action.run();
            }
        });
    }

    private static List<String> entries(Cursor cursor) {
        List<String> entries = new ArrayList<>();
        for (cursor.seekToFirst(); cursor.isValid(); cursor.next()) {
            entries.add(cursor.key() + "=" + cursor.value());
        }
        return entries;
    }

    private static List<String> backward(Cursor cursor) {
        List<String> entries = new ArrayList<>();
        for (cursor.seekToLast(); cursor.isValid(); cursor.prev()) {
            entries.add(cursor.key() + "=" + cursor.value());
        }
        Collections.reverse(entries);
        return entries;
    }

    @Test
    @DisplayName("at every sequence, a chain of five values has the one that was replaced first after it")
    void chainAtEverySequence() {
        VersionChain chain = null;
        for (int i = 1; i <= 5; i++) {
            chain = new VersionChain(10L * i, Slice.utf8("v" + i), chain);
        }
        for (long sequence = 0; sequence <= 60; sequence++) {
            @Nullable VersionChain found = chain == null ? null : chain.at(sequence);
            String expected = sequence >= 50 ? "none" : "v" + (sequence / 10 + 1);
            assertEquals(
                    expected,
                    found == null ? "none" : String.valueOf(found.value()),
                    "at(" + sequence + ") of the chain (50, v5), (40, v4), (30, v3), (20, v2), (10, v1)");
        }
    }

    @Test
    @DisplayName("a reader that is between its two reads while a batch is published gets the value of its moment")
    void publishedBetweenTheReads() {
        versions.publish(1, put(K, A));
        try (EngineSnapshot view = versions.view()) {
            at(Call.GET, () -> versions.publish(2, put(K, B)));
            assertEquals(
                    Optional.of(A), view.get(K), "k in a view at 1, when b is published before its read of the engine");
        }
        try (EngineSnapshot view = versions.view()) {
            at(Call.GOT, () -> versions.publish(3, put(K, A)));
            assertEquals(
                    Optional.of(B), view.get(K), "k in a view at 2, when a is published after its read of the engine");
        }
    }

    @Test
    @DisplayName("between the steps of a batch, a view that is open reads the old value")
    void readBetweenTheSteps() {
        versions.publish(1, put(K, A));
        try (EngineSnapshot view = versions.view()) {
            for (Call call : List.of(Call.APPLIED, Call.APPLY, Call.GOT)) {
                List<Optional<Slice>> found = new ArrayList<>();
                List<String> scanned = new ArrayList<>();
                at(call, () -> {
                    found.add(view.get(K));
                    try (Cursor cursor = view.cursor(KeyRange.all())) {
                        scanned.addAll(entries(cursor));
                    }
                });
                long next = engine.lastSequence() + 1;
                versions.publish(next, put(K, Slice.utf8("at " + next)));
                engine.tell(none -> {});
                assertEquals(List.of(Optional.of(A)), found, "k in a view at 1, read at the step " + call);
                assertEquals(List.of("k=a"), scanned, "entries of a view at 1, read at the step " + call);
            }
        }
    }

    @Test
    @DisplayName("a view that begins between the steps of a batch has all of the batch or nothing of it, for good")
    void viewBetweenTheSteps() {
        versions.publish(1, put(K, A).put(B, A));
        EngineSnapshot old = versions.view();
        for (Call call : List.of(Call.GOT, Call.APPLY, Call.APPLIED)) {
            List<EngineSnapshot> begun = new ArrayList<>();
            List<Optional<Slice>> first = new ArrayList<>();
            at(call, () -> {
                EngineSnapshot view = versions.view();
                begun.add(view);
                first.add(view.get(K));
            });
            long next = engine.lastSequence() + 1;
            Slice value = Slice.utf8("at " + next);
            versions.publish(next, put(K, value).put(B, value));
            engine.tell(none -> {});
            EngineSnapshot view = begun.get(0);
            String what = " in a view that began at the step " + call + " and reads at " + view.sequence();
            assertEquals(first.get(0), view.get(K), "k" + what + ", after the batch at " + next + ", against before");
            assertEquals(view.get(K), view.get(B), "b, which every batch writes with k," + what);
            boolean isAfter = view.sequence() >= next;
            assertEquals(isAfter, view.get(K).equals(Optional.of(value)), "whether the batch is seen" + what);
            view.close();
        }
        old.close();
    }

    @Test
    @DisplayName("a view that begins while a batch without versions is applied does not see the batch in part")
    void viewBesideABatchWithoutVersions() throws InterruptedException {
        versions.publish(1, put(K, A));
        List<EngineSnapshot> begun = Collections.synchronizedList(new ArrayList<>());
        try (Crew crew = new Crew()) {
            at(Call.APPLY, () -> {
                Thread reader = crew.start("reader", () -> begun.add(versions.view()));
                Eventually.letHold(() -> !begun.isEmpty() || reader.getState() != Thread.State.RUNNABLE);
            });
            versions.publish(2, put(K, B));
            crew.join();
        }
        EngineSnapshot view = begun.get(0);
        Slice expected = view.sequence() >= 2 ? B : A;
        assertEquals(Optional.of(expected), view.get(K), "k in a view at " + view.sequence() + ", when b was put at 2");
        view.close();
    }

    @Test
    @DisplayName("a view holds the sequence that was visible when it began, until it is closed")
    void viewHolds() {
        versions.publish(1, put(K, A));
        EngineSnapshot view = versions.view();
        assertEquals(1, view.sequence(), "the sequence of a view that begins after the batch at 1");
        versions.publish(2, put(K, B));
        assertEquals(1, versions.watermark().lowest(), "the watermark while a view at 1 is open");
        view.close();
        assertEquals(2, versions.watermark().lowest(), "the watermark when the view is closed");
        assertFalse(versions.watermark().isHeld(), "a sequence is still held");
    }

    @Test
    @DisplayName("a key gets one version a batch, with the value from before it, also if it had none")
    void oneVersionABatch() {
        versions.publish(1, put(K, A));
        try (EngineSnapshot view = versions.view()) {
            versions.publish(2, put(K, B).delete(K).put(K, B));
            assertEquals(1, versions.versions(), "versions, when a batch has written k three times");
            assertEquals(Optional.of(A), view.get(K), "k in the view from before the batch");
            versions.publish(5, put(B, B));
            assertEquals(2, versions.versions(), "versions, when a batch has written b for the first time");
            assertEquals(Optional.empty(), view.get(B), "b in the view from before it was written");
            try (EngineSnapshot later = versions.view()) {
                versions.publish(6, new WriteBatch().delete(B));
                assertEquals(Optional.of(B), later.get(B), "b in a view from before it was deleted");
                assertEquals(Optional.empty(), view.get(B), "b in the view from before it was written");
            }
        }
    }

    @Test
    @DisplayName("with a view open, publishing reads each different key once; without, it reads nothing")
    void cost() {
        versions.publish(1, put(K, A).put(B, A));
        assertEquals(0, engine.gets(), "gets in the engine for a batch, when no view is open");
        assertEquals(0, versions.versions(), "versions that it leaves");
        try (EngineSnapshot view = versions.view()) {
            versions.publish(3, put(K, B).put(B, B).delete(K).put(K, A));
            assertEquals(
                    2, engine.gets(), "gets in the engine for a batch of two keys, with " + view.sequence() + " held");
        }
        long gets = engine.gets();
        WriteBatch largest = new WriteBatch();
        for (int i = 0; i < 256; i++) {
            largest.put(Slice.utf8("key " + i), A);
        }
        versions.publish(7, largest);
        assertEquals(gets, engine.gets(), "gets for a batch of 256 operations, when no view is open");
        assertEquals(2, versions.versions(), "versions after it");
    }

    @Test
    @DisplayName("a view begins, while a batch with versions is applied, without waiting for it")
    void viewDoesNotWait() throws InterruptedException {
        List<String> waited = Collections.synchronizedList(new ArrayList<>());
        for (boolean isHeld : new boolean[] {true, false}) {
            EngineSnapshot old = isHeld ? versions.view() : null;
            WriteBatch batch = new WriteBatch();
            for (int i = 0; i < (isHeld ? 1 : 257); i++) {
                batch.put(Slice.utf8("key " + i), A);
            }
            String what = "a batch of " + batch.operations().size() + (isHeld ? " with" : " without") + " a view open";
            Step.at("view() while " + what + " is applied");
            at(Call.APPLY, () -> {
                try {
                    Crew.mustEnd("view() waits for " + what, () -> {
                        try (EngineSnapshot view = versions.view()) {
                            view.get(K);
                        }
                    });
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                } catch (AssertionError e) {
                    waited.add(String.valueOf(e.getMessage()));
                }
            });
            versions.publish(engine.lastSequence() + 1, batch);
            if (old != null) {
                old.close();
            }
        }
        assertEquals(List.of(), waited, "views that had to wait");
    }

    @Test
    @DisplayName("a get during which the view is closed throws, and so does every later call")
    void closedMeanwhile() {
        versions.publish(1, put(K, A));
        EngineSnapshot view = versions.view();
        at(Call.GOT, view::close);
        assertThrows(IllegalStateException.class, () -> view.get(K), "a get during which the view is closed");
        long gets = engine.gets();
        assertThrows(IllegalStateException.class, () -> view.get(K), "a get of a closed view");
        assertEquals(gets, engine.gets(), "gets in the engine after a get of a closed view");
        long cursors = engine.openCursors();
        assertThrows(IllegalStateException.class, () -> view.cursor(KeyRange.all()), "a cursor of a closed view");
        assertEquals(cursors, engine.openCursors(), "cursors of the engine that are open, when it was refused");
        assertFalse(versions.watermark().isHeld(), "a sequence is held, though the view is closed");
    }

    @Test
    @DisplayName("a cursor shows the moment of its view in both directions, confined to its range")
    void cursorOfOneMoment() {
        versions.publish(1, put(Slice.utf8("b"), A).put(Slice.utf8("d"), A).put(Slice.utf8("f"), A));
        try (EngineSnapshot view = versions.view()) {
            versions.publish(
                    4,
                    new WriteBatch()
                            .delete(Slice.utf8("b"))
                            .put(Slice.utf8("c"), B)
                            .put(Slice.utf8("d"), B));
            try (EngineSnapshot later = versions.view();
                    Cursor cursor = view.cursor(KeyRange.all());
                    Cursor laterCursor = later.cursor(KeyRange.all());
                    Cursor part = view.cursor(KeyRange.of(Slice.utf8("c"), Slice.utf8("f")))) {
                versions.publish(
                        7,
                        new WriteBatch()
                                .delete(Slice.utf8("f"))
                                .put(Slice.utf8("g"), B)
                                .put(Slice.utf8("d"), A));
                assertEquals(List.of("b=a", "d=a", "f=a"), entries(cursor), "forward, in the view from before");
                assertEquals(List.of("b=a", "d=a", "f=a"), backward(cursor), "backward, in the view from before");
                assertEquals(List.of("c=b", "d=b", "f=a"), entries(laterCursor), "forward, in the view in between");
                assertEquals(List.of("c=b", "d=b", "f=a"), backward(laterCursor), "backward, in the view in between");
                assertEquals(List.of("d=a"), entries(part), "from c to f, in the view from before");
                assertEquals(List.of("d=a"), backward(part), "from c to f, backward");
            }
        }
    }

    @Test
    @DisplayName("keys whose chains have nothing for a view are passed over, however many there are")
    void passesOverChains() {
        WriteBatch all = new WriteBatch();
        for (int i = 100; i < 200; i++) {
            all.put(Slice.utf8("k" + i), A);
        }
        versions.publish(1, all);
        EngineSnapshot old = versions.view();
        for (int i = 100; i < 200; i++) {
            versions.publish(engine.lastSequence() + 1, put(Slice.utf8("k" + i), B));
        }
        try (EngineSnapshot view = versions.view()) {
            versions.publish(engine.lastSequence() + 1, new WriteBatch().delete(Slice.utf8("k150")));
            try (Cursor cursor = view.cursor(KeyRange.all())) {
                assertEquals(
                        100, entries(cursor).size(), "entries of a view, when one of 100 keys was deleted after it");
                cursor.seek(Slice.utf8("k150"));
                assertEquals("k150=b", cursor.key() + "=" + cursor.value(), "seek(k150)");
                assertEquals(100, backward(cursor).size(), "entries backward");
            }
        }
        old.close();
    }

    @Test
    @DisplayName("a cursor outlives its view: it holds the sequence until it is closed itself")
    void cursorOutlivesItsView() {
        versions.publish(1, put(K, A));
        EngineSnapshot view = versions.view();
        Cursor cursor = view.cursor(KeyRange.all());
        view.close();
        assertEquals(
                1,
                versions.watermark().views(),
                "sequences that are held, when the view is closed and its cursor is not");
        versions.publish(2, put(K, B));
        assertEquals(List.of("k=a"), entries(cursor), "entries of the cursor");
        cursor.close();
        assertFalse(versions.watermark().isHeld(), "a sequence is held, though view and cursor are closed");
        assertEquals(0, engine.openCursors(), "cursors of the engine that are open");
    }

    @Test
    @DisplayName("while a writer goes on, views begin, read whole batches of one moment, and end")
    void besideAWriter() throws InterruptedException {
        AtomicBoolean done = new AtomicBoolean();
        try (Crew crew = new Crew()) {
            crew.start("writer", () -> {
                for (int i = 0; i < 600 && !crew.hasFailed(); i++) {
                    WriteBatch batch = new WriteBatch();
                    for (int k = 0; k < 5; k++) {
                        batch.put(Slice.utf8("k" + k), Slice.utf8("" + i));
                    }
                    versions.publish(1 + 5L * i, batch);
                }
                done.set(true);
            });
            crew.start(2, "reader", () -> {
                while (!done.get() && !crew.hasFailed()) {
                    try (EngineSnapshot view = versions.view()) {
                        Optional<Slice> first = view.get(Slice.utf8("k0"));
                        for (int k = 4; k > 0; k--) {
                            assertEquals(
                                    first, view.get(Slice.utf8("k" + k)), "k" + k + " and k0, at " + view.sequence());
                        }
                        try (Cursor cursor = view.cursor(KeyRange.all())) {
                            List<String> entries = entries(cursor);
                            assertEquals(first.isPresent() ? 5 : 0, entries.size(), "entries at " + view.sequence());
                            entries.forEach(entry -> assertTrue(
                                    entry.endsWith("=" + first.orElse(Slice.EMPTY)),
                                    entry + " next to k0=" + first + " in the view at " + view.sequence()));
                        }
                    }
                }
            });
            crew.join();
        }
    }

    @Test
    @DisplayName(
            "views of many moments each show theirs, by gets and by cursors in both directions, while batches go on")
    void model() {
        Seeds.check(20, random -> ViewModel.check(ChainedVersions.keepingAll(new MapEngine()), random, 200));
    }
}
