package storagelab.grader.bench.lab03;

import java.nio.file.Path;
import java.util.Optional;
import java.util.Random;
import storagelab.api.Entry;
import storagelab.api.Slice;
import storagelab.grader.bench.worker.Workload;
import storagelab.memtable.SkipListMemtable;

/**
 * A memtable of 50,000 keys. One question in two is a get as of some sequence, one in four of these of a key that is not
 * there; the others add to a second memtable, which is replaced by an empty one when it has 20,000 entries.
 */
public final class MemtableWork implements Workload {
    private static final int ENTRIES = 50_000;
    private static final int ADDED_MAX = 20_000;
    private static final int QUESTIONS = 4_096;
    private static final long NOTHING = -1;

    private final SkipListMemtable full = new SkipListMemtable();
    private final Slice[] keys = new Slice[QUESTIONS];
    private final Entry[] entries = new Entry[QUESTIONS];
    private final long[] answers = new long[QUESTIONS];
    private SkipListMemtable growing = new SkipListMemtable();
    private long sequence;

    @Override
    public void prepare(Path directory, Random random) {
        byte[][] present = MemtableKeys.random(ENTRIES, random);
        byte[][] values = MemtableKeys.values(random);
        for (int i = 0; i < ENTRIES; i++) {
            full.add(i, Entry.value(Slice.wrap(present[i]), Slice.wrap(values[i % values.length])));
        }
        for (int i = 0; i < QUESTIONS; i++) {
            int number = random.nextInt(ENTRIES);
            byte[] key = present[number].clone();
            boolean absent = i % 8 == 1;
            if (absent) {
                key[MemtableKeys.KEY_BYTES - Integer.BYTES - 1]++;
            }
            keys[i] = Slice.wrap(key);
            byte[] value = values[number % values.length];
            entries[i] = Entry.value(keys[i], Slice.wrap(value));
            answers[i] = absent ? NOTHING : value[0];
        }
    }

    @Override
    public int size() {
        return QUESTIONS;
    }

    @Override
    public long ask(int question) {
        if (isAdd(question)) {
            if (growing.count() >= ADDED_MAX) {
                growing = new SkipListMemtable();
            }
            growing.add(sequence++, entries[question]);
            return answers[question];
        }
        Optional<Entry> found = full.get(keys[question], ENTRIES);
        return found.isPresent() ? found.get().value().byteAt(0) : NOTHING;
    }

    @Override
    public long expected(int question) {
        return answers[question];
    }

    @Override
    public String describe(int question) {
        return (isAdd(question) ? "add of the key " : "the first byte of the value of the key ") + keys[question];
    }

    @Override
    public void close() {}

    private static boolean isAdd(int question) {
        return question % 2 == 0;
    }
}
