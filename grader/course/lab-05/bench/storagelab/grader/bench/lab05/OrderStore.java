package storagelab.grader.bench.lab05;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import storagelab.api.MaintenanceKind;
import storagelab.experiment.Numbers;
import storagelab.lsm.LsmOptions;
import storagelab.lsm.LsmStore;

/** A store of orders with tables on several levels: all orders were put, a fifth of them once more, and a tenth deleted. */
final class OrderStore {
    static final int ORDERS = 30_000;

    private static final int DELETED_ONE_IN = 10;
    private static final int AGAIN = ORDERS / 5;
    private static final int FLUSHED_AFTER = 4_000;
    private static final long TABLE_BYTES = 512 << 10;

    private OrderStore() {}

    /** Small tables, maintained by the thread that writes. */
    static LsmOptions options() {
        return LsmOptions.defaults()
                .withMaintenance(MaintenanceKind.FOREGROUND)
                .withoutStalls()
                .withTableBytes(TABLE_BYTES);
    }

    /** A store that was flushed after so many writes, and merged when that made it due: the same for the same seed. */
    static LsmStore create(Path directory, LsmOptions options, Random random) {
        List<Integer> writes = new ArrayList<>(); // orders that are put, or deleted if they are negative
        for (int number : Numbers.shuffled(ORDERS, random)) {
            writes.add(number);
        }
        for (int number = 0; number < ORDERS; number += DELETED_ONE_IN) {
            writes.add(-1 - number);
        }
        random.ints(AGAIN, 0, ORDERS).filter(number -> !isDeleted(number)).forEach(writes::add);
        LsmStore store = LsmStore.open(directory, options);
        for (int i = 0; i < writes.size(); i++) {
            int number = writes.get(i);
            if (number < 0) {
                store.delete(Orders.key(-1 - number));
            } else {
                store.put(Orders.key(number), Orders.value(number));
            }
            if (i % FLUSHED_AFTER == FLUSHED_AFTER - 1) {
                store.flush();
            }
        }
        return store;
    }

    static boolean isDeleted(int number) {
        return number % DELETED_ONE_IN == 0;
    }
}
