package storagelab.disk;

import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.DELETE_ON_CLOSE;
import static java.nio.file.StandardOpenOption.DSYNC;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.SYNC;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import java.util.Set;

/** How a file is opened: the options of {@code FileChannel.open}, checked, with what they imply by default. */
record OpenMode(Set<? extends OpenOption> options) {
    /** Checks the options as the JDK does for its own file system. */
    OpenMode {
        options = Set.copyOf(options);
        for (OpenOption option : options) {
            Objects.requireNonNull(option);
            if (!(option instanceof StandardOpenOption) && option != LinkOption.NOFOLLOW_LINKS) {
                throw new UnsupportedOperationException(
                        "a simulated disk cannot open files with " + option + ": open without it");
            }
        }
        if (options.contains(READ) && options.contains(APPEND)) {
            throw new IllegalArgumentException("READ + APPEND not allowed");
        }
        if (options.contains(APPEND) && options.contains(TRUNCATE_EXISTING)) {
            throw new IllegalArgumentException("APPEND + TRUNCATE_EXISTING not allowed");
        }
    }

    boolean isReading() {
        return options.contains(READ) || !isWriting();
    }

    boolean isWriting() {
        return options.contains(WRITE) || isAppending();
    }

    boolean isAppending() {
        return options.contains(APPEND);
    }

    boolean isTruncating() {
        return isWriting() && options.contains(TRUNCATE_EXISTING);
    }

    boolean isCreating() {
        return isWriting() && (options.contains(CREATE) || isExclusive());
    }

    /** Whether the file must not be there yet. */
    boolean isExclusive() {
        return isWriting() && options.contains(CREATE_NEW);
    }

    /** Whether the name is removed at once, so that the file is gone when the channel closes. */
    boolean isTemporary() {
        return options.contains(DELETE_ON_CLOSE);
    }

    /** Whether every write is synced before it returns. */
    boolean isSyncing() {
        return options.contains(SYNC) || options.contains(DSYNC);
    }
}
