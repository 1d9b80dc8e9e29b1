package storagelab.disk;

import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a {@link CrashDisk} knows of a file besides its bytes. Times are not of the clock but of the log: the number of
 * operations the disk had seen, as milliseconds, so that two equal runs have equal times.
 */
record CrashFileAttributes(
        boolean isDirectory, long size, FileTime creationTime, FileTime lastModifiedTime, Object fileKey)
        implements BasicFileAttributes {
    static CrashFileAttributes of(Node node) {
        return new CrashFileAttributes(
                node instanceof Node.DirectoryNode, node.sizeBytes(), node.created(), node.modified(), node.inode());
    }

    @Override
    public boolean isRegularFile() {
        return !isDirectory;
    }

    @Override
    public boolean isSymbolicLink() {
        return false;
    }

    @Override
    public boolean isOther() {
        return false;
    }

    @Override
    public FileTime lastAccessTime() {
        return lastModifiedTime;
    }

    /** All attributes by the names they have in the view "basic". */
    Map<String, Object> byName() {
        Map<String, Object> all = new TreeMap<>();
        all.put("size", size);
        all.put("isDirectory", isDirectory);
        all.put("isRegularFile", isRegularFile());
        all.put("isSymbolicLink", false);
        all.put("isOther", false);
        all.put("creationTime", creationTime);
        all.put("lastAccessTime", lastAccessTime());
        all.put("lastModifiedTime", lastModifiedTime);
        all.put("fileKey", fileKey);
        return all;
    }
}
