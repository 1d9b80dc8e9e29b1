package storagelab.grader.serve;

import java.util.function.Consumer;

/**
 * A read that takes long, and is done by a thread of its own while the connection that asked for it waits and others go on. What it
 * reads was fixed when it was made.
 */
abstract class SlowRead {
    private volatile boolean isCancelled;

    /** Reads, and returns what writes the reply. */
    abstract Consumer<ReplyWriter> read();

    /** Releases what it holds. It is called once, after {@link #read} if that is called. */
    abstract void release();

    /** No client waits for the reply any more. */
    final void cancel() {
        isCancelled = true;
    }

    /** Throws if no client waits any more; called for every entry. */
    final void checkWanted() {
        if (isCancelled) {
            throw new CommandException("ERR cancelled");
        }
    }
}
