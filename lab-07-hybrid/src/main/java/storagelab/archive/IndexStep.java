package storagelab.archive;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import storagelab.api.Cursor;
import storagelab.api.KeyRange;
import storagelab.api.Slice;
import storagelab.api.ValueKind;
import storagelab.course.ExercisePart;
import storagelab.course.Solution;
import storagelab.sstable.InternalCursor;
import storagelab.sstable.InternalKey;
import storagelab.sstable.InternalMergingCursor;

/** From one {@link ArchiveIndex} to the next: the objects that have to be written, and the index that names them. Nothing is deleted. */
final class IndexStep {
    private final ArchiveIndex before;
    private final ObjectTables tables;
    private final ObjectWriter writer;

    /** A step from {@code before}, which stores its objects by {@code writer}. */
    IndexStep(ArchiveIndex before, ObjectTables tables, ObjectWriter writer) {
        this.before = before;
        this.tables = tables;
        this.writer = writer;
    }

    /**
     * The sealed overlay becomes recent objects: each of its entries is {@linkplain ObjectWriter#add added} to the writer, in their order, but for the deletion of a key that no object of the index before {@linkplain ArchiveIndex#covering covers}: it hides nothing. What
     * {@link ObjectWriter#finish} returns is in the next index ({@link ArchiveIndex#withRecent}), which has every operation up to {@code sequence}, also if there is nothing to write.
     *
     * <p>Example: the base has [a, f]. The overlay has a put of b, and deletions of c and of z. The object that is written has b and the deletion of c.
     *
     * @param sequence of the last operation of the overlay
     */
    @ExercisePart("7.8")
    ArchiveIndex flush(Overlay sealed, long sequence) {
        InternalCursor entries = sealed.cursor(sequence);
        for (entries.seekToFirst(); entries.isValid(); entries.next()) {
            Slice key = entries.key();
            if (InternalKey.kind(key) == ValueKind.VALUE
                    || !before.covering(InternalKey.userKey(key)).isEmpty()) {
                writer.add(key, entries.value());
            }
        }
        return before.withRecent(writer.finish(), sequence);
    }

    /**
     * A group of {@link ArchiveIndex#groups} becomes base objects, which take its place ({@link ArchiveIndex#with}): of each key its newest entry, if that is not a deletion. Nothing outside of the group may have an entry of
     * its keys, so a deletion hides nothing any more. A group of one object is not read or written: if it was recent, it is a base object in the next index; if it is one already, the index is the one before.
     *
     * <p>The sources are {@linkplain ObjectTables#sequentialCursor sequential cursors}: one for each recent object of the group, the newest first, and one for all of its base objects, in the order of their keys. An {@link InternalMergingCursor} merges
     * them: internal keys are in the order of their user keys, and of one user key the newest entry comes first.
     *
     * <p>Example: the base has [a, f] with a=1, c=1 and f=1, and a recent object [c, d] has a deletion of c and d=2. The base object that is written has a=1, d=2 and f=1.
     */
    @ExercisePart("7.8")
    ArchiveIndex rewrite(List<ArchiveObject> group) {
        Set<ArchiveObject> objects = new HashSet<>(group);
        if (objects.size() == 1) {
            return before.base().containsAll(group) ? before : before.with(objects, List.of(), group);
        }
        List<InternalCursor> sources = new ArrayList<>();
        before.recent().stream()
                .filter(objects::contains)
                .forEach(one -> sources.add(tables.sequentialCursor(List.of(one))));
        sources.add(tables.sequentialCursor(
                before.base().stream().filter(objects::contains).toList()));
        InternalMergingCursor entries = new InternalMergingCursor(sources);
        Slice last = null;
        for (entries.seekToFirst(); entries.isValid(); entries.next()) {
            Slice key = entries.key();
            boolean isNewest = !InternalKey.userKey(key).equals(last);
            if (isNewest && InternalKey.kind(key) == ValueKind.VALUE) {
                writer.add(key, entries.value());
            }
            last = InternalKey.userKey(key);
        }
        return before.with(objects, List.of(), writer.finish());
    }

    /**
     * Everything in a range is replaced by what {@code loaded} has in it. Objects that {@linkplain ArchiveObject#overlaps do not overlap} with the range stay. Those that are {@linkplain ArchiveObject#isInside inside} are not read. Of
     * the others, what is before the range becomes an object, and what is after it becomes another one, if there is any; they are recent if the object was, and base objects otherwise. The entries of {@code loaded} become base objects; they
     * have the sequence of the index before. If no object overlaps with the range, and {@code loaded} has nothing in it, the index is the one before.
     *
     * <p>Example: the base has [a, f] with a, c and f, and [k, p]. [b, m) is replaced by d=7. Of [a, f], a becomes an object, and of [k, p], what it has from m on. The base is then [a, a], [d, d], [m, p].
     *
     * @param loaded at any position; it stays open
     */
    @ExercisePart("7.8")
    ArchiveIndex replace(KeyRange range, Cursor loaded) {
        Set<ArchiveObject> replaced =
                before.objects().filter(one -> one.overlaps(range)).collect(Collectors.toSet());
        for (loaded.seek(range.from()); loaded.isValid() && range.contains(loaded.key()); loaded.next()) {
            writer.add(InternalKey.of(loaded.key(), before.sequence(), ValueKind.VALUE), loaded.value());
        }
        List<ArchiveObject> base = new ArrayList<>(writer.finish());
        List<ArchiveObject> recent = new ArrayList<>();
        for (ArchiveObject object : replaced) {
            if (!object.isInside(range)) {
                (before.recent().contains(object) ? recent : base).addAll(outside(object, range));
            }
        }
        boolean changesNothing = replaced.isEmpty() && base.isEmpty();
        return changesNothing ? before : before.with(replaced, recent, base);
    }

    @Solution
    private List<ArchiveObject> outside(ArchiveObject object, KeyRange range) {
        List<ArchiveObject> parts = new ArrayList<>();
        InternalCursor entries = tables.sequentialCursor(List.of(object));
        Slice to = range.to();
        entries.seekToFirst();
        while (entries.isValid() && InternalKey.userKey(entries.key()).compareTo(range.from()) < 0) {
            writer.add(entries.key(), entries.value());
            entries.next();
        }
        parts.addAll(writer.finish());
        if (to != null) {
            entries.seek(InternalKey.seekKey(to, InternalKey.MAX_SEQUENCE));
            while (entries.isValid()) {
                writer.add(entries.key(), entries.value());
                entries.next();
            }
            parts.addAll(writer.finish());
        }
        return parts;
    }
}
