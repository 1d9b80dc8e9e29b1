package storagelab.archive;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import storagelab.api.StorageIoException;
import storagelab.file.StatsRecorder;

/**
 * Deletes the objects of an archive that its index does not name: those that were replaced, when no reader needs them any more, those of
 * attempts that failed, and those that a crash has left.
 *
 * <p>Only what the index on the disk does not name is ever deleted. A delete that fails is counted and tried again: it is not worth the
 * failure of a checkpoint.
 *
 * <p>Concurrency: one thread at a time.
 */
final class ObjectCollector {
    /** An object that no index from {@code generation} on names. */
    private record Garbage(String name, long generation) {}

    private final ObjectStore store;
    private final String prefix;
    private final StatsRecorder stats;
    private final List<Garbage> garbage = new ArrayList<>();
    private boolean isListed; // whether what a crash may have left is among the garbage

    ObjectCollector(ObjectStore store, String prefix, StatsRecorder stats) {
        this.store = store;
        this.prefix = prefix;
        this.stats = stats;
    }

    /** Says that objects are not needed by the index of {@code generation}, or any later one. */
    void add(List<ArchiveObject> objects, long generation) {
        objects.forEach(one -> garbage.add(new Garbage(prefix + one.name(), generation)));
    }

    /**
     * Deletes what can be deleted. At the first time, it looks for what a crash has left.
     *
     * @param index on the disk
     * @param oldest generation of an index that is read
     */
    void collect(ArchiveIndex index, long oldest) {
        Set<String> named = index.objects().map(one -> prefix + one.name()).collect(Collectors.toSet());
        try {
            if (!isListed) {
                store.listAll(prefix).stream()
                        .filter(one -> !named.contains(one.name()))
                        .filter(one -> garbage.stream().noneMatch(known -> known.name.equals(one.name())))
                        .forEach(one -> garbage.add(new Garbage(one.name(), 0)));
                isListed = true;
            }
            for (Garbage one : List.copyOf(garbage)) {
                if (one.generation <= oldest) {
                    delete(one, named);
                }
            }
        } catch (StorageIoException e) {
            stats.increment(ArchiveMetrics.DELETE_FAILURES); // the rest stays, for the next time
        }
    }

    private void delete(Garbage one, Set<String> named) {
        if (!named.contains(one.name)) { // it was written once more, and named
            store.delete(one.name);
            stats.increment(ArchiveMetrics.OBJECTS_DELETED);
        }
        garbage.remove(one);
    }
}
