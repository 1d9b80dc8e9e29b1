package storagelab.writeback;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import storagelab.api.CorruptionException;
import storagelab.api.EngineSnapshot;
import storagelab.api.StorageEngine;
import storagelab.file.Directories;
import storagelab.file.SealedText;
import storagelab.file.StatsRecorder;
import storagelab.recovery.DurableOptions;
import storagelab.recovery.EngineType;

/**
 * An engine, and a note on the disk of the sequence in the log up to which it has everything. A cache in front of an engine writes
 * operations in the order of their keys, so the engine's own sequences say nothing about the log: after a crash it may have some of
 * the operations after the noted one, and lack others. All that is certain is the note. To apply an operation of the log again that
 * the engine has already does no harm, since it says what a key has and not what changes.
 *
 * <p>In its directory: the engine, in a directory with the {@link EngineType#id} of its type as its name, and the note, {@code
 * CHECKPOINT}.
 *
 * <p>Format: {@code notes/formats/write-back-checkpoint.md}.
 *
 * <p>Concurrency: one thread at a time makes checkpoints; the rest is safe for many threads.
 */
public final class CheckpointedEngine implements AutoCloseable {
    /** The name of the note. */
    static final String NAME = "CHECKPOINT";

    private static final String FIRST_LINE = "storagelab write-back checkpoint 1";
    private static final String SEQUENCE = "sequence ";

    private final Path directory;
    private final StorageEngine engine;
    private final StatsRecorder stats = new StatsRecorder();
    private volatile long sequence;

    private CheckpointedEngine(Path directory, StorageEngine engine, long sequence) {
        this.directory = directory;
        this.engine = engine;
        this.sequence = sequence;
    }

    /**
     * Opens the engine in {@code directory}, which is created if it does not exist.
     *
     * @throws CorruptionException if the note is damaged, or what the engine throws this for
     * @throws storagelab.api.StorageIoException if the file system refuses
     */
    public static CheckpointedEngine open(Path directory, EngineType type, DurableOptions options) {
        Directories.create(directory, new StatsRecorder());
        long sequence = noted(directory);
        return new CheckpointedEngine(directory, type.open(directory.resolve(type.id()), options), sequence);
    }

    /** The engine in {@code directory} for reading, as it is on the disk, at the noted sequence. */
    static EngineSnapshot openReadOnly(Path directory, EngineType type, DurableOptions options) {
        long sequence = noted(directory);
        return EngineSnapshot.of(type.openReadOnly(directory.resolve(type.id()), options), sequence);
    }

    private static long noted(Path directory) {
        Path file = directory.resolve(NAME);
        Optional<List<String>> lines = SealedText.read(file, "the checkpoint of a write-back cache,");
        return lines.isEmpty() ? 0 : sequence(file, lines.get());
    }

    private static long sequence(Path file, List<String> lines) {
        if (lines.size() != 2
                || !lines.get(0).equals(FIRST_LINE)
                || !lines.get(1).matches(SEQUENCE + "\\d{1,17}")) {
            throw CorruptionException.unknownFormat(
                    file, 0, "it says \"" + String.join(", ", lines) + "\", which this program does not know");
        }
        return Long.parseLong(lines.get(1).substring(SEQUENCE.length()));
    }

    /** The engine. Only the owner writes to it. */
    public StorageEngine engine() {
        return engine;
    }

    /** The sequence of the last checkpoint: the engine has every operation up to it on the disk. 0 if there was none. */
    public long sequence() {
        return sequence;
    }

    /**
     * Makes everything durable that the engine was given, and then notes {@code upTo}, which is on the disk when this returns. A power
     * cut before that leaves the old note, and an engine that has more.
     *
     * @param upTo the engine was given every operation up to this sequence
     */
    public void checkpoint(long upTo) {
        engine.checkpoint();
        if (upTo != sequence) {
            List<String> lines = List.of(FIRST_LINE, SEQUENCE + upTo);
            SealedText.replace(directory.resolve(NAME), directory.resolve(NAME + ".tmp"), lines, stats);
            sequence = upTo;
        }
    }

    @Override
    public void close() {
        engine.close();
    }

    @Override
    public String toString() {
        return directory.toString();
    }
}
