package storagelab.twophase;

import java.io.Closeable;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import storagelab.api.StoreFailedException;
import storagelab.course.ExercisePart;
import storagelab.file.Directories;
import storagelab.file.StatsRecorder;
import storagelab.file.StoreFile;
import storagelab.file.StoreLock;
import storagelab.sortedlog.RecordLog;

/**
 * The decisions of a coordinator, durable: which transactions have committed. The COMMIT record is the commit. An abort is not
 * written: a transaction without a COMMIT record is presumed to have aborted.
 *
 * <p>A COMMIT record has the names of the participants that have to acknowledge it. When all have, an END record follows, which is
 * not synced, and the transaction is forgotten. If a power cut takes the END back, the participants are told once more, which
 * changes nothing.
 *
 * <p>The log is a {@link RecordLog} in a file with a number. Opening begins the file with the next number: it writes the COMMIT
 * records there that wait for a participant, syncs the file, then the directory, and deletes the older files. The same happens when
 * the file has grown to its maximum, and to twice of what it began with. So the log is bounded by what waits, and not by what was
 * ever committed. A crash leaves at most two files; the older one is read first.
 *
 * <p>An id has the number of the file in its upper 32 bits, and how many ids the file has given out before in its lower ones. An id
 * is never given out twice. If one were, a participant that was left in doubt by the first transaction would take the COMMIT record
 * of the second one for its own.
 *
 * <p>Example: the first file is {@code 000001.commits}, and gives out 4294967296, 4294967297, and so on. The power fails. The next
 * file is {@code 000002.commits}, and gives out 8589934592 first.
 *
 * <p>Errors: {@link storagelab.api.StorageIoException} when the file system refuses. After that it is not known what is on the disk:
 * each later commit and acknowledgement throws {@link StoreFailedException} until the log is opened again.
 *
 * <p>Concurrency: safe for many threads.
 */
@ExercisePart("7.10")
public final class CoordinatorLog implements Closeable {
    private static final long IDS_MAX = 1L << CoordinatorLogLayout.COUNTER_BITS;

    private final Path directory;
    private final long fileBytesMax;
    private final StoreLock lock;
    private final StatsRecorder stats = new StatsRecorder();
    private final Set<Long> undecided = new HashSet<>(); // guarded by this
    private final Map<Long, Set<String>> waiting; // by transaction, who has not acknowledged; guarded by this
    private @Nullable RecordLog log; // guarded by this
    private long number; // of the file; guarded by this
    private long idsGiven; // of this file; guarded by this
    private long bytesAtStart; // of the file; guarded by this
    private @Nullable Throwable failure; // guarded by this

    private CoordinatorLog(Path directory, long fileBytesMax, StoreLock lock, Map<Long, Set<String>> waiting) {
        this.directory = directory;
        this.fileBytesMax = fileBytesMax;
        this.lock = lock;
        this.waiting = waiting;
    }

    /**
     * Opens the log in {@code directory}, which is created if it is not there.
     *
     * @param fileBytesMax a file that has grown to so many bytes is followed by the next one
     * @throws storagelab.api.StorageIoException if the log is open already, or the file system refuses
     * @throws storagelab.api.CorruptionException if a record is damaged that had been on the disk
     */
    public static CoordinatorLog open(Path directory, long fileBytesMax) {
        Directories.create(directory, new StatsRecorder());
        StoreLock lock = StoreLock.acquire(directory);
        try {
            Map<Long, Set<String>> waiting = new TreeMap<>();
            List<Path> files = CoordinatorLogLayout.files(directory);
            for (Path file : files) {
                RecordLog.replay(file, record -> apply(CoordinatorLogLayout.decode(file, record), waiting));
            }
            CoordinatorLog opened = new CoordinatorLog(directory, fileBytesMax, lock, waiting);
            opened.number = files.isEmpty() ? 0 : CoordinatorLogLayout.number(files.get(files.size() - 1));
            opened.beginFile();
            return opened;
        } catch (RuntimeException | Error e) {
            lock.close();
            throw e;
        }
    }

