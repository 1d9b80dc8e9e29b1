package storagelab.twophase;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.anEmptyMap;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.in;
import static org.hamcrest.Matchers.is;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.api.Slice;
import storagelab.api.StorageIoException;
import storagelab.api.TransactionConflictException;
import storagelab.api.WriteBatch;
import storagelab.disk.CrashDisk;
import storagelab.disk.CrashExplorer;
import storagelab.disk.CrashExplorerOptions;
import storagelab.disk.CrashPoint;
import storagelab.disk.CrashReport;
import storagelab.testkit.Seeds;
import storagelab.testkit.twophase.AwayParticipant.Way;
import storagelab.testkit.twophase.TwoStores;

@Tag("7.10")
class TwoPhaseCrashTest {
    private static final int ACCOUNTS = 4; // in each store
    private static final int BALANCE = 100;
    private static final int TRANSFERS_IN_SESSION = 6;
    private static final int SESSIONS = 2;
    private static final long SMALL_FILE_BYTES = 150; // so that files of the coordinator's log follow each other

    /** A transfer that was acknowledged: from here on the balances are those after so many. */
    private record Transferred(int count) {}

    @Test
    @DisplayName(
            "whenever the power is cut, and during the resolution too, every acknowledged transfer is there, and none in part")
    void everyCrash() {
        Seeds.check(1, random -> {
            Bank bank = new Bank(random.nextLong());
            CrashReport report = CrashExplorer.explore(
                    CrashExplorerOptions.defaults().withSeed(random.nextLong()).withRecoveryCrashes(20, 4),
                    bank::run,
                    bank::check);
            assertThat("crashes tried", report.images(), is(greaterThan(500L)));
            assertThat("crashes of a resolution", report.recoveryImages(), is(greaterThan(50L)));
        });
    }

    /** Accounts in two stores. */
    private static final class Bank {
        private final Random random;
        private final List<Map<String, String>> after = new ArrayList<>(); // the balances after so many transactions

        Bank(long seed) {
            this.random = new Random(seed);
            after.add(Map.of());
        }

        void run(CrashDisk disk) {
            for (int session = 0; session < SESSIONS; session++) {
                try (TwoStores stores = TwoStores.open(disk.root(), SMALL_FILE_BYTES)) {
                    assertThat("participants that are pending", stores.resolve(), is(empty()));
                    if (session == 0) {
                        openAccounts(stores, disk);
                    }
                    for (int i = 0; i < TRANSFERS_IN_SESSION; i++) {
                        transfer(stores, disk);
                    }
                }
            }
        }

        private void openAccounts(TwoStores stores, CrashDisk disk) {
            Map<String, String> balances = new HashMap<>();
            for (int i = 0; i < ACCOUNTS; i++) {
                balances.put("p" + i, Integer.toString(BALANCE));
                balances.put("o" + i, Integer.toString(BALANCE));
            }
            commit(stores, disk, balances);
        }

        /** Moves money between any two accounts; now and then a participant stays away. */
        private void transfer(TwoStores stores, CrashDisk disk) {
            Way[] ways = Way.values();
            stores.orders().whenFinishing(random.nextInt(4) == 0 ? ways[random.nextInt(ways.length)] : Way.OPEN);
            stores.prices().whenPreparing(random.nextInt(8) == 0 ? Way.REQUEST_LOST : Way.OPEN);
            Map<String, String> balances = new HashMap<>(last());
            List<String> names = balances.keySet().stream().sorted().toList();
            String from = names.get(random.nextInt(names.size()));
            String to = names.get(random.nextInt(names.size()));
            int amount = 1 + random.nextInt(9);
            balances.merge(from, Integer.toString(-amount), Bank::sum);
            balances.merge(to, Integer.toString(amount), Bank::sum);
            commit(stores, disk, balances);
            stores.orders().whenFinishing(Way.OPEN);
            stores.prices().whenPreparing(Way.OPEN);
            if (random.nextInt(3) == 0) {
                assertThat("participants that are pending", stores.resolve(), is(empty()));
            }
        }

        private void commit(TwoStores stores, CrashDisk disk, Map<String, String> balances) {
            WriteBatch toPrices = new WriteBatch();
            WriteBatch toOrders = new WriteBatch();
            balances.forEach((account, balance) -> {
                if (!balance.equals(last().get(account))) {
                    (account.startsWith("p") ? toPrices : toOrders).put(Slice.utf8(account), Slice.utf8(balance));
                }
            });
            after.add(balances);
            try {
                stores.coordinator().commit(stores.work(toPrices, toOrders));
                disk.ack(new Transferred(after.size() - 1));
            } catch (TransactionConflictException | StorageIoException e) {
                after.remove(after.size() - 1); // it has aborted
            }
        }

        void check(CrashPoint crash) {
            int acknowledged = 0;
            for (Object marker : crash.acknowledged()) {
                acknowledged = marker instanceof Transferred transferred ? transferred.count : acknowledged;
            }
            List<Map<String, String>> legal = after.subList(acknowledged, Math.min(acknowledged + 2, after.size()));
            Map<String, String> found;
            try (TwoStores stores = TwoStores.open(crash.root(), SMALL_FILE_BYTES)) {
                assertThat("participants that are pending", stores.resolve(), is(empty()));
                crash.recovered();
                found = stores.content();
                assertThat(
                        "the balances after " + acknowledged + " transfers, or after one more", found, is(in(legal)));
                assertThat("transactions in doubt in prices", stores.prices().inDoubt(), is(empty()));
                assertThat("transactions in doubt in orders", stores.orders().inDoubt(), is(empty()));
                assertThat("COMMIT records that wait", stores.log().waiting(), is(anEmptyMap()));
                assertThat("prepared transactions in the stores", stores.prepareRecords(), is(0));
                int cents = 0;
                for (String balance : found.values()) {
                    cents += Integer.parseInt(balance);
                }
                assertThat("the sum of all accounts", cents, is(found.size() * BALANCE));
                stores.coordinator()
                        .commit(stores.work(
                                new WriteBatch().put(Slice.utf8("p after"), Slice.utf8("1")),
                                new WriteBatch().put(Slice.utf8("o after"), Slice.utf8("1"))));
            }
            try (TwoStores stores = TwoStores.open(crash.root(), SMALL_FILE_BYTES)) {
                Map<String, String> expected = new HashMap<>(found);
                expected.putAll(Map.of("p after", "1", "o after", "1"));
                assertThat("when opened once more", stores.content(), is(expected));
            }
        }

        private Map<String, String> last() {
            return after.get(after.size() - 1);
        }

        private static String sum(String a, String b) {
            return Integer.toString(Integer.parseInt(a) + Integer.parseInt(b));
        }
    }
}
