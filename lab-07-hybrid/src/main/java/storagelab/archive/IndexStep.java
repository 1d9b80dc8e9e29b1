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

    /** The sealed overlay becomes recent objects. The deletion of a key that no object covers hides nothing, and is left out. */
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
     * A group of {@link ArchiveIndex#groups} becomes base objects: of each key its newest entry, if that is not a deletion. One object alone
     * is only named anew, and only if it was recent; otherwise the index is the one before.
     */
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
     * Everything in a range is replaced by {@code loaded}. What an object has before the range, and what it has after it, becomes an object
     * of its own, if it has keys in the range as well.
     */
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
