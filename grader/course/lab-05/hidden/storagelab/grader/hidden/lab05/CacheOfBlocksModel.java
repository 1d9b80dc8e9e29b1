package storagelab.grader.hidden.lab05;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** One shard of a cache of blocks as the statement of 5.14 defines it, of names and not of blocks. */
final class CacheOfBlocksModel {
    /** A block by its table and index, and what it takes. */
    record Name(int table, int index, long bytes) {}

    private final long budgetBytes;
    private final Deque<Name> fresh = new ArrayDeque<>();
    private final Deque<Name> kept = new ArrayDeque<>();
    private final Set<Name> marked = new HashSet<>();
    private final Map<Name, Long> went = new HashMap<>();
    private long wentBytes;

    CacheOfBlocksModel(long budgetBytes) {
        this.budgetBytes = budgetBytes;
    }

    /** Whether it is there; it gets a mark then. */
    boolean get(Name name) {
        boolean there = has(name);
        if (there) {
            marked.add(name);
        }
        return there;
    }

    boolean has(Name name) {
        return fresh.contains(name) || kept.contains(name);
    }

    void put(Name name) {
        if (name.bytes > budgetBytes || has(name)) {
            return;
        }
        Long since = went.get(name);
        boolean wantedAgain = since != null && wentBytes - since < budgetBytes;
        while (usedBytes() + name.bytes > budgetBytes) {
            makeRoom();
        }
        (wantedAgain ? kept : fresh).add(name);
    }

    void close(int table) {
        fresh.removeIf(name -> name.table == table);
        kept.removeIf(name -> name.table == table);
        marked.removeIf(name -> name.table == table);
    }

    long usedBytes() {
        return bytes(fresh) + bytes(kept);
    }

    private static long bytes(Deque<Name> queue) {
        return queue.stream().mapToLong(Name::bytes).sum();
    }

    private void makeRoom() {
        boolean ofFresh = 10 * bytes(fresh) > budgetBytes || kept.isEmpty();
        Name first = ofFresh ? fresh.removeFirst() : kept.removeFirst();
        if (marked.remove(first)) {
            kept.add(first);
            return;
        }
        wentBytes += first.bytes;
        went.remove(first);
        if (ofFresh) {
            went.put(first, wentBytes);
        }
    }
}
