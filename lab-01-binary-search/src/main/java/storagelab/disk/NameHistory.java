package storagelab.disk;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import storagelab.disk.DiskOperation.CreateDirectory;
import storagelab.disk.DiskOperation.CreateFile;
import storagelab.disk.DiskOperation.Delete;
import storagelab.disk.DiskOperation.Entry;
import storagelab.disk.DiskOperation.Rename;

/**
 * The names on a disk between two syncs: those that are there for sure, and the changes since, of which a crash leaves
 * some.
 *
 * <p>The rules:
 * <ol>
 *   <li>Each change survives or not as a whole; a rename never leaves both names or none of the two.
 *   <li>A change survives only if every earlier one of the same entry does. Moves of directories to another parent count
 *       as changes of one and the same entry, so that the directories stay a tree.
 *   <li>Otherwise changes survive independently of each other.
 *   <li>Syncing a directory makes durable every change of its entries, and with them the earlier changes that they need
 *       by rule 2.
 * </ol>
 *
 * <p>Concurrency: none.
 */
final class NameHistory {
    /** The entry that stands for the shape of the tree (rule 2). */
    private static final Entry TREE = new Entry(0, "", "");

    private record Change(int position, DiskOperation operation) {}

    private final Map<Integer, NavigableMap<String, Integer>> durable = new TreeMap<>();
    private final List<Change> pending = new ArrayList<>();

    NameHistory(Map<Integer, NavigableMap<String, Integer>> durable) {
        this.durable.putAll(copyOf(durable));
    }

    private static Map<Integer, NavigableMap<String, Integer>> copyOf(
            Map<Integer, NavigableMap<String, Integer>> directories) {
        Map<Integer, NavigableMap<String, Integer>> copy = new TreeMap<>();
        directories.forEach((inode, names) -> copy.put(inode, new TreeMap<>(names)));
        return copy;
    }

    /** The entries that a change is a change of. */
    private static List<Entry> entriesOf(DiskOperation operation) {
        if (operation instanceof CreateFile create) {
            return List.of(create.entry());
        } else if (operation instanceof CreateDirectory create) {
            return List.of(create.entry());
        } else if (operation instanceof Delete delete) {
            return List.of(delete.entry());
        } else if (operation instanceof Rename rename) {
            boolean changesTree = rename.isDirectory()
                    && rename.from().directory() != rename.to().directory();
            return changesTree ? List.of(rename.from(), rename.to(), TREE) : List.of(rename.from(), rename.to());
        }
        throw new AssertionError("not a change of a name: " + operation);
    }

    private static void apply(DiskOperation operation, Map<Integer, NavigableMap<String, Integer>> directories) {
        if (operation instanceof CreateFile create) {
            put(create.entry(), create.inode(), directories);
        } else if (operation instanceof CreateDirectory create) {
            put(create.entry(), create.inode(), directories);
        } else if (operation instanceof Delete delete) {
            namesIn(delete.entry(), directories).remove(delete.entry().name());
        } else if (operation instanceof Rename rename) {
            namesIn(rename.from(), directories).remove(rename.from().name());
            put(rename.to(), rename.inode(), directories);
        }
    }

    private static void put(Entry entry, int inode, Map<Integer, NavigableMap<String, Integer>> directories) {
        namesIn(entry, directories).put(entry.name(), inode);
    }

    private static NavigableMap<String, Integer> namesIn(
            Entry entry, Map<Integer, NavigableMap<String, Integer>> directories) {
        return directories.computeIfAbsent(entry.directory(), inode -> new TreeMap<>());
    }

    // ---------------------------------------------------------------- what happens

    void change(int position, DiskOperation operation) {
        pending.add(new Change(position, operation));
    }

    /** Settles one directory (rule 4): backwards, to find what a settled change needs before that is passed. */
    void syncDirectory(int inode) {
        Set<Key> needed = new HashSet<>();
        List<Change> settled = new ArrayList<>();
        for (int i = pending.size() - 1; i >= 0; i--) {
            List<Entry> entries = entriesOf(pending.get(i).operation());
            boolean isNeeded =
                    entries.stream().anyMatch(entry -> entry.directory() == inode || needed.contains(Key.of(entry)));
            if (isNeeded) {
                entries.forEach(entry -> needed.add(Key.of(entry)));
                settled.add(0, pending.remove(i));
            }
        }
        settled.forEach(change -> apply(change.operation(), durable));
    }

    void syncAll() {
        pending.forEach(change -> apply(change.operation(), durable));
        pending.clear();
    }

    /** The inodes to which a durable name leads, or an unsynced change that may survive. */
    Set<Integer> namedInodes() {
        Set<Integer> inodes = new HashSet<>();
        durable.values().forEach(names -> inodes.addAll(names.values()));
        for (Change change : pending) {
            if (change.operation() instanceof CreateFile create) {
                inodes.add(create.inode());
            } else if (change.operation() instanceof Rename rename) {
                inodes.add(rename.inode());
            }
        }
        return inodes;
    }

    // ---------------------------------------------------------------- what a crash leaves

    boolean isSettled() {
        return pending.isEmpty();
    }

    /** The places in the log of the unsynced changes, ascending. */
    List<Integer> pendingPositions() {
        return pending.stream().map(Change::position).toList();
    }

    /** The names after a crash, of all directories, whether or not the root still leads to them. */
    Map<Integer, NavigableMap<String, Integer>> survivors(Survival survival) {
        Map<Integer, NavigableMap<String, Integer>> image = copyOf(durable);
        Set<Key> lost = new HashSet<>();
        for (Change change : pending) {
            List<Entry> entries = entriesOf(change.operation());
            boolean isPossible = entries.stream().noneMatch(entry -> lost.contains(Key.of(entry)));
            if (isPossible && survives(change, survival)) {
                apply(change.operation(), image);
            } else {
                entries.forEach(entry -> lost.add(Key.of(entry)));
            }
        }
        return image;
    }

    private static boolean survives(Change change, Survival survival) {
        return switch (survival.mode()) {
            case NOTHING -> false;
            case EVERYTHING, SIZES_WITHOUT_DATA -> true;
            case TORN_PREFIX -> change.position() < survival.cut();
            case RANDOM -> survival.pick(0, change.position(), 2) == 1;
        };
    }

    /** An entry without the path by which it happened to be reached. */
    private record Key(int directory, String name) {
        static Key of(Entry entry) {
            return new Key(entry.directory(), entry.name());
        }
    }
}
