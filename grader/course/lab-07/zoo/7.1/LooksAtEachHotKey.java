// exercise: 7.1
// type: storagelab.hybrid.toy.SimpleHybridEngine
// verdict: accepted
// because: one record for each key has all that is known of it, and each operation looks at all hot keys, which are in no order
import java.util.ArrayList;
import java.util.List;

public final class SimpleHybridEngine implements KeyValueStore {
    private final Map<Slice, Known> known = new HashMap<>();

    private static final class Known {
        private int reads;
        private boolean isHot;
        private long lastRead;
    }

    @Override
    public Optional<Slice> get(Slice key) {
        operations++;
        Known one = known.computeIfAbsent(key, unused -> new Known());
        one.reads++;
        KeyValueStore home = one.isHot ? hot : cold;
        Optional<Slice> value = home.get(key);
        if (value.isEmpty()) {
            value = (home == hot ? cold : hot).get(key);
        }
        if (!one.isHot && value.isPresent() && one.reads >= thresholds.promoteAfterReads()) {
            hot.write(new WriteBatch().put(key, value.get()), Durability.BUFFERED);
            cold.write(new WriteBatch().delete(key), Durability.BUFFERED);
            one.isHot = true;
            promotions++;
        }
        one.lastRead = operations;
        demoteIdle();
        return value;
    }

    public boolean isHot(Slice key) {
        Known one = known.get(key);
        return one != null && one.isHot;
    }

    public int countedKeys() {
        return known.size();
    }

    private void demoteIdle() {
        List<Slice> due = new ArrayList<>();
        known.forEach((key, one) -> {
            if (one.isHot && one.lastRead <= operations - thresholds.demoteAfterOperations()) {
                due.add(key);
            }
        });
        for (Slice key : due) {
            Optional<Slice> value = hot.get(key);
            if (value.isPresent()) {
                cold.write(new WriteBatch().put(key, value.get()), Durability.BUFFERED);
                hot.write(new WriteBatch().delete(key), Durability.BUFFERED);
                demotions++;
            }
            Known one = known.get(key);
            one.isHot = false;
            one.reads = 0;
        }
    }
}
