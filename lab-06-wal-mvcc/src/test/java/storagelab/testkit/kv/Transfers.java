package storagelab.testkit.kv;

import java.util.Random;
import storagelab.api.Cursor;
import storagelab.api.Isolation;
import storagelab.api.KeyRange;
import storagelab.api.Slice;
import storagelab.api.Transaction;
import storagelab.api.TransactionConflictException;
import storagelab.api.TransactionalStore;
import storagelab.testkit.Crew;

/** Transfers between accounts by several threads. If each transaction is atomic and isolated, money is neither lost nor made. */
public final class Transfers {
    /** What each account has at the beginning. */
    public static final int BALANCE = 100;

    private static final int TELLERS = 4;

    private final TransactionalStore store;
    private final Isolation level;
    private final int accounts;

    private Transfers(TransactionalStore store, Isolation level, int accounts) {
        this.store = store;
        this.level = level;
        this.accounts = accounts;
    }

    /**
     * Opens accounts in an empty store, and transfers between random ones until each of four threads has committed
     * {@code transfersEach} transfers.
     *
     * @return what all accounts have together afterwards
     */
    public static int run(TransactionalStore store, Isolation level, int accounts, int transfersEach)
            throws InterruptedException {
        Transfers transfers = new Transfers(store, level, accounts);
        for (int i = 0; i < accounts; i++) {
            store.put(account(i), Slice.utf8(Integer.toString(BALANCE)));
        }
        try (Crew crew = new Crew()) {
            crew.start(TELLERS, "teller", () -> {
                Random random = new Random(Thread.currentThread().getName().hashCode());
                for (int done = 0; done < transfersEach; ) {
                    done += transfers.transfer(random) ? 1 : 0;
                }
            });
            crew.join();
        }
        return transfers.sum();
    }

    private static Slice account(int number) {
        return Slice.utf8("account " + number);
    }

    /** Transfers 1 from an account to another one, or to itself; returns whether that was committed. */
    private boolean transfer(Random random) {
        Slice from = account(random.nextInt(accounts));
        Slice to = account(random.nextInt(accounts));
        try (Transaction transaction = store.begin(level)) {
            add(transaction, from, -1);
            add(transaction, to, 1);
            transaction.commit();
            return true;
        } catch (TransactionConflictException e) {
            return false;
        }
    }

    private static void add(Transaction transaction, Slice account, int amount) {
        int balance = Integer.parseInt(transaction.get(account).orElseThrow().toString());
        transaction.put(account, Slice.utf8(Integer.toString(balance + amount)));
    }

    private int sum() {
        int sum = 0;
        try (Transaction transaction = store.begin(level);
                Cursor cursor = transaction.cursor(KeyRange.all())) {
            for (cursor.seekToFirst(); cursor.isValid(); cursor.next()) {
                sum += Integer.parseInt(cursor.value().toString());
            }
        }
        return sum;
    }
}
