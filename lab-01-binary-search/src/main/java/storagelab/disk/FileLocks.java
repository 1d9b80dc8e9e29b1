package storagelab.disk;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.util.ArrayList;
import java.util.List;

/**
 * The locks on one file. As on a real system all threads of the simulated one are a single process, so that an overlap is
 * always an {@link OverlappingFileLockException}, never a wait.
 *
 * <p>Concurrency: its own monitor.
 */
final class FileLocks {
    private final List<Lock> held = new ArrayList<>();

    synchronized FileLock acquire(FileChannel channel, long position, long size, boolean isShared) {
        Lock lock = new Lock(this, channel, position, size, isShared);
        for (Lock other : held) {
            if (other.overlaps(position, size)) {
                throw new OverlappingFileLockException();
            }
        }
        held.add(lock);
        return lock;
    }

    synchronized void releaseAllOf(FileChannel channel) {
        held.removeIf(lock -> lock.acquiredBy() == channel);
    }

    private synchronized void release(Lock lock) {
        held.remove(lock);
    }

    private synchronized boolean isHeld(Lock lock) {
        return held.contains(lock);
    }

    private static final class Lock extends FileLock {
        private final FileLocks locks;

        Lock(FileLocks locks, FileChannel channel, long position, long size, boolean isShared) {
            super(channel, position, size, isShared);
            this.locks = locks;
        }

        @Override
        public boolean isValid() {
            return locks.isHeld(this);
        }

        @Override
        public void release() throws IOException {
            if (!acquiredBy().isOpen()) {
                throw new ClosedChannelException();
            }
            locks.release(this);
        }
    }
}
