package storagelab.disk;

import storagelab.api.Slice;

/**
 * One entry in the log of a {@link CrashDisk}: something that changed the disk, made a change durable, or was promised to
 * a user. Reads are not in the log.
 *
 * <p>Files and directories are told apart by their inode number, which stays when the name changes; the path beside it is
 * the one by which the file was opened and serves people who read the log.
 */
public sealed interface DiskOperation {

    /**
     * A name in a directory.
     *
     * @param directory the directory's inode
     * @param name the name in it
     * @param path the whole path, for people
     */
    record Entry(int directory, String name, String path) {
        @Override
        public String toString() {
            return path;
        }
    }

    /** A new, empty file appeared under a name. */
    record CreateFile(Entry entry, int inode) implements DiskOperation {
        @Override
        public String toString() {
            return "create " + entry;
        }
    }

    /** A new, empty directory appeared under a name. */
    record CreateDirectory(Entry entry, int inode) implements DiskOperation {
        @Override
        public String toString() {
            return "mkdir " + entry;
        }
    }

    /** The name of a file or of an empty directory disappeared. */
    record Delete(Entry entry, int inode) implements DiskOperation {
        @Override
        public String toString() {
            return "delete " + entry;
        }
    }

    /** A file or directory changed its name, replacing in the same instant whatever had the new name. */
    record Rename(Entry from, Entry to, int inode, boolean isDirectory) implements DiskOperation {
        @Override
        public String toString() {
            return "rename " + from + " to " + to;
        }
    }

    /** Bytes were written to a file. */
    record Write(int inode, String path, long offset, Slice bytes) implements DiskOperation {
        /** The offset after the last byte written. */
        public long end() {
            return offset + bytes.length();
        }

        @Override
        public String toString() {
            return "write " + path + " [" + offset + ", " + end() + ")";
        }
    }

    /** A file was cut to a smaller size. */
    record Truncate(int inode, String path, long sizeBytes) implements DiskOperation {
        @Override
        public String toString() {
            return "truncate " + path + " to " + sizeBytes;
        }
    }

    /** A file's data and size became durable. */
    record Sync(int inode, String path) implements DiskOperation {
        @Override
        public String toString() {
            return "sync " + path;
        }
    }

    /** A sync of a file failed, and its unsynced data will never reach the disk. */
    record FailedSync(int inode, String path) implements DiskOperation {
        @Override
        public String toString() {
            return "sync " + path + " FAILED, its unsynced data is dropped";
        }
    }

    /** The names in a directory became durable. */
    record SyncDirectory(int inode, String path) implements DiskOperation {
        @Override
        public String toString() {
            return "sync directory " + path;
        }
    }

    /** Everything became durable. */
    record SyncAll() implements DiskOperation {
        @Override
        public String toString() {
            return "sync everything";
        }
    }

    /** A stored bit turned over. */
    record FlipBit(int inode, String path, long offset, int bit) implements DiskOperation {
        @Override
        public String toString() {
            return "flip bit " + bit + " of byte " + offset + " of " + path;
        }
    }

    /** The program told somebody that something is done. */
    record Acknowledge(Object marker) implements DiskOperation {
        @Override
        public String toString() {
            return "acknowledge " + marker;
        }
    }
}
