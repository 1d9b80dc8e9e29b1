// exercise: 5.15
// type: storagelab.sstable.InternalMergingCursor
// verdict: accepted
// because: a heap holds the cursors that are at an entry, and turns by one step of each
import java.util.PriorityQueue;

public final class InternalMergingCursor implements InternalCursor {
    private final PriorityQueue<InternalCursor> heap =
            new PriorityQueue<>((one, other) -> sign() * InternalKeyOrder.ORDER.compare(one.key(), other.key()));

    private int sign() {
        return forward ? 1 : -1;
    }

    @Override
    public boolean isValid() {
        return !heap.isEmpty();
    }

    private InternalCursor top() {
        InternalCursor top = heap.peek();
        if (top == null) {
            throw new IllegalStateException("the cursor is at no entry");
        }
        return top;
    }

    private void fill(boolean goingForward) {
        heap.clear();
        forward = goingForward;
        for (InternalCursor cursor : cursors) {
            if (cursor.isValid()) {
                heap.add(cursor);
            }
        }
    }

    @Override
    public void seekToFirst() {
        for (InternalCursor cursor : cursors) {
            cursor.seekToFirst();
        }
        fill(true);
    }

    @Override
    public void seekToLast() {
        for (InternalCursor cursor : cursors) {
            cursor.seekToLast();
        }
        fill(false);
    }

    @Override
    public void seek(Slice internalKey) {
        for (InternalCursor cursor : cursors) {
            cursor.seek(internalKey);
        }
        fill(true);
    }

    @Override
    public void next() {
        InternalCursor top = top();
        if (forward) {
            heap.poll();
            top.next();
            if (top.isValid()) {
                heap.add(top);
            }
            return;
        }
        for (InternalCursor cursor : cursors) {
            if (cursor.isValid()) {
                cursor.next();
            } else {
                cursor.seekToFirst();
            }
        }
        fill(true);
    }

    @Override
    public void prev() {
        InternalCursor top = top();
        if (!forward) {
            heap.poll();
            top.prev();
            if (top.isValid()) {
                heap.add(top);
            }
            return;
        }
        for (InternalCursor cursor : cursors) {
            if (cursor.isValid()) {
                cursor.prev();
            } else {
                cursor.seekToLast();
            }
        }
        fill(false);
    }

    @Override
    public Slice key() {
        return top().key();
    }

    @Override
    public Slice value() {
        return top().value();
    }

    @Override
    public void close() {
        heap.clear();
        for (InternalCursor cursor : cursors) {
            cursor.close();
        }
    }
}
