package storagelab.grader.hidden.lab06;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static storagelab.grader.hidden.kit.Checks.assertEquals;
import static storagelab.grader.hidden.kit.Checks.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.api.CorruptionException;
import storagelab.api.Slice;
import storagelab.api.WriteBatch;
import storagelab.disk.CrashDisk;
import storagelab.disk.CrashExplorer;
import storagelab.disk.CrashExplorerOptions;
import storagelab.disk.CrashPoint;
import storagelab.disk.CrashReport;
import storagelab.file.Directories;
import storagelab.file.StatsRecorder;
import storagelab.log.CommitQueue;
import storagelab.recovery.RecoveryManager;
import storagelab.testkit.Seeds;
import storagelab.testkit.Step;
import storagelab.testkit.wal.History;
import storagelab.wal.SegmentAccess;
import storagelab.wal.WalOptions;
import storagelab.wal.WriteAheadLog;

/** Exercise 6.5: what is applied again, with which sequences; and recovery that is interrupted at every call of the disk. */
@Tag("6.5")
class RecoveryHiddenTest {
    private static final WalOptions SMALL = new WalOptions(500, SegmentAccess.CHANNEL);

    private static final long LONG_LOG_BYTES = 512 << 10;

    private final CrashDisk disk = CrashDisk.create();

    private static RecoveryManager.Recovered recover(FileEngine engine, Path directory) {
        Step.at("recovering an engine that has sequence " + engine.lastSequence());
        return RecoveryManager.recover(engine, directory, SMALL, new StatsRecorder(), operations -> {});
    }

    /** The state after all batches of the history up to a sequence, which may be in the middle of one. */
    private static Map<String, String> stateAt(long last) {
        Map<String, String> state = new TreeMap<>();
        for (long sequence = 1; sequence <= last; ) {
            List<WriteBatch.Operation> operations = History.batch(sequence).operations();
            for (int i = 0; i < operations.size() && sequence + i <= last; i++) {
                if (operations.get(i) instanceof WriteBatch.Put put) {
                    state.put(put.key().toUtf8(), put.value().toUtf8());
                } else {
                    state.remove(operations.get(i).key().toUtf8());
                }
            }
            sequence += operations.size();
        }
        return state;
    }

    /** A log of the history, closed, and its last sequence. */
    private long history(int batches) {
        try (WriteAheadLog log = WriteAheadLog.create(disk.root(), 0, SMALL, new StatsRecorder())) {
            History.append(log, batches);
            return log.lastSequence();
        }
    }

    /** An engine that has the history up to a sequence. */
    private FileEngine engineAt(long last) {
        FileEngine engine = new FileEngine(disk.root());
        long sequence = 1;
        while (sequence <= last) {
            List<WriteBatch.Operation> operations = History.batch(sequence).operations();
            int count = (int) Math.min(operations.size(), last - sequence + 1);
            WriteBatch part = new WriteBatch();
            for (WriteBatch.Operation operation : operations.subList(0, count)) {
                if (operation instanceof WriteBatch.Put put) {
                    part.put(put.key(), put.value());
                } else {
                    part.delete(operation.key());
                }
            }
            engine.apply(sequence, part);
            sequence += count;
        }
        engine.applied().clear();
        return engine;
    }

    @Test
    @DisplayName("an engine gets exactly what it lacks, with the sequences of the log, each record as one batch")
    void exactlyWhatItLacks() {
        long end = history(40);
        for (long had = 0; had <= end; had++) {
            FileEngine engine = engineAt(had);
            RecoveryManager.Recovered recovered = recover(engine, disk.root());
            recovered.log().close();
            List<String> expected = new ArrayList<>();
            long bytes = 0;
            for (long sequence = 1; sequence <= end; ) {
                List<WriteBatch.Operation> operations = History.batch(sequence).operations();
                long last = sequence + operations.size() - 1;
                if (last > had) {
                    expected.add(Math.max(sequence, had + 1) + "-" + last);
                }
                for (int i = 0; i < operations.size(); i++) {
                    if (sequence + i > had) {
                        WriteBatch one = new WriteBatch();
                        if (operations.get(i) instanceof WriteBatch.Put put) {
                            one.put(put.key(), put.value());
                        } else {
                            one.delete(operations.get(i).key());
                        }
                        bytes += CommitQueue.userBytes(one);
                    }
                }
                sequence = last + 1;
            }
            assertEquals(expected, engine.applied(), "what was applied to an engine that had " + had + " operations");
            assertEquals(stateAt(end), engine.content(), "the content of an engine that had " + had + " operations");
            assertEquals(end - had, recovered.operations(), "operations that recovery says it has applied");
            assertEquals(bytes, recovered.operationBytes(), "bytes that recovery says it has applied, after " + had);
            assertEquals(end, recovered.log().lastSequence(), "last sequence of the log");
        }
    }

