package storagelab.grader.bench.lab03;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import storagelab.api.Entry;
import storagelab.api.Slice;
import storagelab.grader.bench.worker.Cost;
import storagelab.grader.bench.worker.CostProbe;
import storagelab.grader.bench.worker.WrongAnswerException;
import storagelab.memtable.SkipListMemtable;

/** Memory that a memtable of 20,000 entries accounts for; the hidden tests compare what it says with the heap. */
public final class MemtableCosts implements CostProbe {
    private static final int ENTRIES = 20_000;

    @Override
    public List<Cost> count(long seed) {
        Random random = new Random(seed);
        byte[][] keys = MemtableKeys.random(ENTRIES, random);
        byte[][] values = MemtableKeys.values(random);
        SkipListMemtable memtable = new SkipListMemtable();
        for (int i = 0; i < ENTRIES; i++) {
            Entry entry = Entry.value(Slice.copyOf(keys[i]), Slice.copyOf(values[i % values.length]));
            memtable.add(i, entry);
            if (!memtable.get(entry.key(), i).equals(Optional.of(entry))) {
                throw new WrongAnswerException("get(" + entry.key() + ", " + i + ") does not give what was added");
            }
        }
        return List.of(Cost.timesReference(
                "bytes an entry of 16 and 100, as sizeBytes() says", (double) memtable.sizeBytes() / ENTRIES, 2.2));
    }
}
