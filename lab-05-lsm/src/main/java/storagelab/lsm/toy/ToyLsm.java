package storagelab.lsm.toy;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import storagelab.course.Toy;

/**
 * A tree of sorted tables in memory that is merged the obvious way: of each key the newest entry stays, and a deletion
 * goes as soon as it was merged with the level below its own, since it has met there what it deletes.
 *
 * <p>Except that it need not have. What it deletes may be two levels further down, and then nothing hides it any more: it
 * is back. And a snapshot reads an entry that is not the newest, and finds that it is gone.
 *
 * <p>A full memtable becomes a table of level 0. Four of these are merged into level 1, and a level that is too large is
 * merged into the next one, which may have ten times as much.
 */
@Toy("in memory; drops tombstones that are still needed, and versions that snapshots read")
public final class ToyLsm {
    private static final int LEVEL_ZERO_TABLES = 4;
    private static final int GROWTH = 10;

    private final int memtableEntries;
    private final List<NavigableMap<Version, Optional<String>>> levelZero = new ArrayList<>(); // the newest first
    private final List<NavigableMap<Version, Optional<String>>> levels = new ArrayList<>(); // from level 1 on
    private NavigableMap<Version, Optional<String>> memtable = new TreeMap<>();
    private long lastSequence;
    private int merges;

    /** A key and the number of the write that set it: of a key, the newest first. */
    private record Version(String key, long sequence) implements Comparable<Version> {
        private static final Comparator<Version> ORDER =
                Comparator.comparing(Version::key).thenComparing(Version::sequence, Comparator.reverseOrder());

        @Override
        public int compareTo(Version other) {
            return ORDER.compare(this, other);
        }
    }

    /** A tree with tables of so many entries on level 0. */
    public ToyLsm(int memtableEntries) {
        this.memtableEntries = memtableEntries;
    }

    /** Sets a key. */
    public void put(String key, String value) {
        write(key, Optional.of(value));
    }

    /** Deletes a key. */
    public void delete(String key) {
        write(key, Optional.empty());
    }

    /** The value of a key now. */
    public Optional<String> get(String key) {
        return get(key, lastSequence);
    }

    /** The value of a key at a {@link #snapshot}. */
    public Optional<String> get(String key, long snapshot) {
        List<NavigableMap<Version, Optional<String>>> newestFirst = new ArrayList<>();
        newestFirst.add(memtable);
        newestFirst.addAll(levelZero);
        newestFirst.addAll(levels);
        Version wanted = new Version(key, snapshot);
        for (NavigableMap<Version, Optional<String>> table : newestFirst) {
            Map.Entry<Version, Optional<String>> found = table.ceilingEntry(wanted);
            if (found != null && found.getKey().key().equals(key)) {
                return found.getValue();
            }
        }
        return Optional.empty();
    }

    /** What has been written so far, to be read later. */
    public long snapshot() {
        return lastSequence;
    }

    /** How often entries were merged into a level. */
    public int merges() {
        return merges;
    }

    private void write(String key, Optional<String> value) {
        memtable.put(new Version(key, ++lastSequence), value);
        if (memtable.size() >= memtableEntries) {
            levelZero.add(0, memtable);
            memtable = new TreeMap<>();
            compact();
        }
    }

    private void compact() {
        if (levelZero.size() >= LEVEL_ZERO_TABLES) {
            NavigableMap<Version, Optional<String>> all = new TreeMap<>();
            levelZero.forEach(all::putAll);
            levelZero.clear();
            mergeInto(0, all);
        }
        long most = (long) memtableEntries * GROWTH;
        for (int i = 0; i < levels.size(); i++, most *= GROWTH) {
            if (levels.get(i).size() > most) {
                NavigableMap<Version, Optional<String>> all = levels.get(i);
                levels.set(i, new TreeMap<>());
                mergeInto(i + 1, all);
            }
        }
    }

    /** Merges entries with those of a level: the newest of each key stays, and no deletion does. */
    private void mergeInto(int index, NavigableMap<Version, Optional<String>> entries) {
        if (index == levels.size()) {
            levels.add(new TreeMap<>());
        }
        NavigableMap<Version, Optional<String>> both = new TreeMap<>(entries);
        both.putAll(levels.get(index));
        NavigableMap<Version, Optional<String>> merged = new TreeMap<>();
        String last = "";
        for (Map.Entry<Version, Optional<String>> entry : both.entrySet()) {
            String key = entry.getKey().key();
            if (!key.equals(last) && entry.getValue().isPresent()) {
                merged.put(entry.getKey(), entry.getValue());
            }
            last = key;
        }
        levels.set(index, merged);
        merges++;
    }
}
