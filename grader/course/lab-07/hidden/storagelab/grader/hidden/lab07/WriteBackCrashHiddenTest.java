package storagelab.grader.hidden.lab07;

import static storagelab.grader.hidden.kit.Checks.assertEquals;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import storagelab.api.Cursor;
import storagelab.api.KeyRange;
import storagelab.api.Slice;
import storagelab.api.WriteBatch;
import storagelab.disk.CrashDisk;
import storagelab.disk.SurvivalMode;
import storagelab.recovery.DurableOptions;
import storagelab.recovery.EngineKind;
import storagelab.testkit.writeback.OneEngine;
import storagelab.writeback.CheckpointedEngine;
import storagelab.writeback.WriteBackCache;
import storagelab.writeback.WriteBackOptions;

/** Exercise 7.4: the power is cut at each call of the engine, and what the log has on the disk comes back. */
@Tag("7.4")
class WriteBackCrashHiddenTest {
    private static final WriteBackOptions OPTIONS = WriteBackOptions.defaults().withBatchBytes(12);
    private static final int BATCHES = 80;

    private final CrashDisk disk = CrashDisk.create();
    private final ScriptedEngine engine = new ScriptedEngine();
    private final List<WriteBatch> log = new ArrayList<>(); // one operation each; the first one has sequence 1
    private int synced; // operations of the log on the disk
    private int points;

    private static WriteBackCache open(Path directory, ScriptedEngine engine) {
        DurableOptions unused = DurableOptions.defaults(EngineKind.BTREE);
        return new WriteBackCache(CheckpointedEngine.open(directory, new OneEngine(engine), unused), OPTIONS);
    }

    private void write(WriteBackCache cache, SplittableRandom random) {
        Slice key = Slice.utf8("k" + random.nextInt(12));
        WriteBatch batch = new WriteBatch();
        if (random.nextInt(4) == 0) {
            batch.delete(key);
        } else {
            batch.put(key, Slice.utf8("v" + log.size()));
        }
        cache.check(batch);
        log.add(batch);
        cache.apply(log.size(), batch);
    }

    /** The state after the first operations of the log. */
    private NavigableMap<Slice, Slice> stateAfter(int operations) {
        NavigableMap<Slice, Slice> state = new TreeMap<>();
        for (WriteBatch batch : log.subList(0, operations)) {
            WriteBatch.Operation operation = batch.operations().get(0);
            if (operation instanceof WriteBatch.Put put) {
                state.put(put.key(), put.value());
            } else {
                state.remove(operation.key());
            }
        }
        return state;
    }

    /** The power is cut now; the engine's files have what it was given, or what it had at its last checkpoint. */
    private void cutPower(String when) {
        points++;
        recover(when + ", the engine has all it was given", engine.content());
        recover(when + ", the engine has its last checkpoint", engine.durable());
    }

    private void recover(String when, NavigableMap<Slice, Slice> survived) {
        Path directory = disk.afterCrash(SurvivalMode.NOTHING, points).root();
        WriteBackCache cache = open(directory, new ScriptedEngine(survived));
        for (long next = cache.durableSequence() + 1; next <= synced; next++) {
            cache.apply(next, log.get((int) next - 1));
        }
        NavigableMap<Slice, Slice> found = new TreeMap<>();
        try (Cursor cursor = cache.cursor(KeyRange.all())) {
            for (cursor.seekToFirst(); cursor.isValid(); cursor.next()) {
                found.put(cursor.key(), cursor.value());
            }
        }
        long durable = cache.durableSequence();
        cache.close();
        assertEquals(
                stateAfter(synced).toString(),
                found.toString(),
                when + ", and the log has " + synced + " of " + log.size()
                        + " operations on the disk, of which those after " + durable + " were applied again");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    @DisplayName("whenever the power is cut, the engine's files and the log give what the log had on the disk")
    void everyCall(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        WriteBackCache cache = open(disk.root(), engine);
        cache.useLog(() -> synced = log.size());
        engine.beforeApply(batch -> {
            cutPower("before the engine takes " + ScriptedEngine.text(batch));
            if (random.nextInt(3) == 0) {
                write(cache, random);
            }
        });
        engine.beforeCheckpoint(() -> {
            cutPower("before a checkpoint of the engine");
            write(cache, random);
        });
        for (int i = 0; i < BATCHES; i++) {
            write(cache, random);
            if (random.nextInt(5) == 0) {
                synced = log.size();
            }
            if (random.nextInt(12) == 0) {
                cache.checkpoint();
                cutPower("after a checkpoint");
            }
        }
        engine.behave();
        cache.close();
        synced = log.size();
        cutPower("after close");
        assertEquals((long) log.size(), cache.durableSequence(), "the durable sequence after close");
    }
}
