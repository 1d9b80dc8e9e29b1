package storagelab.archive;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import storagelab.api.Metric;
import storagelab.course.ExercisePart;
import storagelab.course.Solution;
import storagelab.file.StatsRecorder;

/**
 * Changes what the objects of an archive have: a flush of the overlay, a rewriting, the replacement of a range. Each change is a step from one index on the disk to the next one.
 *
 * <p>Invariants:
 *
 * <ol>
 *   <li>The index on the disk names only objects that are stored as a whole.
 *   <li>An object is deleted only when neither the index on the disk names it, nor one that somebody reads. While it is not known which index is on the disk, nothing is deleted.
 * </ol>
 *
 * <p>Concurrency: one thread at a time.
 */
final class ArchiveChanges {
    private final Path directory;
    private final ObjectStore store;
    private final ArchiveOptions options;
    private final ArchiveIndexFile indexFile;
    private final ArchiveStates states;
    private final ObjectTables tables;
    private final ObjectCollector collector;
    private final StatsRecorder stats;
    private boolean isIndexUncertain; // the last attempt to replace the index on the disk failed

    /** Changes of the archive in {@code directory}, whose index on the disk is that of {@code states}. */
    ArchiveChanges(
            Path directory,
            ObjectStore store,
            ArchiveOptions options,
            ArchiveStates states,
            ObjectTables tables,
            StatsRecorder stats) {
        this.directory = directory;
        this.store = store;
        this.options = options;
        this.indexFile = new ArchiveIndexFile(directory, options.name());
        this.states = states;
        this.tables = tables;
        this.collector = new ObjectCollector(store, options.prefix(), stats);
        this.stats = stats;
    }

    /**
     * Stores what is in the overlays, until {@link ArchiveIndex#sequence} is at least {@code wanted}. One turn of this loop: seal the active overlay ({@link ArchiveState#seal}),
     * unless there is a sealed one that an earlier flush could not store; {@link #take} the step {@link IndexStep#flush} of the sealed one; count a {@link Metric#FLUSHES flush}. If everything
     * up to {@code wanted} is in objects already, nothing is asked of the object store.
     *
     * <p>Example: the objects have all up to 100, the sealed overlay has 101 to 110, since the object store was away, and the active one has 111 to 115. A flush up to 115
     * stores the sealed one, seals the other, and stores it: two steps.
     *
     * @throws storagelab.api.StorageIoException if the object store or the file system refuses; what could not be stored stays in the sealed overlay
     */
    @ExercisePart("7.8")
    void flush(long wanted) {
        while (states.now().index().sequence() < wanted) {
            ArchiveState sealed = states.change(now -> now.sealed().isEmpty() ? now.seal() : now);
            boolean unused = take(step -> step.flush(sealed.sealed(), sealed.sealedSequence()));
            stats.increment(Metric.FLUSHES);
        }
    }

    /**
     * {@linkplain IndexStep#rewrite Rewrites} each of the {@linkplain ArchiveIndex#groups groups} that the index has now, as a step of its own. A {@link Metric#COMPACTIONS compaction} is counted for each step that merged
     * several objects.
     */
    @ExercisePart("7.8")
    void rewrite() {
        for (List<ArchiveObject> group :
                states.now().index().groups(options.sizes().objectBytes())) {
            if (take(step -> step.rewrite(group)) && group.size() > 1) {
                stats.increment(Metric.COMPACTIONS);
            }
        }
    }

    /**
     * Takes one step to the next index, which is durable when this returns. In this order:
     *
     * <ol>
     *   <li>{@code toNext} is given an {@link IndexStep} from the index of now, with a new {@link ObjectWriter}. It stores objects, and returns the next index. If that has the same generation, there is nothing to do.
     *   <li>The next index is written to the disk ({@link ArchiveIndexFile#replace}).
     *   <li>Readers get to know it: it is put into the {@link ArchiveStates} ({@link ArchiveState#with(ArchiveIndex)}).
     *   <li>Objects that only the index before names are forgotten ({@link ObjectTables#forget}), and given to the {@link ObjectCollector}: the index of the next generation does not need them. Those that were written are
     *       counted ({@link ArchiveMetrics#OBJECTS_WRITTEN}).
     * </ol>
     *
     * <p>If the first or the second fails, that is thrown, and what was {@linkplain ObjectWriter#written written} is given to the collector with the generation 0: it is garbage, if no index names it. If the second fails, nobody knows whether the
     * old index is on the disk or the new one; until an index was written successfully, {@link #collect} must not delete anything. The writer is closed in any case.
     *
     * @return whether there is a next index
     */
    @ExercisePart("7.8")
    boolean take(Function<IndexStep, ArchiveIndex> toNext) {
        ArchiveIndex before = states.now().index();
        try (ObjectWriter writer = new ObjectWriter(directory, store, options, before.nextNumber())) {
            try {
                ArchiveIndex next = toNext.apply(new IndexStep(before, tables, writer));
                if (next.generation() == before.generation()) {
                    return false;
                }
                install(next);
            } catch (RuntimeException | Error e) {
                collector.add(writer.written(), 0);
                throw e;
            }
            stats.add(ArchiveMetrics.OBJECTS_WRITTEN, writer.written().size());
        }
        ArchiveIndex after = states.now().index();
        Set<ArchiveObject> named = after.objects().collect(Collectors.toSet());
        List<ArchiveObject> dropped =
                before.objects().filter(one -> !named.contains(one)).toList();
        tables.forget(dropped);
        collector.add(dropped, after.generation());
        return true;
    }

    @Solution
    private void install(ArchiveIndex next) {
        isIndexUncertain = true;
        indexFile.replace(next);
        isIndexUncertain = false;
        ArchiveState unused = states.change(now -> now.with(next));
    }

    /**
     * Lets the {@link ObjectCollector} delete what is needed neither by the index on the disk nor by one that is {@linkplain ArchiveStates#oldestRead read}. If it is not known which index is on the disk, since the last attempt to write one failed,
     * the index of now is written first; if that fails, it is thrown, and nothing is deleted.
     */
    @ExercisePart("7.8")
    void collect() {
        if (isIndexUncertain) {
            install(states.now().index());
        }
        collector.collect(states.now().index(), states.oldestRead());
    }
}
