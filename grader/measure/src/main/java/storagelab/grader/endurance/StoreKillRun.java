package storagelab.grader.endurance;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import storagelab.hybrid.HybridStore;
import storagelab.kv.CrashSafeStore;
import storagelab.kv.UpdatableStore;

/** Real processes whose threads run transactions on the real disk die by SIGKILL, one after the other. */
final class StoreKillRun {
    private static final int TRANSACTIONS_MAX = 1_500;

    private StoreKillRun() {}

    /**
     * Kills so many writers of a store over {@code engine}, a name of an engine or {@link TransferWriter#HYBRID}, in a new directory in
     * {@code directory}.
     *
     * @throws AssertionError if a transaction that was acknowledged is lost, or one is half there
     */
    static void of(String engine, Path directory, int kills, long seed) throws IOException, InterruptedException {
        Path home = Files.createDirectory(directory.resolve(engine));
        Random random = new Random(seed);
        for (int kill = 1; kill <= kills; kill++) {
            long unused = KilledWriter.run(TransferWriter.class, home, 1 + random.nextInt(TRANSACTIONS_MAX));
            try (UpdatableStore store = TransferWriter.open(home)) {
                check(store, home, "after kill " + kill + " over the " + engine);
                if (store instanceof HybridStore hybrid) {
                    hybrid.engine().verify();
                } else if (store instanceof CrashSafeStore single) {
                    SmallStores.verify(single);
                }
            }
        }
    }

    private static void check(UpdatableStore store, Path home, String when) throws IOException {
        int money = 0;
        for (int i = 0; i < TransferWriter.ACCOUNTS; i++) {
            money += TransferWriter.value(store.get(TransferWriter.account(i)));
        }
        if (money != TransferWriter.ACCOUNTS * TransferWriter.MONEY) {
            throw new AssertionError(when + " the accounts have " + money + " and not "
                    + TransferWriter.ACCOUNTS * TransferWriter.MONEY + ": a transfer is half there");
        }
        for (int thread = 0; thread < TransferWriter.THREADS; thread++) {
            Path file = TransferWriter.acknowledgements(home, thread);
            int acknowledged = Files.exists(file) ? number(Files.readString(file, UTF_8)) : 0;
            int found = TransferWriter.value(store.get(TransferWriter.counter(thread)));
            if (found < acknowledged) {
                throw new AssertionError(when + " transaction " + acknowledged + " of thread " + thread
                        + " was acknowledged, and the last one there is " + found);
            }
        }
    }

    /** The file may have been created and not written yet. */
    private static int number(String text) {
        return text.isBlank() ? 0 : Integer.parseInt(text.strip());
    }
}
