package storagelab.disk;

import java.util.Collections;
import java.util.Map;
import java.util.NavigableMap;

/**
 * What is on a disk while no program runs: for each directory's inode its names, for each file's inode its bytes. Names
 * lead to inodes; the root directory has inode {@link #ROOT}.
 *
 * <p>The contents belong to the image: whoever wants to write forks them.
 */
record DiskImage(Map<Integer, NavigableMap<String, Integer>> directories, Map<Integer, Content> files) {
    static final int ROOT = 1;

    /** The names in a directory and the inodes they lead to. */
    NavigableMap<String, Integer> namesIn(int directory) {
        return directories.getOrDefault(directory, Collections.emptyNavigableMap());
    }

    /** The number of the first inode that the image does not use. */
    int firstFreeInode() {
        int highest = ROOT;
        for (NavigableMap<String, Integer> names : directories.values()) {
            for (int inode : names.values()) { // of a directory without names, the only trace
                highest = Math.max(highest, inode);
            }
        }
        for (int inode : files.keySet()) {
            highest = Math.max(highest, inode);
        }
        return highest + 1;
    }
}
