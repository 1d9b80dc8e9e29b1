package storagelab.testkit;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import storagelab.api.Durability;
import storagelab.api.KeyValueStore;
import storagelab.api.OrderedStore;
import storagelab.api.Slice;
import storagelab.api.SnapshotStore;
import storagelab.api.WriteBatch;
import storagelab.course.ExerciseNotDone;
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
import storagelab.testkit.StoreOperation.Write;

/**
 * One run of a model test: the same steps on a store and on a sorted map.
 *
 * @param <S> the store
 */
final class StoreRun<S extends KeyValueStore> {
    /**
     * How a run failed.
     *
     * @param operations the steps up to the one that failed; the last one is the one that failed
     * @param what expected and seen, in words
     * @param cause what the store threw, if it did
     */
    record Failure(
            List<StoreOperation> operations,
            String what,
            @Nullable Throwable cause) {}

    private final StoreSubject<S> subject;
    private final Path directory;
    private final NavigableMap<Slice, Slice> model = new TreeMap<>();
    private final ModelCursors cursors = new ModelCursors();
    private final ModelSnapshots snapshots = new ModelSnapshots();
    private S store;

    private StoreRun(StoreSubject<S> subject) {
        this.subject = subject;
        this.directory = subject.directories().get();
        this.store = subject.opener().apply(directory);
    }

    /** Runs {@code operations}, then reads every key they named and what is open; null if all went well. */
    static <S extends KeyValueStore> @Nullable Failure failureOf(
            StoreSubject<S> subject, List<StoreOperation> operations) {
        StoreRun<S> run = new StoreRun<>(subject);
        Failure failure = run.runAll(operations);
        try {
            run.closeViews();
            run.store.close();
        } catch (RuntimeException e) {
            return failure != null ? failure : new Failure(operations, "then close threw " + e, e);
        }
        return failure;
    }

    private @Nullable Failure runAll(List<StoreOperation> operations) {
        for (int i = 0; i < operations.size(); i++) {
            Failure failure = run(operations.get(i), operations.subList(0, i));
            if (failure != null) {
                return failure;
            }
        }
        Set<Slice> keys = new LinkedHashSet<>();
        operations.forEach(operation -> keys.addAll(keysOf(operation)));
        for (Slice key : keys) {
            Failure failure = run(new Get(key), operations);
            if (failure != null) {
                return failure;
            }
        }
        String disagreement = snapshots.disagreement(keys);
        return disagreement == null ? runAtTheEnd(operations) : new Failure(operations, disagreement, null);
    }

    /** Goes through what every open cursor shows, from first to last. */
    private @Nullable Failure runAtTheEnd(List<StoreOperation> operations) {
        List<StoreOperation> before = new ArrayList<>(operations);
        for (StoreOperation operation : cursors.walks()) {
            Failure failure = run(operation, before);
            if (failure != null) {
                return failure;
            }
            before.add(operation);
        }
        return null;
    }

    private @Nullable Failure run(StoreOperation operation, List<StoreOperation> before) {
        List<StoreOperation> upToHere = new ArrayList<>(before);
        upToHere.add(operation);
        try {
            String disagreement = perform(operation);
            return disagreement == null ? null : new Failure(upToHere, disagreement, null);
        } catch (ExerciseNotDone e) {
            throw e;
        } catch (RuntimeException | AssertionError e) {
            return new Failure(upToHere, "threw " + e, e);
        }
    }

    private @Nullable String perform(StoreOperation operation) {
        if (operation instanceof Get get) {
            return compare(get.key());
        }
        if (operation instanceof MoveCursor move) {
            return cursors.disagreementAfter(move);
        }
        if (operation instanceof AskSnapshot ask) {
            return snapshots.disagreement(ask);
        }
        if (operation instanceof OpenCursor open) {
            cursors.open(open, ((OrderedStore) store)::cursor, model);
        } else if (operation instanceof TakeSnapshot take) {
            snapshots.take(take.snapshot(), (SnapshotStore) store, model);
        } else if (operation instanceof OpenSnapshotCursor open) {
            snapshots.openCursor(open, cursors);
        } else if (operation instanceof Put put) {
            store.put(put.key(), put.value());
            model.put(put.key(), put.value());
        } else if (operation instanceof Delete delete) {
            store.delete(delete.key());
            model.remove(delete.key());
        } else if (operation instanceof Batch batch) {
            store.write(batchOf(batch), Durability.BUFFERED);
            batch.writes().forEach(this::applyToModel);
        } else {
            maintain((Upkeep) operation);
        }
        return null;
    }

    private @Nullable String compare(Slice key) {
        Optional<Slice> expected = Optional.ofNullable(model.get(key));
        Optional<Slice> seen = store.get(key);
        return expected.equals(seen)
                ? null
                : "expected " + inWords(expected) + " under " + TraceText.print(key) + ", found " + inWords(seen);
    }

    private void maintain(Upkeep upkeep) {
        Consumer<S> action = subject.upkeep().get(upkeep);
        if (action == null) {
            return;
        }
        if (upkeep == Upkeep.REOPEN) {
            closeViews();
            store.close();
            store = subject.opener().apply(directory);
        } else {
            action.accept(store);
        }
    }

    private void closeViews() {
        cursors.close();
        snapshots.close();
    }

    private void applyToModel(Write write) {
        if (write instanceof Put put) {
            model.put(put.key(), put.value());
        } else {
            model.remove(write.key());
        }
    }

    private static WriteBatch batchOf(Batch batch) {
        WriteBatch result = new WriteBatch();
        for (Write write : batch.writes()) {
            if (write instanceof Put put) {
                result.put(put.key(), put.value());
            } else {
                result.delete(write.key());
            }
        }
        return result;
    }

    private static List<Slice> keysOf(StoreOperation operation) {
        if (operation instanceof Write write) {
            return List.of(write.key());
        }
        if (operation instanceof Batch batch) {
            return batch.writes().stream().map(Write::key).toList();
        }
        return operation instanceof Get get ? List.of(get.key()) : List.of();
    }

    private static String inWords(Optional<Slice> value) {
        return value.map(TraceText::print).orElse("nothing");
    }
}
