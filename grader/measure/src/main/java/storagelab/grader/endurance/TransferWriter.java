package storagelab.grader.endurance;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import storagelab.api.Durability;
import storagelab.api.Isolation;
import storagelab.api.Slice;
import storagelab.api.Transaction;
import storagelab.api.TransactionConflictException;
import storagelab.btree.BTreeOptions;
import storagelab.hybrid.HybridStore;
import storagelab.kv.CrashSafeStore;
import storagelab.kv.UpdatableStore;
import storagelab.lsm.LsmOptions;
import storagelab.recovery.DurableOptions;
import storagelab.recovery.EngineKind;
import storagelab.testkit.hybrid.HybridStores;
import storagelab.wal.WalOptions;

/**
 * A program whose threads move money between accounts until it is killed. Each transaction also counts up its thread's own
 * key; once it is committed, the thread writes the number into a file of its own, and the program prints how many there were.
 */
final class TransferWriter {
    /** The name of a directory whose store is a hybrid one that moves its keys all the time. */
    static final String HYBRID = "HYBRID";

    static final int THREADS = 3;
    static final int ACCOUNTS = 10;
    static final int MONEY = 100;

    private TransferWriter() {}

    /** {@code args[0]} is a directory with the name of the engine; the store is in {@code store} in it. */
    public static void main(String[] args) {
        Path home = Path.of(args[0]);
        UpdatableStore store = open(home);
        if (store.get(account(0)).isEmpty()) {
            try (Transaction opening = store.begin(Isolation.SNAPSHOT)) {
                for (int i = 0; i < ACCOUNTS; i++) {
                    opening.put(account(i), number(MONEY));
                }
                opening.commit(Durability.SYNCED);
            }
        }
        AtomicLong printed = new AtomicLong();
        for (int thread = 0; thread < THREADS; thread++) {
            int own = thread;
            new Thread(() -> transferForEver(store, home, own, printed), "teller-" + own).start();
        }
    }

    static UpdatableStore open(Path home) {
        String name = String.valueOf(home.getFileName());
        if (name.equals(HYBRID)) {
            return HybridStore.open(home.resolve("store"), HybridStores.restless());
        }
        EngineKind engine = EngineKind.valueOf(name);
        return CrashSafeStore.open(
                home.resolve("store"),
                DurableOptions.defaults(engine)
                        .withCheckpointLogBytes(20_000)
                        .withLog(WalOptions.defaults().withSegmentBytes(30_000))
                        .withBtree(BTreeOptions.defaults().withPageSizeBytes(1024))
                        .withLsm(LsmOptions.defaults().withMemtableBytes(20_000)));
    }

    static Slice account(int number) {
        return Slice.utf8("account " + number);
    }

    /** Under which a thread counts. */
    static Slice counter(int thread) {
        return Slice.utf8("counter " + thread);
    }

    /** The file to which a thread writes what was acknowledged. */
    static Path acknowledgements(Path home, int thread) {
        return home.resolve("acknowledged-" + thread);
    }

    static int value(Optional<Slice> text) {
        return text.map(Slice::toUtf8).map(Integer::parseInt).orElse(0);
    }

    private static Slice number(int value) {
        return Slice.utf8(Integer.toString(value));
    }

    private static void transferForEver(UpdatableStore store, Path home, int thread, AtomicLong printed) {
        try (FileChannel file =
                FileChannel.open(acknowledgements(home, thread), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            Random random = new Random();
            while (true) {
                int count = transfer(store, thread, random);
                if (count > 0) {
                    file.write(ByteBuffer.wrap("%10d".formatted(count).getBytes(UTF_8)), 0);
                    System.out.println(printed.incrementAndGet());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Moves money; returns the number of the transaction, 0 if there was a conflict. */
    private static int transfer(UpdatableStore store, int thread, Random random) {
        try (Transaction transaction = store.begin(Isolation.SERIALIZABLE)) {
            Slice from = account(random.nextInt(ACCOUNTS));
            Slice to = account(random.nextInt(ACCOUNTS));
            transaction.put(from, number(value(transaction.get(from)) - 1));
            transaction.put(to, number(value(transaction.get(to)) + 1));
            int count = value(transaction.get(counter(thread))) + 1;
            transaction.put(counter(thread), number(count));
            transaction.commit(random.nextInt(20) == 0 ? Durability.SYNCED : Durability.BUFFERED);
            return count;
        } catch (TransactionConflictException e) {
            return 0;
        }
    }
}