    @Test
    @DisplayName("an engine that has more than its log is left as it is, and the log goes on after it")
    void engineAhead() {
        long end = history(10);
        FileEngine engine = engineAt(end);
        engine.apply(end + 1, new WriteBatch().put(Slice.utf8("more"), Slice.utf8("1")));
        engine.applied().clear();
        RecoveryManager.Recovered recovered = recover(engine, disk.root());
        assertEquals(List.of(), engine.applied(), "what was applied to an engine that has more than its log");
        assertEquals(0, recovered.operations(), "operations that recovery says it has applied");
        assertEquals(end + 1, recovered.log().lastSequence(), "last sequence of the log");
        recovered.log().append(end + 2, List.of(History.batch(end + 2)));
        recovered.log().close();
    }

    @Test
    @DisplayName("progress is told each time that the operations pass a multiple of 65,536, and not else")
    void progress() {
        List<Long> told = new ArrayList<>();
        WalOptions large = new WalOptions(64 << 20, SegmentAccess.CHANNEL);
        int each = 1_000;
        try (WriteAheadLog log = WriteAheadLog.create(disk.root(), 0, large, new StatsRecorder())) {
            for (int i = 0; i < 200; i++) {
                WriteBatch batch = new WriteBatch();
                for (int k = 0; k < each; k++) {
                    batch.put(Slice.utf8("k" + k % 10), Slice.EMPTY);
                }
                log.append(log.lastSequence() + 1, List.of(batch));
            }
        }
        FileEngine engine = new FileEngine(disk.root());
        RecoveryManager.recover(engine, disk.root(), large, new StatsRecorder(), told::add)
                .log()
                .close();
        assertEquals(
                List.of(66_000L, 132_000L, 197_000L),
                told,
                "what progress was told of 200 batches with 1,000 operations each");
        assertEquals(200_000, engine.lastSequence(), "last sequence of the engine");
    }

    @Test
    @DisplayName(
            "a recovery that is interrupted anywhere is begun again with the same engine, and nothing is applied twice")
    void interrupted() {
        long end = history(25);
        for (int nth = 1; nth <= 25; nth++) {
            FileEngine engine = new FileEngine(disk.root());
            int[] left = {nth};
            IllegalStateException failure = new IllegalStateException("the engine is full");
            engine.onApply(sequence -> {
                if (--left[0] == 0) {
                    throw failure;
                }
            });
            int interrupted = nth;
            IllegalStateException thrown = assertThrows(
                    IllegalStateException.class,
                    () -> recover(engine, disk.root()),
                    "recovery whose engine throws at batch " + interrupted);
            assertTrue(thrown == failure, "recovery throws something else than its engine did");
            assertEquals(0, disk.openFiles(), "open files after recovery has failed");
            RecoveryManager.Recovered recovered = recover(engine, disk.root());
            recovered.log().close();
            assertEquals(25, engine.applied().size(), "batches that were applied, with an interruption at " + nth);
            assertEquals(stateAt(end), engine.content(), "content after an interruption at batch " + nth);
        }
    }

    @Test
    @DisplayName("a damaged log and one that lacks operations are errors, and no empty engine is taken for whole")
    void damaged() throws Exception {
        long end = history(60);
        Files.delete(SegmentRecord.file(disk.root(), 1));
        assertThrows(
                CorruptionException.class,
                () -> recover(new FileEngine(disk.root()), disk.root()),
                "an empty engine whose log lacks its first segment");
        FileEngine whole = engineAt(end - 1);
        recover(whole, disk.root()).log().close();
        assertEquals(stateAt(end), whole.content(), "content of an engine that does not need the first segment");
    }

