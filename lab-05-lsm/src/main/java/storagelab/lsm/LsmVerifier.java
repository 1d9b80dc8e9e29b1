package storagelab.lsm;

import java.io.Closeable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import storagelab.api.CorruptionException;
import storagelab.api.Slice;
import storagelab.manifest.FileMetadata;
import storagelab.manifest.SortedRun;
import storagelab.manifest.Version;
import storagelab.sstable.InternalKey;
import storagelab.sstable.InternalKeyOrder;
import storagelab.sstable.SsTable;

/**
 * Reads all tables of a version and proves what has to be true of them: entries are in order and inside the bounds that
 * the manifest says, and of each key what a get finds first is the newest.
 *
 * <p>All runs are walked through at once, in the order of internal keys. Of a key, the versions come from the newest to the
 * oldest then, and each must be in the run of the one before it or in an older run. Example: first comes {@code apple@9} of an
 * old run, then {@code apple@7} of a newer run. A get would find {@code apple@7} and look no further.
 *
 * <p>Cost: every block is read once. Of each run one table is open and one block in memory, however many keys there are.
 * Concurrency: one thread.
 */
final class LsmVerifier {
    /** Is told of what is wrong. What it throws ends the walk. */
    interface Findings {
        /** A part of a table cannot be read; its entries are passed over. */
        void damaged(CorruptionException damage);

        /** A table has something that cannot be true. */
        void untrue(FileMetadata file, String what);
    }

    /** For a store that is open: the first finding is thrown. */
    static final Findings THROWN = new Findings() {
        @Override
        public void damaged(CorruptionException damage) {
            throw damage;
        }

        @Override
        public void untrue(FileMetadata file, String what) {
            throw new AssertionError(file + " " + what);
        }
    };

    private final Function<FileMetadata, SsTable> tables;
    private final Findings findings;

    private LsmVerifier(Function<FileMetadata, SsTable> tables, Findings findings) {
        this.tables = tables;
        this.findings = findings;
    }

    /**
     * Verifies {@code version}. Returns how many entries were read.
     *
     * @param tables open a table, which is closed when it was walked through
     */
    static long verify(Version version, Function<FileMetadata, SsTable> tables, Findings findings) {
        return new LsmVerifier(tables, findings).walkThrough(version.runs());
    }

    private long walkThrough(List<SortedRun> runs) {
        List<RunWalk> walks = new ArrayList<>();
        for (int age = 0; age < runs.size(); age++) {
            walks.add(new RunWalk(age, runs.get(age)));
        }
        try {
            PriorityQueue<RunWalk> atEntries = new PriorityQueue<>();
            for (RunWalk walk : walks) {
                if (walk.next()) {
                    atEntries.add(walk);
                }
            }
            long entries = 0;
            Slice lastUser = null;
            int lastAge = 0;
            for (RunWalk walk = atEntries.poll(); walk != null; walk = atEntries.poll()) {
                Slice user = InternalKey.userKey(walk.key());
                if (user.equals(lastUser) && walk.age < lastAge) {
                    findings.untrue(
                            walk.file(),
                            "has " + InternalKey.toString(walk.key())
                                    + ", and an older run has a version that is not older");
                }
                lastUser = user;
                lastAge = walk.age;
                entries++;
                if (walk.next()) {
                    atEntries.add(walk);
                }
            }
            return entries;
        } finally {
            walks.forEach(RunWalk::close);
        }
    }

    /** A walk through the entries of a run, table after table. */
    private final class RunWalk implements Comparable<RunWalk>, Closeable {
        private final int age; // 0 is the newest run
        private final Iterator<FileMetadata> files;
        private @Nullable FileMetadata file; // the last one that was opened
        private @Nullable TableWalk table; // null before it is opened, and after its end
        private @Nullable Slice last; // the key before, of the same table

        RunWalk(int age, SortedRun run) {
            this.age = age;
            this.files = run.files().iterator();
        }

        /** Moves to the next entry. Returns whether there is one. */
        boolean next() {
            while (table != null || open()) {
                TableWalk walk = table;
                if (walk != null && walk.next() && isInOrder(walk)) {
                    return true;
                }
                endTable();
            }
            return false;
        }

        Slice key() {
            if (last == null) {
                throw new IllegalStateException("the walk is at no entry");
            }
            return last;
        }

        FileMetadata file() {
            if (file == null) {
                throw new IllegalStateException("no table is open");
            }
            return file;
        }

        /** Opens the next table that can be opened. Returns whether there is one. */
        private boolean open() {
            while (files.hasNext()) {
                file = files.next();
                last = null;
                try {
                    table = new TableWalk(tables.apply(file), findings::damaged);
                    return true;
                } catch (CorruptionException e) {
                    findings.damaged(e);
                }
            }
            return false;
        }

        /** Whether the entry may follow the one before; takes it over as the last one. */
        private boolean isInOrder(TableWalk walk) {
            Slice key = walk.key();
            Slice before = last;
            last = key;
            if (before == null && walk.isWhole() && !key.equals(file().smallest())) {
                findings.untrue(file(), "begins with " + InternalKey.toString(key));
            }
            if (before != null && InternalKeyOrder.ORDER.compare(before, key) >= 0) {
                findings.untrue(file(), "has " + InternalKey.toString(key) + " after " + InternalKey.toString(before));
                close();
                return false;
            }
            return true;
        }

        private void endTable() {
            if (table != null && table.isWhole() && (last == null || !last.equals(file().largest()))) {
                findings.untrue(file(), last == null ? "has no entries" : "ends with " + InternalKey.toString(last));
            }
            close();
        }

        @Override
        public void close() {
            if (table != null) {
                table.close();
                table = null;
            }
        }

        /** In the order of keys; of two equal ones the older run comes first, so that the newer one is found out. */
        @Override
        public int compareTo(RunWalk other) {
            int order = InternalKeyOrder.ORDER.compare(key(), other.key());
            return order != 0 ? order : Integer.compare(other.age, age);
        }
    }
}
