package storagelab.grader.hidden.lab06;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import storagelab.api.Cursor;
import storagelab.api.Durability;
import storagelab.api.EngineSnapshot;
import storagelab.api.KeyRange;
import storagelab.api.LatencySummary;
import storagelab.api.Slice;
import storagelab.api.StorageEngine;
import storagelab.api.StorageIoException;
import storagelab.api.StoreStats;
import storagelab.api.WriteBatch;
import storagelab.file.Directories;
import storagelab.file.StatsRecorder;
import storagelab.file.StoreFile;

/**
 * The smallest engine that is right: a map in memory, which a checkpoint writes to a file as a whole. It notes what it was told,
 * and a test can do something before each call takes effect. Keys are the texts of histories.
 */
final class FileEngine implements StorageEngine {
    private final Path file;
    private final TreeMap<String, String> content = new TreeMap<>();
    private final List<String> applied = new ArrayList<>();
    private Consumer<Long> onApply = sequence -> {};
    private Runnable onCheckpoint = () -> {};
    private volatile long lastSequence;
    private volatile long durableSequence;

    /** Opens the engine in {@code directory}, with what its last checkpoint has. */
    FileEngine(Path directory) {
        this.file = directory.resolve("engine");
        if (Files.exists(file)) {
            try {
                List<String> lines = Files.readAllLines(file, UTF_8);
                lastSequence = Long.parseLong(lines.get(0));
                durableSequence = lastSequence;
                for (int i = 1; i + 1 < lines.size(); i += 2) {
                    content.put(lines.get(i), lines.get(i + 1));
                }
            } catch (IOException e) {
                throw new StorageIoException("reading " + file, e);
            }
        }
    }

    /** Is told the sequence of each batch before it is applied. */
    void onApply(Consumer<Long> listener) {
        onApply = listener;
    }

    /** Runs at the beginning of each checkpoint. */
    void onCheckpoint(Runnable listener) {
        onCheckpoint = listener;
    }

    /** What it was told to apply: the first and the last sequence of each batch, such as {@code 7-9}. */
    List<String> applied() {
        return applied;
    }

    /** What it has. */
    Map<String, String> content() {
        return content;
    }

    @Override
    public synchronized void apply(long sequence, WriteBatch batch) {
        if (sequence <= lastSequence) {
            throw new IllegalArgumentException("a batch at " + sequence + " of an engine that has " + lastSequence);
        }
        onApply.accept(sequence);
        applied.add(sequence + "-" + (sequence + batch.operations().size() - 1));
        for (WriteBatch.Operation operation : batch.operations()) {
            if (operation instanceof WriteBatch.Put put) {
                content.put(put.key().toUtf8(), put.value().toUtf8());
            } else {
                content.remove(operation.key().toUtf8());
            }
        }
        lastSequence = sequence + batch.operations().size() - 1;
    }

    @Override
    public void checkpoint() {
        StringBuilder text = new StringBuilder();
        long covered;
        synchronized (this) { // a batch that is applied meanwhile is in it as a whole or not at all
            covered = lastSequence;
            text.append(covered).append('\n');
            content.forEach(
                    (key, value) -> text.append(key).append('\n').append(value).append('\n'));
        }
        onCheckpoint.run();
        StatsRecorder stats = new StatsRecorder();
        Path temporary = file.resolveSibling("engine.tmp");
        StoreFile.delete(temporary);
        try (StoreFile created = StoreFile.create(temporary, stats)) {
            created.append(Slice.utf8(text.toString()));
            created.sync();
        }
        try {
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new StorageIoException("renaming " + temporary, e);
        }
        Directories.sync(Objects.requireNonNull(file.toAbsolutePath().getParent()), stats);
        durableSequence = covered;
    }

    @Override
    public long lastSequence() {
        return lastSequence;
    }

    @Override
    public long durableSequence() {
        return durableSequence;
    }

    @Override
    public Optional<Slice> get(Slice key) {
        return Optional.ofNullable(content.get(key.toUtf8())).map(Slice::utf8);
    }

    @Override
    public void write(WriteBatch batch, Durability durability) {
        throw new UnsupportedOperationException("what is behind a log is written with apply");
    }

    @Override
    public Cursor cursor(KeyRange range) {
        throw new UnsupportedOperationException("this engine has no cursors");
    }

    @Override
    public EngineSnapshot snapshot() {
        throw new UnsupportedOperationException("this engine has no snapshots");
    }

    @Override
    public StoreStats stats() {
        return new StoreStats(Map.of(), LatencySummary.NONE, LatencySummary.NONE);
    }

    @Override
    public void close() {}
}