    @Test
    @DisplayName("the log is read once, whatever it has")
    void cost() throws Exception {
        history(300);
        long bytes = 0;
        for (int number = 1; Files.exists(SegmentRecord.file(disk.root(), number)); number++) {
            bytes += Files.size(SegmentRecord.file(disk.root(), number));
        }
        long before = disk.counters().bytesRead();
        FileEngine engine = new FileEngine(disk.root());
        recover(engine, disk.root()).log().close();
        long read = disk.counters().bytesRead() - before;
        assertTrue(read <= 4 * bytes, "to recover from " + bytes + " bytes of log, " + read + " bytes were read");
    }

    @Test
    @DisplayName("the first batch is applied before much of the log is read: it need not fit into memory")
    void appliesWhileItReads() {
        WalOptions oneSegment = WalOptions.defaults().withAccess(SegmentAccess.CHANNEL);
        try (WriteAheadLog log = WriteAheadLog.create(disk.root(), 0, oneSegment, new StatsRecorder())) {
            while (log.end().offset() < LONG_LOG_BYTES) {
                History.append(log, 100);
            }
        }
        long before = disk.counters().bytesRead();
        AtomicLong readFirst = new AtomicLong(Long.MAX_VALUE);
        FileEngine engine = new FileEngine(disk.root());
        engine.onApply(sequence -> readFirst.accumulateAndGet(disk.counters().bytesRead() - before, Math::min));
        recover(engine, disk.root()).log().close();
        assertTrue(
                readFirst.get() < LONG_LOG_BYTES / 2,
                "of a log of " + LONG_LOG_BYTES + " bytes, " + readFirst + " were read before anything was applied");
    }

    @Test
    @DisplayName(
            "whenever the power is cut, during recovery too, the engine comes to what was synced and a prefix of the rest")
    void everyCrash() {
        Seeds.check(2, random -> {
            long seed = random.nextLong();
            CrashReport report = CrashExplorer.explore(
                    CrashExplorerOptions.defaults().withSeed(random.nextLong()).withRecoveryCrashes(3, 30),
                    crashing -> run(crashing, new Random(seed)),
                    RecoveryHiddenTest::check);
            assertTrue(report.images() > 300, "too few crashes were tried: " + report);
            assertTrue(report.recoveryImages() > 300, "too few crashes during recovery were tried: " + report);
        });
    }

    /** What the program knew. */
    private record Known(long committed, long synced) {}

    private static void run(CrashDisk crashing, Random random) {
        Path logs = crashing.root().resolve("log");
        Directories.create(logs, new StatsRecorder());
        FileEngine engine = new FileEngine(crashing.root());
        WriteAheadLog log = WriteAheadLog.create(logs, 0, SMALL, new StatsRecorder());
        long synced = 0;
        crashing.ack(new Known(0, 0));
        for (int step = 0; step < 50; step++) {
            int kind = random.nextInt(12);
            if (kind == 0) {
                log.sync();
                engine.checkpoint();
                synced = log.lastSequence();
            } else if (kind == 1) {
                log.sync();
                synced = log.lastSequence();
            } else if (kind == 2) {
                engine = new FileEngine(crashing.root());
                log.close();
                synced = log.lastSequence();
                log = RecoveryManager.recover(engine, logs, SMALL, new StatsRecorder(), operations -> {})
                        .log();
            } else {
                long sequence = log.lastSequence() + 1;
                History.append(log);
                engine.apply(sequence, History.batch(sequence));
            }
            crashing.ack(new Known(log.lastSequence(), synced));
        }
        log.close();
    }

    private static void check(CrashPoint crash) {
        Known known = null;
        for (Object marker : crash.acknowledged()) {
            known = (Known) marker;
        }
        if (known == null) {
            return; // the log was being created
        }
        FileEngine engine = new FileEngine(crash.root());
        // Engines write by themselves now and then: here in the middle of recovery.
        engine.onApply(sequence -> {
            if (sequence % 7 == 0) {
                engine.checkpoint();
            }
        });
        RecoveryManager.Recovered recovered = RecoveryManager.recover(
                engine, crash.root().resolve("log"), SMALL, new StatsRecorder(), operations -> {});
        crash.recovered();
        long last = engine.lastSequence();
        assertTrue(last >= known.synced, "synced up to " + known.synced + ", and the engine has " + last);
        assertTrue(last <= known.committed + 3, "committed up to " + known.committed + ", and the engine has " + last);
        assertEquals(stateAt(last), engine.content(), "content of the engine at sequence " + last);
        long next = recovered.log().lastSequence() + 1;
        recovered.log().append(next, List.of(History.batch(next)));
        recovered.log().close();
    }
}
