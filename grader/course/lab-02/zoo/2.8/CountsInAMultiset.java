// exercise: 2.8
// type: storagelab.cursor.TablePins
// verdict: accepted
// because: users in a multiset and removers in a map are the same counts
// replace: type
package storagelab.cursor;

import com.google.common.collect.HashMultiset;
import com.google.common.collect.Multiset;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import storagelab.sortedlog.ObsoleteTables;
import storagelab.sortedlog.SortedTable;

public final class TablePins implements ObsoleteTables {
    private final Multiset<SortedTable> users = HashMultiset.create();
    private final Map<SortedTable, Runnable> removers = new HashMap<>();

    public TablePins() {}

    public synchronized void pin(List<SortedTable> tables) {
        users.addAll(tables);
    }

    public synchronized void unpin(List<SortedTable> tables) {
        for (SortedTable table : tables) {
            if (!users.contains(table)) {
                throw new IllegalStateException("nobody uses table " + table.info().number());
            }
        }
        Deque<Runnable> due = new ArrayDeque<>();
        for (SortedTable table : tables) {
            users.remove(table);
            Runnable remover = users.contains(table) ? null : removers.remove(table);
            if (remover != null) {
                due.add(remover);
            }
        }
        removeAll(due);
    }

    @Override
    public synchronized void retire(SortedTable table, Runnable remove) {
        if (users.contains(table)) {
            removers.put(table, remove);
        } else {
            remove.run();
        }
    }

    @Override
    public synchronized void close() {
        Deque<Runnable> due = new ArrayDeque<>(removers.values());
        removers.clear();
        removeAll(due);
    }

    public synchronized List<SortedTable> kept() {
        return List.copyOf(removers.keySet());
    }

    private static void removeAll(Deque<Runnable> due) {
        RuntimeException first = null;
        while (!due.isEmpty()) {
            try {
                due.removeFirst().run();
            } catch (RuntimeException e) {
                if (first != null) {
                    first.addSuppressed(e);
                }
                first = first == null ? e : first;
            }
        }
        if (first != null) {
            throw first;
        }
    }
}
