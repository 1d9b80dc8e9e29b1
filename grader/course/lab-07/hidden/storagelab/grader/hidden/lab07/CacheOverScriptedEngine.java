package storagelab.grader.hidden.lab07;

import static storagelab.grader.hidden.kit.Checks.assertEquals;

import com.google.common.base.Splitter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import storagelab.api.Cursor;
import storagelab.api.KeyRange;
import storagelab.api.Slice;
import storagelab.api.WriteBatch;
import storagelab.disk.CrashDisk;
import storagelab.recovery.DurableOptions;
import storagelab.recovery.EngineKind;
import storagelab.testkit.writeback.OneEngine;
import storagelab.writeback.CheckpointedEngine;
import storagelab.writeback.WriteBackCache;
import storagelab.writeback.WriteBackMetrics;
import storagelab.writeback.WriteBackOptions;

/** What the tests of the write-back cache share: caches over an engine that does as the test says, and batches as text. */
abstract class CacheOverScriptedEngine {
    static final WriteBackOptions LARGE = WriteBackOptions.defaults().withBatchBytes(1_000);

    final Path directory = CrashDisk.create().root();
    final ScriptedEngine engine = new ScriptedEngine();
    final List<WriteBackCache> opened = new ArrayList<>();

    WriteBackCache open(WriteBackOptions options) {
        DurableOptions unused = DurableOptions.defaults(EngineKind.BTREE);
        WriteBackCache cache =
                new WriteBackCache(CheckpointedEngine.open(directory, new OneEngine(engine), unused), options);
        opened.add(cache);
        return cache;
    }

    @AfterEach
    void close() {
        engine.behave();
        opened.forEach(WriteBackCache::close);
    }

    static Slice text(String text) {
        return Slice.utf8(text);
    }

    /** Applies a batch that is written as {@code "a=1 b- c=2"}. */
    static void apply(WriteBackCache cache, String operations) {
        WriteBatch batch = batch(operations);
        cache.check(batch);
        cache.apply(cache.lastSequence() + 1, batch);
    }

    static WriteBatch batch(String operations) {
        WriteBatch batch = new WriteBatch();
        for (String operation : Splitter.on(' ').split(operations)) {
            int equals = operation.indexOf('=');
            if (equals < 0) {
                batch.delete(text(operation.substring(0, operation.length() - 1)));
            } else {
                batch.put(text(operation.substring(0, equals)), text(operation.substring(equals + 1)));
            }
        }
        return batch;
    }

    static String get(WriteBackCache cache, String key) {
        return cache.get(text(key)).map(Slice::toString).orElse("nothing");
    }

    static String entries(Cursor cursor) {
        List<String> all = new ArrayList<>();
        for (cursor.seekToFirst(); cursor.isValid(); cursor.next()) {
            all.add(cursor.key() + "=" + cursor.value());
        }
        List<String> backward = new ArrayList<>();
        for (cursor.seekToLast(); cursor.isValid(); cursor.prev()) {
            backward.add(cursor.key() + "=" + cursor.value());
        }
        Collections.reverse(backward);
        assertEquals(all, backward, "the entries backward");
        cursor.close();
        return String.join(" ", all);
    }

    static String entries(WriteBackCache cache) {
        return entries(cache.cursor(KeyRange.all()));
    }

    static long dirtyBytes(WriteBackCache cache) {
        return cache.stats().get(WriteBackMetrics.DIRTY_BYTES);
    }
}
