package storagelab.cursor;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import storagelab.course.ExercisePart;
import storagelab.sortedlog.ObsoleteTables;
import storagelab.sortedlog.SortedTable;

/**
 * Counts who uses which table, and keeps a table that a merge has replaced until its last user lets go of it.
 *
 * <p>Example, with the tables 4 and 7:
 *
 * <pre>{@code
 * pin([7, 4])         a cursor begins; each has one user
 * pin([7])            another one; 7 has two
 * retire(4, remove4)  a merge has replaced it: kept, because it has a user
 * retire(7, remove7)  kept
 * unpin([7, 4])       the first cursor is closed: runs remove4; 7 still has a user
 * unpin([7])          runs remove7
 * retire(9, remove9)  runs remove9 at once: nobody ever pinned 9
 * }</pre>
 *
 * <p>Invariants:
 *
 * <ol>
 *   <li>What has a user and is not closed with its store is open, and its file is there.
 *   <li>What is retired and has no user is removed, once.
 * </ol>
 *
 * <p>Cost: constant time a table, however many tables have users.
 *
 * <p>Concurrency: safe for many threads. A remover runs in the thread that called, and no other call returns meanwhile, so
 * that nothing is removed any more when {@link #close} has returned.
 */
@ExercisePart("2.8")
public final class TablePins implements ObsoleteTables {
    private final Map<SortedTable, Use> uses = new LinkedHashMap<>(); // guarded by this

    /** No table has a user. */
    public TablePins() {}

    /**
     * Notes one more user of each of {@code tables}. To be called under {@link storagelab.sortedlog.SortedLogStore#look}, as
     * long as the tables are among the sources, so that none of them is retired yet, or will be before this returns; or by
     * somebody who has pinned them already.
     */
    public synchronized void pin(List<SortedTable> tables) {
        for (SortedTable table : tables) {
            uses.computeIfAbsent(table, Use::new).users++;
        }
    }

    /**
     * Notes one user less of each of {@code tables}, and removes those that are retired and have none left. All of them, also
     * if removing one of them fails: then the first failure is thrown in the end, with the others suppressed.
     *
     * @throws IllegalStateException if a table has no user, with its number; no table has a user less then
     */
    public synchronized void unpin(List<SortedTable> tables) {
        for (SortedTable table : tables) {
            if (!uses.containsKey(table)) {
                throw new IllegalStateException("table " + table.info().number() + " has no user");
            }
        }
        Removal removal = new Removal();
        for (SortedTable table : tables) {
            Use use = uses.get(table);
            if (use != null && --use.users == 0) {
                uses.remove(table);
                removal.run(use);
            }
        }
        removal.throwFailure();
    }

    /** {@inheritDoc} Removes it at once if it has no user, and otherwise when the last one is gone. */
    @Override
    public synchronized void retire(SortedTable table, Runnable remove) {
        Use use = uses.get(table);
        if (use == null) {
            remove.run();
        } else {
            use.remove = remove;
        }
    }

    /**
     * {@inheritDoc} Whoever used it may {@link #unpin} it later, which then does nothing. All are removed, also if removing one
     * of them fails, as in {@code unpin}.
     */
    @Override
    public synchronized void close() {
        Removal removal = new Removal();
        uses.values().forEach(removal::run);
        removal.throwFailure();
    }

    /** The tables that are retired and kept because they have a user. */
    public synchronized List<SortedTable> kept() {
        return uses.values().stream()
                .filter(use -> use.remove != null)
                .map(use -> use.table)
                .toList();
    }

    /** How often a table is used, and what is to be done when it is not used any more. */
    private static final class Use {
        private final SortedTable table;
        private int users;
        private @Nullable Runnable remove; // null if not retired, or removed

        Use(SortedTable table) {
            this.table = table;
        }
    }

    /** Removes tables one after the other, whatever goes wrong with one of them. */
    private static final class Removal {
        private @Nullable RuntimeException failure;

        void run(Use use) {
            Runnable remove = use.remove;
            use.remove = null;
            if (remove == null) {
                return;
            }
            try {
                remove.run();
            } catch (RuntimeException e) {
                if (failure == null) {
                    failure = e;
                } else {
                    failure.addSuppressed(e);
                }
            }
        }

        void throwFailure() {
            if (failure != null) {
                throw failure;
            }
        }
    }
}
