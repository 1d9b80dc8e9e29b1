package storagelab.disk;

import java.nio.file.FileSystemException;
import java.nio.file.attribute.FileTime;
import org.jspecify.annotations.Nullable;
import storagelab.disk.DiskOperation.Entry;
import storagelab.disk.Node.DirectoryNode;

/**
 * Where a path leads in a {@link Volume}: the directory and name of its last step, and the node there, if any. Only the
 * root has no directory.
 */
record Place(
        @Nullable DirectoryNode directory,
        String name,
        String path,
        @Nullable Node node) {
    /** The directory, which the root lacks: nobody can create, rename or delete it. */
    DirectoryNode parent() throws FileSystemException {
        if (directory == null) {
            throw new FileSystemException(path, null, "Device or resource busy");
        }
        return directory;
    }

    Entry entry() throws FileSystemException {
        return new Entry(parent().inode(), name, path);
    }

    void link(Node newNode, FileTime time) throws FileSystemException {
        parent().children().put(name, newNode);
        parent().setModified(time);
    }

    void unlink(FileTime time) throws FileSystemException {
        parent().children().remove(name);
        parent().setModified(time);
    }

    /** Why rename(2) would not let this take the name of {@code target}; null if it would. */
    @Nullable
    String objectionToReplacing(Place target) {
        boolean isDirectory = node instanceof DirectoryNode;
        if (target.node() == null) {
            return null;
        }
        if (!(target.node() instanceof DirectoryNode replaced)) {
            return isDirectory ? "Not a directory" : null;
        }
        if (!isDirectory) {
            return "Is a directory";
        }
        return replaced.children().isEmpty() ? null : "Directory not empty";
    }
}
