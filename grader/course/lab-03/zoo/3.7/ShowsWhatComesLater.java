// exercise: 3.7
// type: storagelab.memtable.MemtableCursor
// verdict: caught
// because: next() shows the newest version of the next key, though it is newer than the sequence of the cursor
final class MemtableCursor {
    public void next() {
        long current = current();
        long next = nodes.next(current, 0);
        while (next != NodeArena.NONE && nodes.sameKey(next, current)) {
            next = nodes.next(next, 0);
        }
        node = next;
    }
}
