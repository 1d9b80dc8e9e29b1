package storagelab.grader.hidden.lab06;

import com.google.common.util.concurrent.Uninterruptibles;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import storagelab.api.Durability;
import storagelab.api.Slice;
import storagelab.api.WriteBatch;
import storagelab.disk.CrashDisk;
import storagelab.file.StatsRecorder;
import storagelab.log.BatchRecord;
import storagelab.testkit.Crew;
import storagelab.testkit.Eventually;
import storagelab.testkit.wal.History;
import storagelab.wal.Committer;
import storagelab.wal.GroupCommitter;
import storagelab.wal.LogSyncer;
import storagelab.wal.SegmentAccess;
import storagelab.wal.SyncPolicy;
import storagelab.wal.WalOptions;
import storagelab.wal.WriteAheadLog;

/** A committer on a disk that can be held, and what its commits have done. Commits are named by the key of their one put. */
final class Commits implements AutoCloseable {
    final CrashDisk disk = CrashDisk.create();
    final StatsRecorder stats = new StatsRecorder();
    final WriteAheadLog log =
            WriteAheadLog.create(disk.root(), 0, new WalOptions(64 << 20, SegmentAccess.CHANNEL), stats);
    final List<String> published = Collections.synchronizedList(new ArrayList<>());
    final ConcurrentHashMap<String, Object> outcomes = new ConcurrentHashMap<>(); // a sequence, or what was thrown
    final GroupCommitter committer;

    Commits(SyncPolicy policy) {
        this(policy, (sequence, batch) -> {});
    }

    /** A committer that publishes to {@code engine}, too. */
    Commits(SyncPolicy policy, GroupCommitter.Publisher engine) {
        committer = new GroupCommitter(
                log,
                new LogSyncer(log, policy),
                (sequence, batch) -> {
                    engine.publish(sequence, batch);
                    published.add(sequence + ":" + batch.operations().get(0).key());
                },
                stats);
    }

    /** A publisher that returns from the first operation of all only when {@code open} is at zero. */
    static GroupCommitter.Publisher firstWaitsFor(CountDownLatch open) {
        return (sequence, batch) -> {
            if (sequence == 1) {
                Uninterruptibles.awaitUninterruptibly(open);
            }
        };
    }

    /** Starts a thread that commits, and returns when the commit is in the log and waits there. */
    Thread append(Crew crew, String name, Durability durability) {
        long sequence = log.lastSequence() + 1;
        Thread thread = crew.start(name, () -> commit(name, 9, durability, Committer.Admission.ALWAYS));
        Eventually.holds(name + " is appended", () -> log.lastSequence() == sequence);
        Eventually.waits(thread);
        return thread;
    }

    /** A batch with one put, whose key and value have so many bytes. */
    static WriteBatch put(String name, int bytes) {
        return new WriteBatch().put(Slice.utf8(name), Slice.wrap(new byte[bytes - name.length()]));
    }

    /** Commits, and notes what came of it under the name. */
    void commit(String name, int bytes, Durability durability, Committer.Admission admission) {
        try {
            outcomes.put(name, committer.commit(put(name, bytes), durability, admission));
        } catch (RuntimeException | Error e) {
            outcomes.put(name, e);
        }
    }

    /** Starts a thread that commits, and returns when the commit waits to be appended. */
    Thread queue(Crew crew, String name, int bytes, Durability durability, Committer.Admission admission) {
        int before = committer.waiting();
        Thread thread = crew.start(name, () -> commit(name, bytes, durability, admission));
        Eventually.holds("commits that wait: " + (before + 1), () -> committer.waiting() == before + 1);
        Eventually.waits(thread);
        return thread;
    }

    /** The same, admitted always. */
    Thread queue(Crew crew, String name, int bytes, Durability durability) {
        return queue(crew, name, bytes, durability, Committer.Admission.ALWAYS);
    }

    /** The records of the log, each as the names of its commits. */
    List<String> records() {
        List<String> records = new ArrayList<>();
        for (BatchRecord record : History.read(disk.root(), 0)) {
            StringBuilder names = new StringBuilder();
            record.batch().operations().forEach(operation -> names.append(operation.key()));
            records.add(names.toString());
        }
        return records;
    }

    @Override
    public void close() {
        log.close();
    }
}
