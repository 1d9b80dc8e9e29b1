package storagelab.archive;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import storagelab.api.KeyRange;
import storagelab.api.Slice;
import storagelab.course.ExercisePart;
import storagelab.course.Solution;

/**
 * Which objects an archive has, and which keys are in them. It never changes; the next index replaces it, on the disk in one step ({@link
 * ArchiveIndexFile}). An object that the index does not name is garbage.
 *
 * <p>The <em>base</em> objects are sorted and do not overlap: a key is in at most one of them. <em>Recent</em> objects were written by
 * checkpoints, and may overlap with base objects and with each other. What a recent object says of a key, be it that the key is deleted,
 * replaces what the older ones and the base say.
 *
 * <p>Example: the base has [a, f] and [k, p]; a checkpoint wrote [c, d] and a later one [m, x]. A get of d asks [c, d], then [a, f]. A get
 * of z asks none. Rewriting makes two groups: [a, f] with [c, d], and [k, p] with [m, x].
 *
 * <p>Invariants:
 *
 * <ol>
 *   <li>Base objects ascend and do not overlap.
 *   <li>Recent objects are in the order of their sequences, the newest first; those of one sequence do not overlap.
 *   <li>No object has operations after {@code sequence}, and the number of each is less than {@code nextNumber}. No two have the same.
 * </ol>
 *
 * @param generation how many indexes came before this one
 * @param sequence the objects have every operation up to it, and none after it
 * @param nextNumber of the next object
 * @param recent objects, the newest first
 * @param base objects, by key
 */
