package storagelab.testkit;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.hamcrest.Matchers.notNullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import storagelab.api.Durability;
import storagelab.api.KeyRange;
import storagelab.api.Slice;
import storagelab.api.WriteBatch;
import storagelab.testkit.StoreOperation.AskSnapshot;
import storagelab.testkit.StoreOperation.Batch;
import storagelab.testkit.StoreOperation.Delete;
import storagelab.testkit.StoreOperation.Get;
import storagelab.testkit.StoreOperation.MoveCursor;
import storagelab.testkit.StoreOperation.OpenCursor;
import storagelab.testkit.StoreOperation.OpenSnapshotCursor;
import storagelab.testkit.StoreOperation.Put;
import storagelab.testkit.StoreOperation.TakeSnapshot;
import storagelab.testkit.StoreOperation.Upkeep;

class StoreModelTest {
    private static final long SEED = 42;

    private final MemoryStore.Shelf shelf = new MemoryStore.Shelf();

    @TempDir
    private Path traces;

    @BeforeEach
    void keepTracesApart() {
        System.setProperty("traces", traces.toString());
    }

    @AfterEach
    void forgetTraces() {
        System.clearProperty("traces");
    }

    /** Its compaction brings back what was deleted since the last flush, if it had been put before that flush. */
    private static final class ResurrectingStore extends MemoryStore {
        private final Map<Slice, Slice> flushed = new HashMap<>();
        private final Map<Slice, Slice> buried = new HashMap<>();

        ResurrectingStore(Shelf shelf, Path directory) {
            super(shelf, directory);
        }

        @Override
        public synchronized void write(WriteBatch batch, Durability durability) {
            super.write(batch, durability);
            for (WriteBatch.Operation operation : batch.operations()) {
                if (operation instanceof WriteBatch.Put put) {
                    flushed.put(put.key(), put.value());
                    buried.remove(put.key());
                }
            }
        }

        @Override
        void remove(Slice key) {
            super.remove(key);
            if (flushed.containsKey(key)) {
                buried.put(key, flushed.get(key));
            }
        }

        synchronized void compact() {
            Map.copyOf(buried).forEach((key, value) -> super.put(key, value));
        }
    }

    @Test
    @DisplayName("a store that is right agrees with the sorted map")
    void rightStorePasses() {
        StoreModel.defaults()
                .check(
                        StoreSubject.of(
                                        "MemoryStore",
                                        shelf::newDirectory,
                                        directory -> new MemoryStore(shelf, directory))
                                .flushing(store -> {})
                                .compacting(store -> {})
                                .reopening(),
                        20);
    }

    @Test
    @DisplayName("a store that resurrects is caught, and 500 steps shrink to put, delete, compact, get")
    void wrongStoreIsCaughtAndShrunk() throws IOException {
        StoreSubject<ResurrectingStore> subject = StoreSubject.of(
                        "ResurrectingStore", shelf::newDirectory, directory -> new ResurrectingStore(shelf, directory))
                .compacting(ResurrectingStore::compact);
        AssertionError failure = assertThrows(
                AssertionError.class,
                () -> StoreModel.defaults().withOperations(500).withSeed(SEED).check(subject));
        assertThat(failure.getMessage(), containsString("disagree after 4 steps (shrunk from"));
        assertThat(failure.getMessage(), containsString("  3. compact\n  4. get "));
        assertThat(failure.getMessage(), containsString("expected nothing under"));

        List<StoreOperation> kept =
                Trace.read(traces.resolve("ResurrectingStore-42.trace")).operations();
        assertEquals(4, kept.size(), "steps in the trace that was kept");
        assertThat("the kept trace fails again", StoreRun.failureOf(subject, kept), notNullValue());
    }

    @Test
    @DisplayName("a store that throws is caught, and the message says what it threw")
    void throwingStoreIsCaught() {
        StoreSubject<MemoryStore> subject = StoreSubject.of("ThrowingStore", shelf::newDirectory, directory -> {
            return new MemoryStore(shelf, directory) {
                @Override
                void remove(Slice key) {
                    throw new IllegalStateException("cannot remove " + key);
                }
            };
        });
        AssertionError failure = assertThrows(
                AssertionError.class, () -> StoreModel.defaults().withSeed(SEED).check(subject));
        assertThat(failure.getMessage(), containsString("after 1 step (shrunk from"));
        assertThat(failure.getMessage(), containsString("threw java.lang.IllegalStateException: cannot remove"));
    }

    @Test
    @DisplayName("every step can be printed and read back")
    void traceTextRoundTrip() {
        Slice awkward = Slice.utf8("a\"b");
        List<StoreOperation> steps = List.of(
                new Put(Slice.utf8("k1"), Slice.EMPTY),
                new Put(Slice.copyOf((byte) 0xff), TraceText.repeat(Slice.utf8("v12"), 2000)),
                new Put(Slice.utf8("0x12"), Slice.utf8("a;b c")),
                new Delete(awkward),
                new Get(Slice.EMPTY),
                new Batch(List.of(new Put(awkward, Slice.utf8("x")), new Delete(Slice.utf8("y")))),
                new Batch(List.of()),
                new OpenCursor(0, KeyRange.all()),
                new OpenCursor(12, KeyRange.of(Slice.EMPTY, awkward)),
                new MoveCursor(1, new CursorMove(CursorMove.Kind.SEEK, awkward)),
                new MoveCursor(1, new CursorMove(CursorMove.Kind.BEFORE, Slice.utf8("0"))),
                new MoveCursor(0, CursorMove.of(CursorMove.Kind.FIRST)),
                new MoveCursor(0, CursorMove.of(CursorMove.Kind.PREV)),
                new TakeSnapshot(3),
                new AskSnapshot(3, awkward),
                new OpenSnapshotCursor(3, 1, KeyRange.of(Slice.EMPTY, awkward)),
                Upkeep.FLUSH,
                Upkeep.COMPACT,
                Upkeep.REOPEN);
        for (StoreOperation step : steps) {
            assertEquals(step, TraceText.parse(TraceText.print(step)), TraceText.print(step));
        }
        assertEquals("put 0xff \"v12\"x2000", TraceText.print(steps.get(1)));
    }

    @Test
    @DisplayName("delta debugging finds the two elements that matter among a hundred")
    void shrinkerIsMinimal() {
        List<Integer> numbers = IntStream.range(0, 100).boxed().toList();
        int[] tries = {0};
        List<Integer> shortest = new Shrinker<Integer>(
                        candidate -> {
                            tries[0]++;
                            return candidate.contains(17) && candidate.contains(83);
                        },
                        unused -> List.of(),
                        1000)
                .shrink(numbers);
        assertEquals(List.of(17, 83), shortest);
        assertThat("tries", tries[0], lessThanOrEqualTo(200));
    }
}