    private static void apply(CoordinatorLogLayout.Decision decision, Map<Long, Set<String>> waiting) {
        if (decision.participants().isEmpty()) {
            waiting.remove(decision.transactionId());
        } else {
            waiting.put(decision.transactionId(), decision.participants());
        }
    }

    /** The id of a transaction that begins. It is undecided until {@link #commit} or {@link #abort}. */
    public synchronized long begin() {
        RecordLog current = usable();
        if (idsGiven == IDS_MAX) {
            current = beginFile();
        }
        long id = (number << CoordinatorLogLayout.COUNTER_BITS) | idsGiven;
        idsGiven++;
        undecided.add(id);
        return id;
    }

    /**
     * Commits a transaction: when this returns, its COMMIT record is on the disk. If it throws, the transaction stays undecided,
     * since its record may be on the disk or not: the next opening reads it or does not.
     *
     * <p>Cost: one sync.
     *
     * @param participants that have to acknowledge it
     * @throws IllegalArgumentException if the transaction is not undecided, or there are no participants
     */
    public synchronized void commit(long transactionId, Set<String> participants) {
        RecordLog current = usable();
        if (!undecided.contains(transactionId)) {
            throw new IllegalArgumentException("transaction " + transactionId + " is not undecided");
        }
        if (participants.isEmpty()) {
            throw new IllegalArgumentException("transaction " + transactionId + " has no participants");
        }
        if (current.sizeBytes() >= Math.max(fileBytesMax, 2 * bytesAtStart)) {
            current = beginFile();
        }
        current.append(CoordinatorLogLayout.commit(transactionId, participants));
        current.sync();
        undecided.remove(transactionId);
        waiting.put(transactionId, new TreeSet<>(participants));
    }

    /**
     * Aborts a transaction that is undecided, by forgetting it.
     *
     * <p>Cost: nothing is written.
     */
    public synchronized void abort(long transactionId) {
        undecided.remove(transactionId);
    }

    /**
     * Notes that a participant has committed a transaction. After the last one, END is appended and the transaction is forgotten.
     * What is not waited for is passed over.
     *
     * <p>Cost: no sync.
     */
    public synchronized void acknowledge(long transactionId, String participant) {
        RecordLog current = usable();
        Set<String> names = waiting.get(transactionId);
        if (names != null && names.remove(participant) && names.isEmpty()) {
            waiting.remove(transactionId);
            current.append(CoordinatorLogLayout.end(transactionId));
        }
    }

    /** What has become of a transaction. Participants that are in doubt ask. */
    public synchronized Outcome outcome(long transactionId) {
        if (waiting.containsKey(transactionId)) {
            return Outcome.COMMITTED;
        }
        return undecided.contains(transactionId) ? Outcome.UNDECIDED : Outcome.ABORTED;
    }

    /** The transactions that have committed, each with the participants that have not acknowledged it: a copy. */
    public synchronized Map<Long, Set<String>> waiting() {
        Map<Long, Set<String>> copy = new TreeMap<>();
        waiting.forEach((id, names) -> copy.put(id, new TreeSet<>(names)));
        return copy;
    }

    /** Closes the log. Closing twice does nothing. */
    @Override
    public synchronized void close() {
        try (lock) {
            if (log != null) {
                log.close();
            }
        }
    }

    private RecordLog usable() {
        if (failure != null || log == null) {
            throw new StoreFailedException(
                    directory.toString(), failure == null ? new AssertionError("no file") : failure);
        }
        return log;
    }

    /** Goes on in the file with the next number, which begins with all that waits. */
    private RecordLog beginFile() {
        try (RecordLog previous = log) {
            RecordLog next = RecordLog.create(CoordinatorLogLayout.file(directory, number + 1), stats);
            waiting.forEach((id, names) -> next.append(CoordinatorLogLayout.commit(id, names)));
            next.sync();
            Directories.sync(directory, stats);
            log = next;
            number++;
            idsGiven = 0;
            bytesAtStart = next.sizeBytes();
        } catch (RuntimeException | Error e) {
            failure = e;
            throw e;
        }
        for (Path file : CoordinatorLogLayout.files(directory)) {
            if (CoordinatorLogLayout.number(file) < number) {
                StoreFile.delete(file);
            }
        }
        return usable();
    }
}
