package storagelab.disk;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A few numbered channels, each with at most one lock, for a random test. */
final class OpenChannels implements Closeable {
    static final int SLOTS = 3;

    private final @Nullable FileChannel[] channels = new FileChannel[SLOTS];
    private final @Nullable Object[] fileKeys = new Object[SLOTS];
    private final int[] identities = new int[SLOTS];
    private int lastIdentity;
    private final @Nullable FileLock[] locks = new FileLock[SLOTS];

    /** Opens, unless it is a directory, whose size differs from one file system to the next. */
    String open(int slot, Path path, Set<OpenOption> options) throws IOException {
        FileChannel opened = FileChannel.open(path, options);
        if (Files.isDirectory(path)) {
            opened.close();
            return "directory";
        }
        FileChannel replaced = channels[slot];
        if (replaced != null) {
            replaced.close();
        }
        identities[slot] = identityOf(slot, path, options);
        channels[slot] = opened;
        return "opened";
    }

    FileChannel get(int slot) throws IOException {
        FileChannel channel = channels[slot];
        if (channel == null) {
            throw new ClosedChannelException();
        }
        return channel;
    }

    /** A number that open channels share if they have the same file; a file system may reuse its own. */
    private int identityOf(int slot, Path path, Set<OpenOption> options) throws IOException {
        fileKeys[slot] = null;
        if (!options.contains(StandardOpenOption.DELETE_ON_CLOSE)) {
            fileKeys[slot] =
                    Files.readAttributes(path, BasicFileAttributes.class).fileKey();
            for (int other = 0; other < SLOTS; other++) {
                FileChannel channel = channels[other];
                if (other != slot
                        && channel != null
                        && channel.isOpen()
                        && Objects.equals(fileKeys[slot], fileKeys[other])) {
                    return identities[other];
                }
            }
        }
        return ++lastIdentity;
    }

    /** Whether two slots have the same file, between whose parts a transfer is not defined. */
    boolean isSameFile(int slot, int otherSlot) {
        return identities[slot] == identities[otherSlot];
    }

    boolean lock(int slot, long position, boolean isShared) throws IOException {
        FileLock lock = get(slot).tryLock(position, 10, isShared);
        locks[slot] = lock;
        return lock != null && lock.isValid();
    }

    String release(int slot) throws IOException {
        FileLock lock = locks[slot];
        if (lock == null) {
            return "no lock";
        }
        boolean wasValid = lock.isValid();
        lock.release();
        return wasValid + " " + lock.isValid();
    }

    @Override
    public void close() throws IOException {
        for (FileChannel channel : channels) {
            if (channel != null) {
                channel.close();
            }
        }
    }
}