public record ArchiveIndex(
        long generation, long sequence, long nextNumber, List<ArchiveObject> recent, List<ArchiveObject> base) {
    private static final Comparator<ArchiveObject> BY_KEY =
            Comparator.comparing(ArchiveObject::smallest).thenComparing(ArchiveObject::largest);
    private static final Comparator<ArchiveObject> NEWEST_FIRST =
            Comparator.comparingLong(ArchiveObject::sequence).reversed().thenComparing(BY_KEY);

    /** Nothing archived. */
    public static final ArchiveIndex EMPTY = new ArchiveIndex(0, 0, 1, List.of(), List.of());

    /** Sorts the objects. */
    public ArchiveIndex {
        recent = recent.stream().sorted(NEWEST_FIRST).toList();
        base = base.stream().sorted(BY_KEY).toList();
    }

    /** All objects. */
    public Stream<ArchiveObject> objects() {
        return Stream.concat(recent.stream(), base.stream());
    }

    /**
     * The objects that {@linkplain ArchiveObject#covers may have} a key, the newest first: those of the recent ones in their order, and then the one of the base, if there is one.
     *
     * <p>Cost: O(recent + log base): the base is sorted, and does not overlap.
     */
    @ExercisePart("7.8")
    public List<ArchiveObject> covering(Slice key) {
        List<ArchiveObject> found =
                new ArrayList<>(recent.stream().filter(one -> one.covers(key)).toList());
        int place = find(base, key);
        if (place < base.size() && base.get(place).covers(key)) {
            found.add(base.get(place));
        }
        return found;
    }

    /**
     * The place of the first of some sorted objects whose largest key is not less than {@code key}; their number if there is none.
     *
     * <p>Example: of [a, f] and [k, p], it is 0 for e and for f, 1 for g and for m, and 2 for q.
     *
     * <p>Cost: ⌊log₂ n⌋ + 1 comparisons at most.
     *
     * @param sorted objects that ascend and do not overlap
     */
    @ExercisePart("7.8")
    public static int find(List<ArchiveObject> sorted, Slice key) {
        int from = 0;
        int to = sorted.size();
        while (from < to) { // those before from are less, those from to on are not
            int middle = (from + to) >>> 1;
            if (sorted.get(middle).largest().compareTo(key) < 0) {
                from = middle + 1;
            } else {
                to = middle;
            }
        }
        return from;
    }

    /**
     * The next index, after a checkpoint that wrote {@code written} with every operation up to {@code upTo}: its generation is the next one, the objects are recent ones besides those that there are, and the next number is greater than
     * that of each object, and not less than it was.
     */
    @ExercisePart("7.8")
    public ArchiveIndex withRecent(List<ArchiveObject> written, long upTo) {
        List<ArchiveObject> all = new ArrayList<>(recent);
        all.addAll(written);
        return next(upTo, all, base);
    }

    /**
     * The next index, in which other objects take the place of {@code replaced}, which may be recent ones, base objects, or both. Its generation is the next one; the operations are the same, and the next number is greater than that of each
     * object, and not less than it was.
     */
    @ExercisePart("7.8")
    public ArchiveIndex with(Set<ArchiveObject> replaced, List<ArchiveObject> newRecent, List<ArchiveObject> newBase) {
        List<ArchiveObject> nextRecent = without(recent, replaced);
        nextRecent.addAll(newRecent);
        List<ArchiveObject> nextBase = without(base, replaced);
        nextBase.addAll(newBase);
        return next(sequence, nextRecent, nextBase);
    }

    @Solution
    private ArchiveIndex next(long upTo, List<ArchiveObject> nextRecent, List<ArchiveObject> nextBase) {
        long next = Stream.concat(nextRecent.stream(), nextBase.stream())
                .mapToLong(one -> one.number() + 1)
                .max()
                .orElse(0);
        return new ArchiveIndex(generation + 1, upTo, Math.max(nextNumber, next), nextRecent, nextBase);
    }

    @Solution
    private static List<ArchiveObject> without(List<ArchiveObject> objects, Set<ArchiveObject> removed) {
        return new ArrayList<>(
                objects.stream().filter(Predicate.not(removed::contains)).toList());
    }

    /** This index without what is not in a range: for reading in that range. */
    public ArchiveIndex within(KeyRange range) {
        return new ArchiveIndex(
                generation,
                sequence,
                nextNumber,
                recent.stream().filter(one -> one.overlaps(range)).toList(),
                base.stream().filter(one -> one.overlaps(range)).toList());
    }

    /**
     * All objects in groups, each of which is rewritten together. Go through the objects by their smallest key, ties by the largest one. An object joins the group before if it overlaps with it: its smallest key is
     * not greater than the largest key of all objects of the groups before; or if it and the group have at most {@code objectBytes} together. Otherwise it begins a group. So two groups never overlap.
     *
     * <p>Example, of objects of 1,000 bytes: [a, f], [c, d], [k, p] and [m, x] are two groups, [a, f] with [c, d], and [k, p] with [m, x], if {@code objectBytes} is 1,500, and one group if it is 4,000. [a, f] and [k, p] alone are two groups if it is
     * 1,999, and one if it is 2,000.
     *
     * @param objectBytes about the size of an object that is written
     * @return the groups, by key; the objects in the order in which they joined
     */
    @ExercisePart("7.8")
    public List<List<ArchiveObject>> groups(long objectBytes) {
        List<List<ArchiveObject>> groups = new ArrayList<>();
        Slice end = Slice.EMPTY; // the largest key of the last group
        long bytes = 0;
        for (ArchiveObject one : objects().sorted(BY_KEY).toList()) {
            boolean overlaps = !groups.isEmpty() && one.smallest().compareTo(end) <= 0;
            boolean isSmall = !groups.isEmpty() && bytes + one.sizeBytes() <= objectBytes;
            if (overlaps || isSmall) {
                groups.get(groups.size() - 1).add(one);
                bytes += one.sizeBytes();
            } else {
                groups.add(new ArrayList<>(List.of(one)));
                bytes = one.sizeBytes();
            }
            end = end.compareTo(one.largest()) < 0 ? one.largest() : end;
        }
        return groups;
    }

    /**
     * Proves the invariants.
     *
     * @throws AssertionError that says what is wrong
     */
    public void verify() {
        checkDisjoint(base, "base");
        recent.stream()
                .map(ArchiveObject::sequence)
                .distinct()
                .forEach(one -> checkDisjoint(
                        recent.stream()
                                .filter(object -> object.sequence() == one)
                                .toList(),
                        "recent"));
        Set<Long> numbers = new HashSet<>();
        objects().forEach(one -> {
            if (one.number() >= nextNumber || !numbers.add(one.number()) || one.sequence() > sequence) {
                throw new AssertionError(
                        one + " in an index up to " + sequence + ", whose next object is " + nextNumber);
            }
            if (one.smallest().compareTo(one.largest()) > 0
                    || one.tailOffset() < 0
                    || one.tailOffset() >= one.sizeBytes()) {
                throw new AssertionError("no object can be " + one);
            }
        });
    }

    private static void checkDisjoint(List<ArchiveObject> sorted, String what) {
        for (int i = 1; i < sorted.size(); i++) {
            if (sorted.get(i - 1).largest().compareTo(sorted.get(i).smallest()) >= 0) {
                throw new AssertionError(what + " objects overlap: " + sorted.get(i - 1) + " and " + sorted.get(i));
            }
        }
    }
}
