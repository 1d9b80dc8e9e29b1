package storagelab.grader.bench.engine;

import java.nio.file.Path;
import java.util.NoSuchElementException;
import java.util.function.Function;
import storagelab.api.Isolation;
import storagelab.api.Slice;
import storagelab.api.Transaction;
import storagelab.api.TransactionConflictException;
import storagelab.kv.CrashSafeStore;
import storagelab.recovery.DurableOptions;
import storagelab.recovery.EngineKind;

/** The store of lab 6 over one of its engines, with its default options but the sizes; transactions read a snapshot. */
public abstract class CrashSafeEngine extends StoreEngine<CrashSafeStore> implements TransactionalEngine {
    private final EngineKind kind;

    private CrashSafeEngine(EngineKind kind) {
        this.kind = kind;
    }

    @Override
    final CrashSafeStore openStore(Path directory, EngineSettings settings) {
        DurableOptions options = DurableOptions.defaults(kind);
        return CrashSafeStore.open(
                directory,
                options.withBtree(options.btree().withPoolBytes(settings.cacheBytes()))
                        .withLsm(LsmEngine.sized(options.lsm(), settings)));
    }

    @Override
    final void checkpoint(CrashSafeStore store) {
        store.checkpoint();
    }

    @Override
    public final void update(byte[] key, Function<? super Slice, byte[]> change) {
        Slice wrapped = Slice.wrap(key);
        while (true) {
            try (Transaction transaction = store().begin(Isolation.SNAPSHOT)) {
                Slice value = transaction
                        .get(wrapped)
                        .orElseThrow(() -> new NoSuchElementException("there is nothing under " + wrapped));
                transaction.put(wrapped, Slice.wrap(change.apply(value)));
                transaction.commit(puts());
                return;
            } catch (TransactionConflictException conflict) {
                Thread.onSpinWait(); // the other transaction has been committed; this one is run again
            }
        }
    }

    /** Over the B+tree of lab 4. */
    public static final class Tree extends CrashSafeEngine {
        /** Not open. */
        public Tree() {
            super(EngineKind.BTREE);
        }
    }

    /** Over the LSM tree of lab 5. */
    public static final class Lsm extends CrashSafeEngine {
        /** Not open. */
        public Lsm() {
            super(EngineKind.LSM);
        }
    }
}
