package storagelab.grader.serve;

import com.google.common.util.concurrent.ThreadFactoryBuilder;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import storagelab.api.Durability;
import storagelab.kv.UpdatableStore;

/**
 * Commits what clients have written, the writes of all clients together.
 *
 * <p>What does not have to be on the disk is committed by the thread that executes commands, at the end of a turn: that costs less
 * than telling another thread. What has to be is committed by a thread of its own, one batch after the other: the writes that are
 * executed while a batch is synced are the next one, so one sync serves all clients that wait.
 *
 * <p>Concurrency: one thread at a time, the one that executes commands.
 */
final class BatchCommitter {
    /** From so many keys on, a batch does not wait for the end of the turn: the B+tree applies small batches with less work. */
    private static final int KEYS_IN_TURN = 64;

    private static final long WAITING_BYTES_MAX = 16 << 20;
    private static final long STOP_SECONDS = 60;

    private final UpdatableStore store;
    private final Keyspace keyspace;
    private final Executor loop;
    private final Listener listener;
    private final @Nullable ExecutorService lane; // null if the loop commits itself
    private @Nullable Future<?> running;
    private long committed;
    private long firstFailed = Long.MAX_VALUE;

    /** Is told about the ends of batches. */
    interface Listener {
        /** A commit has ended that was not made by the loop's thread: replies may be sent. */
        void ended();

        /** The store has failed. */
        void failed(Throwable cause);
    }

    /** Commits to {@code store}; {@code loop} runs tasks in the thread that executes commands. */
    BatchCommitter(
            UpdatableStore store, Keyspace keyspace, ServeDurability durability, Executor loop, Listener listener) {
        this.store = store;
        this.keyspace = keyspace;
        this.loop = loop;
        this.listener = listener;
        this.lane = durability == ServeDurability.COMMIT
                ? Executors.newSingleThreadExecutor(new ThreadFactoryBuilder()
                        .setDaemon(true)
                        .setNameFormat("serve-commit")
                        .build())
                : null;
    }

    /** Batches up to this one are committed, or have failed. */
    long committed() {
        return committed;
    }

    /** Batches from this one on have failed. */
    long firstFailed() {
        return firstFailed;
    }

    /** Whether so much waits for a commit that nothing more should be executed. */
    boolean isFull() {
        return lane != null && keyspace.current().bytes() > WAITING_BYTES_MAX;
    }

    /** A command was executed. */
    void afterCommand() {
        if (lane == null && keyspace.current().size() >= KEYS_IN_TURN) {
            commitHere(Durability.BUFFERED);
        }
    }

    /** No request is there that has not been executed. */
    void afterTurn() {
        if (keyspace.current().isEmpty()) {
            return;
        }
        if (lane == null) {
            commitHere(Durability.BUFFERED);
        } else if (!keyspace.isCommitting()) {
            commitInLane(lane);
        }
    }

    private void commitHere(Durability durability) {
        PendingWrites writes = keyspace.beginCommit();
        Throwable failure = null;
        try {
            store.write(writes.toBatch(), durability);
        } catch (RuntimeException e) {
            failure = e;
        }
        end(writes.number(), failure);
    }

    private void commitInLane(ExecutorService executor) {
        PendingWrites writes = keyspace.beginCommit();
        running = executor.submit(() -> {
            Throwable failure = null;
            try {
                store.write(writes.toBatch(), Durability.SYNCED);
            } catch (RuntimeException e) {
                failure = e;
            }
            Throwable outcome = failure;
            loop.execute(() -> {
                end(writes.number(), outcome);
                afterTurn();
                listener.ended();
            });
            return outcome;
        });
    }

    /** Ends a batch; a second time does nothing. */
    private void end(long number, @Nullable Throwable failure) {
        if (number <= committed) {
            return;
        }
        committed = number;
        keyspace.endCommit();
        if (failure != null) {
            firstFailed = Math.min(firstFailed, number);
            listener.failed(failure);
        }
    }

    /** Commits everything that was written, and waits for it. */
    void commitAll() {
        Future<?> before = running;
        if (keyspace.isCommitting() && before != null) {
            long number = keyspace.current().number() - 1;
            try {
                end(number, (Throwable) before.get());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new CommandException("ERR interrupted");
            } catch (ExecutionException e) {
                end(number, e.getCause());
            }
        }
        if (!keyspace.current().isEmpty()) {
            commitHere(lane == null ? Durability.BUFFERED : Durability.SYNCED);
        }
    }

    /** Ends the thread, after the last commit. Called by any thread. */
    void stop() {
        if (lane != null) {
            lane.shutdown();
            try {
                if (!lane.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
                    throw new IllegalStateException("a commit has not ended within " + STOP_SECONDS + " seconds");
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
