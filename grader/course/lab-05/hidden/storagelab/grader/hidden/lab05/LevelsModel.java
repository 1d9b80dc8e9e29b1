package storagelab.grader.hidden.lab05;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import storagelab.testkit.lsm.StoreByHand;

/**
 * A random store as lists: runs from the newest to the oldest, each cut into tables, also between the versions of a key. Gets are
 * made by looking at everything.
 */
final class LevelsModel {
    private static final int KEYS = 30;

    /** A version of a key; no value means a deletion. */
    private record Version(String key, long sequence, String value) {
        @Override
        public String toString() {
            return key + "@" + sequence + (value.isEmpty() ? "†" : "=" + value);
        }
    }

    private record Table(String name, int level, long run, List<Version> versions) {
        boolean mayHave(String key) {
            return versions.get(0).key.compareTo(key) <= 0
                    && versions.get(versions.size() - 1).key.compareTo(key) >= 0;
        }
    }

    /**
     * What a get has to do.
     *
     * @param value that is found, or "nothing"
     * @param asked the tables, in this order
     * @param read how many of them have a version of the key, and are read
     */
    record Found(String value, List<String> asked, int read) {}

    private final List<List<Table>> runs = new ArrayList<>(); // the newest first
    private final long visible;

    LevelsModel(Random random) {
        int count = 3 + random.nextInt(8);
        long sequence = 1000;
        for (int i = 0; i < count; i++) {
            int level = i < count / 2 ? 0 : 1 + (i - count / 2) / 2;
            List<Version> versions = new ArrayList<>();
            long newest = sequence;
            for (int k = 0; k < KEYS; k++) {
                for (int left = random.nextInt(3) == 0 ? 1 + random.nextInt(4) : 0; left > 0; left--) {
                    sequence--;
                    String value = random.nextInt(4) == 0 ? "" : "v" + sequence;
                    versions.add(new Version("k%02d".formatted(2 * k), sequence, value));
                }
            }
            if (newest > sequence) {
                runs.add(cut(level, 100L - i, versions, random));
            }
        }
        visible = sequence + random.nextInt((int) (1001 - sequence));
    }

    private List<Table> cut(int level, long run, List<Version> versions, Random random) {
        List<Table> tables = new ArrayList<>();
        for (int from = 0; from < versions.size(); ) {
            int length = level == 0 ? versions.size() : 1 + random.nextInt(5);
            int to = Math.min(versions.size(), from + length);
            String name = level + "." + (100 - run) + "." + tables.size();
            tables.add(new Table(name, level, run, versions.subList(from, to)));
            from = to;
        }
        return tables;
    }

    /** The oldest come first, since of level 0 the one that came last is the newest. */
    void build(StoreByHand store) {
        List<List<Table>> oldestFirst = new ArrayList<>(runs);
        Collections.reverse(oldestFirst);
        for (List<Table> run : oldestFirst) {
            for (Table table : run) {
                List<String> entries =
                        table.versions.stream().map(Version::toString).toList();
                store.table(table.name, table.level, table.run, entries);
            }
        }
        store.visibleUntil(visible);
    }

    /** All keys, and some beside each. */
    TreeSet<String> keys() {
        TreeSet<String> keys = new TreeSet<>();
        for (int k = 0; k <= 2 * KEYS; k++) {
            keys.add("k%02d".formatted(k));
        }
        return keys;
    }

    Found find(String key) {
        List<String> asked = new ArrayList<>();
        int read = 0;
        for (List<Table> run : runs) {
            for (Table table : run) {
                if (table.mayHave(key)) {
                    asked.add(table.name);
                    read += table.versions.stream().anyMatch(one -> one.key.equals(key)) ? 1 : 0;
                    for (Version version : table.versions) {
                        if (version.key.equals(key) && version.sequence <= visible) {
                            return new Found(version.value.isEmpty() ? "nothing" : version.value, asked, read);
                        }
                    }
                }
            }
        }
        return new Found("nothing", asked, read);
    }

    /** Where the versions of a key are, in words. */
    String whereIs(String key) {
        StringBuilder words = new StringBuilder(" (at " + visible + ";");
        for (List<Table> run : runs) {
            for (Table table : run) {
                if (table.mayHave(key)) {
                    words.append(" table ")
                            .append(table.name)
                            .append(" has ")
                            .append(table.versions.stream()
                                    .filter(one -> one.key.equals(key))
                                    .toList());
                }
            }
        }
        return words.append(')').toString();
    }
}
