package storagelab.disk;

import java.nio.file.attribute.FileTime;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * A file or directory of a running disk, the thing that an inode number names.
 *
 * <p>Concurrency: guarded by the {@link Volume} it belongs to.
 */
abstract sealed class Node {
    private final int inode;
    private final FileTime created;
    private final FileLocks locks = new FileLocks();
    private FileTime modified;

    private Node(int inode, FileTime created) {
        this.inode = inode;
        this.created = created;
        this.modified = created;
    }

    final int inode() {
        return inode;
    }

    final FileLocks locks() {
        return locks;
    }

    final FileTime created() {
        return created;
    }

    final FileTime modified() {
        return modified;
    }

    final void setModified(FileTime time) {
        modified = time;
    }

    /** Bytes in a file; a directory has none. */
    abstract long sizeBytes();

    /** A node with bytes in it. */
    static final class FileNode extends Node {
        private final Content content;
        private int openChannels;
        private boolean isLinked = true;

        FileNode(int inode, FileTime created, Content content) {
            super(inode, created);
            this.content = content;
        }

        Content content() {
            return content;
        }

        @Override
        long sizeBytes() {
            return content.size();
        }

        void opened() {
            openChannels++;
        }

        void closed() {
            openChannels--;
        }

        void unlinked() {
            isLinked = false;
        }

        /** Whether nothing can reach the file any more, so that its space is free again. */
        boolean isGone() {
            return !isLinked && openChannels == 0;
        }
    }

    /** A node with names in it, in ascending order. */
    static final class DirectoryNode extends Node {
        private final NavigableMap<String, Node> children = new TreeMap<>();

        DirectoryNode(int inode, FileTime created) {
            super(inode, created);
        }

        NavigableMap<String, Node> children() {
            return children;
        }

        @Override
        long sizeBytes() {
            return 0;
        }
    }
}
