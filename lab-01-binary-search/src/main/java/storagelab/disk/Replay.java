package storagelab.disk;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * A log played again, up to some position: knows at every one what is durable and what a crash there could leave.
 *
 * <p>Invariant: after a sync of names there is no file to which neither a durable nor an unsynced name leads, so that
 * memory does not grow with the files that came and went.
 *
 * <p>Cost: a step is O(change); an image is O(names + files + unsynced bytes) and shares every page that it did not change.
 *
 * <p>Concurrency: none.
 */
final class Replay {
    private final NameHistory names;
    private final Map<Integer, FileHistory> files = new TreeMap<>();
    private int position;

    Replay(DiskImage base) {
        this.names = new NameHistory(base.directories());
        base.files().forEach((inode, content) -> files.put(inode, new FileHistory(inode, content.fork())));
    }

    /** How many operations have been played. */
    int position() {
        return position;
    }

    /** Plays the next operation of the log. */
    void advance(DiskOperation operation) {
        if (operation instanceof DiskOperation.Write write) {
            file(write.inode()).write(position, write.offset(), write.bytes());
        } else if (operation instanceof DiskOperation.Truncate truncate) {
            file(truncate.inode()).truncate(position, truncate.sizeBytes());
        } else if (operation instanceof DiskOperation.Sync sync) {
            file(sync.inode()).sync();
        } else if (operation instanceof DiskOperation.FailedSync sync) {
            file(sync.inode()).failSync();
        } else if (operation instanceof DiskOperation.FlipBit flip) {
            file(flip.inode()).flip(flip.offset(), flip.bit());
        } else if (operation instanceof DiskOperation.SyncDirectory sync) {
            names.syncDirectory(sync.inode());
            files.keySet().retainAll(names.namedInodes());
        } else if (operation instanceof DiskOperation.SyncAll) {
            names.syncAll();
            files.values().forEach(FileHistory::sync);
            files.keySet().retainAll(names.namedInodes());
        } else if (!(operation instanceof DiskOperation.Acknowledge)) {
            names.change(position, operation);
            if (operation instanceof DiskOperation.CreateFile create) {
                files.put(create.inode(), new FileHistory(create.inode(), new Content()));
            }
        }
        position++;
    }

    private FileHistory file(int inode) {
        return files.computeIfAbsent(inode, number -> new FileHistory(number, new Content()));
    }

    /** Whether everything is durable, so that every crash leaves the same. */
    boolean isSettled() {
        return names.isSettled() && files.values().stream().allMatch(FileHistory::isSettled);
    }

    /** What a crash now leaves. */
    DiskImage image(SurvivalMode mode, long seed) {
        Survival survival = new Survival(mode, seed, mode == SurvivalMode.TORN_PREFIX ? chooseCut(seed) : position);
        Map<Integer, NavigableMap<String, Integer>> directories = names.survivors(survival);
        Map<Integer, Content> contents = new TreeMap<>();
        directories
                .values()
                .forEach(children -> children.values().forEach(inode -> {
                    FileHistory file = files.get(inode);
                    if (file != null) {
                        contents.put(inode, file.survivor(survival));
                    }
                }));
        return new DiskImage(directories, contents);
    }

    private int chooseCut(long seed) {
        List<Integer> positions = new ArrayList<>(names.pendingPositions());
        files.values().forEach(file -> positions.addAll(file.pendingPositions()));
        if (positions.isEmpty()) {
            return position;
        }
        Collections.sort(positions);
        int chosen = new Survival(SurvivalMode.TORN_PREFIX, seed, 0).pick(-1, -1, positions.size());
        return positions.get(chosen);
    }
}
