package storagelab.testkit;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import storagelab.api.Cursor;
import storagelab.api.Durability;
import storagelab.api.KeyRange;
import storagelab.api.Slice;
import storagelab.api.WriteBatch;

/** Ordered stores in memory that are wrong in the way real ones are, for testing the tests. */
final class BrokenOrderedStore {
    private BrokenOrderedStore() {}

    /** Its cursors have the upper end of their range, too. */
    static final class UpperEndIncluded extends MemoryOrderedStore {
        @Override
        public Cursor cursor(KeyRange range) {
            Slice to = range.to();
            return super.cursor(to == null ? range : KeyRange.of(range.from(), Slice.utf8(to.toUtf8() + "\0")));
        }
    }

    /** Its cursors take their state when they are first used, not when they are made. */
    static final class StateTakenLate extends MemoryOrderedStore {
        @Override
        public Cursor cursor(KeyRange range) {
            Cursor[] delegate = {null};
            return delegating(() -> {
                if (delegate[0] == null) {
                    delegate[0] = super.cursor(range);
                }
                return delegate[0];
            });
        }
    }

    /** It applies batches one operation after the other, and waits a moment for a cursor in the middle. */
    static final class BatchesInPieces extends MemoryOrderedStore {
        private final AtomicInteger cursors = new AtomicInteger();

        @Override
        public Cursor cursor(KeyRange range) {
            Cursor cursor = super.cursor(range);
            cursors.incrementAndGet();
            return cursor;
        }

        @Override
        public void write(WriteBatch batch, Durability durability) {
            int written = 0;
            for (WriteBatch.Operation operation : batch.operations()) {
                if (written++ == batch.operations().size() / 2) {
                    int before = cursors.get();
                    Eventually.letHold(() -> cursors.get() > before);
                }
                WriteBatch piece = new WriteBatch();
                if (operation instanceof WriteBatch.Put put) {
                    piece.put(put.key(), put.value());
                } else {
                    piece.delete(operation.key());
                }
                super.write(piece, durability);
            }
        }
    }

    /** Its cursors go on when the store is closed. */
    static final class CursorsOutliveIt extends MemoryOrderedStore {
        @Override
        public void close() {}
    }

    private static Cursor delegating(Supplier<Cursor> delegate) {
        return (Cursor) Proxy.newProxyInstance(
                Cursor.class.getClassLoader(), new Class<?>[] {Cursor.class}, (proxy, method, arguments) -> {
                    try {
                        return method.invoke(delegate.get(), arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
