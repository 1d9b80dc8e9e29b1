package storagelab.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import storagelab.api.Cursor;
import storagelab.api.Entry;
import storagelab.api.Slice;
import storagelab.course.ExerciseNotDone;
import storagelab.testkit.CursorMove.Kind;

/**
 * The model test that every cursor is held to: random moves are made by a cursor and by an index into the sorted entries,
 * and the two must agree after each. A failing walk is shrunk to the shortest that still fails.
 */
public final class CursorModel {
    private static final int MOVES = 120;
    private static final int SHRINK_TRIES_MAX = 800;
    private static final List<Slice> KEYS = keys();

    private record Failure(
            List<CursorMove> moves, String what, @Nullable Throwable cause) {}

    private final List<Entry> sorted;
    private final Supplier<Cursor> cursors;
    private final Function<Cursor, Entry> entryAt;

    private CursorModel(List<Entry> sorted, Supplier<Cursor> cursors, Function<Cursor, Entry> entryAt) {
        this.sorted = sorted;
        this.cursors = cursors;
        this.entryAt = entryAt;
    }

    /**
     * A model of cursors over {@code sorted}.
     *
     * @param cursors makes a fresh cursor, always over the same entries
     * @param entryAt reads the entry that a cursor is at
     */
    public static CursorModel of(List<Entry> sorted, Supplier<Cursor> cursors, Function<Cursor, Entry> entryAt) {
        return new CursorModel(List.copyOf(sorted), cursors, entryAt);
    }

    /** The same for cursors that show values only. */
    public static CursorModel of(List<Entry> sorted, Supplier<Cursor> cursors) {
        return of(sorted, cursors, cursor -> Entry.value(cursor.key(), cursor.value()));
    }

    /** Up to {@code countMax} sorted entries with few and awkward keys; with tombstones if {@code tombstonesOneIn} > 0. */
    public static List<Entry> randomEntries(Random random, int countMax, int tombstonesOneIn) {
        TreeMap<Slice, Entry> entries = new TreeMap<>();
        for (int i = random.nextInt(countMax + 1); i > 0; i--) {
            Slice key = randomKey(random);
            boolean deleted = tombstonesOneIn > 0 && random.nextInt(tombstonesOneIn) == 0;
            Slice value = random.nextInt(6) == 0 ? Slice.EMPTY : Slice.utf8("v" + random.nextInt(1000));
            entries.put(key, deleted ? Entry.tombstone(key) : Entry.value(key, value));
        }
        return List.copyOf(entries.values());
    }

    /** A key out of some forty, awkward ones among them, so that keys and seeks meet. */
    public static Slice randomKey(Random random) {
        return KEYS.get(random.nextInt(KEYS.size()));
    }

    /**
     * Makes a cursor and random moves with it.
     *
     * @throws AssertionError if the cursor is not where it should be; the message is the shortest walk found
     */
    public void check(Random random) {
        List<CursorMove> moves = new ArrayList<>();
        while (moves.size() < MOVES) {
            addMoves(random, moves);
        }
        Failure failure = failureOf(moves);
        if (failure != null) {
            throw report(shrink(failure), failure.moves.size());
        }
    }

    private void addMoves(Random random, List<CursorMove> moves) {
        int dice = random.nextInt(10);
        if (dice < 3) {
            Kind kind = Kind.values()[random.nextInt(4)];
            moves.add(kind.hasKey() ? new CursorMove(kind, randomKey(random)) : CursorMove.of(kind));
            return;
        }
        // Some steps one way, then perhaps some back: what goes wrong with cursors goes wrong where they turn.
        Kind kind = dice < 7 ? Kind.NEXT : Kind.PREV;
        for (int i = random.nextInt(4); i >= 0; i--) {
            moves.add(CursorMove.of(kind));
        }
    }

    private @Nullable Failure failureOf(List<CursorMove> moves) {
        ModelCursor model = new ModelCursor(sorted);
        try (Cursor cursor = cursors.get()) {
            for (int i = 0; i < moves.size(); i++) {
                String disagreement;
                Throwable cause = null;
                try {
                    disagreement = model.disagreementAfter(moves.get(i), cursor, entryAt);
                } catch (ExerciseNotDone e) {
                    throw e;
                } catch (RuntimeException | AssertionError e) {
                    disagreement = "threw " + e;
                    cause = e;
                }
                if (disagreement != null) {
                    return new Failure(moves.subList(0, i + 1), disagreement, cause);
                }
            }
        }
        return null;
    }

    private Failure shrink(Failure first) {
        List<Failure> latest = new ArrayList<>(List.of(first));
        Shrinker<CursorMove> shrinker = new Shrinker<>(
                candidate -> {
                    Failure failure = failureOf(candidate);
                    if (failure != null) {
                        latest.set(0, failure);
                    }
                    return failure != null;
                },
                unused -> List.of(),
                SHRINK_TRIES_MAX);
        shrinker.shrink(first.moves);
        return latest.get(0);
    }

    private AssertionError report(Failure failure, int movesBefore) {
        String walk = IntStream.range(0, failure.moves.size())
                .mapToObj(i -> String.format("%3d. %s", i + 1, failure.moves.get(i)))
                .collect(Collectors.joining("\n"));
        String content = sorted.stream().map(ModelCursor::inWords).collect(Collectors.joining(", ", "[", "]"));
        return new AssertionError(
                "a cursor over " + content + " is not where it should be after " + failure.moves.size()
                        + (failure.moves.size() == 1 ? " move" : " moves") + " (shrunk from " + movesBefore + "):\n"
                        + walk + "\n     " + failure.what,
                failure.cause);
    }

    private static List<Slice> keys() {
        List<Slice> keys = new ArrayList<>(List.of(
                Slice.EMPTY,
                Slice.copyOf((byte) 0),
                Slice.copyOf((byte) 0x7f),
                Slice.copyOf((byte) 0x80),
                Slice.copyOf((byte) 0xff),
                Slice.copyOf((byte) 0xff, (byte) 0xff)));
        for (char letter = 'a'; letter <= 'p'; letter++) {
            keys.add(Slice.utf8(Character.toString(letter)));
            keys.add(Slice.utf8(letter + "x"));
        }
        return List.copyOf(keys);
    }
}
