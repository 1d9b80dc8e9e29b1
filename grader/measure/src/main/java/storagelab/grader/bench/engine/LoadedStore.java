package storagelab.grader.bench.engine;

import java.io.Closeable;
import java.io.IOException;
import java.util.BitSet;
import java.util.SplittableRandom;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;
import storagelab.api.Slice;
import storagelab.grader.bench.engine.ScanCheck.Following;
import storagelab.grader.bench.worker.WrongAnswerException;

/**
 * An engine together with what has to be in it: the records with the even numbers below twice its size, and such with odd
 * numbers that were inserted later. Every answer is checked as it comes, and all bytes of everything by {@link #verify}.
 *
 * <p>Concurrency: one thread writes; works of {@link #reads} may run beside each other.
 */
final class LoadedStore implements Closeable {
    private static final int SCAN_RECORDS = 100;
    private static final int PERCENT = 100;
    private static final int DRAWS = 1 << 20;
    private static final int INSERTS_OF_LATEST = 5;
    private static final int CLOCK_INTERVAL = 1 << 10;
    private static final double NANOS_A_SECOND = 1e9;

    private final PeerEngine engine;
    private final int size;
    private final SplittableRandom random;
    private final KeyOrder insertOrder;
    private final BitSet inserted = new BitSet();
    private int @Nullable [] versions;
    private int lastVersion;
    private int inserts;
    private int @Nullable [] draws;

    /** The {@code engine} is open, and empty unless it was bulk-loaded. */
    LoadedStore(PeerEngine engine, int size, long seed) {
        this.engine = engine;
        this.size = size;
        random = new SplittableRandom(seed);
        insertOrder = new KeyOrder(size, random.nextLong());
    }

    PeerEngine engine() {
        return engine;
    }

    long dataBytes() {
        return (long) (size + inserts) * Records.RECORD_BYTES;
    }

    private static byte[] key(int index) {
        return Records.key(2L * index);
    }

    /**
     * Loads all records, with a checkpoint at the end, and says how many that were a second.
     *
     * @param order which record comes when
     * @param batch how many are one commit
     * @throws LateException if it is not done in {@code nanosMax}
     */
    double fill(IntUnaryOperator order, int batch, long nanosMax) throws IOException, LateException {
        long start = System.nanoTime();
        for (int done = 0; done < size; ) {
            int end = Math.min(size, done + Math.max(batch, CLOCK_INTERVAL / batch * batch));
            if (batch == 1) {
                fillSingly(order, done, end);
            } else {
                fillBatches(order, done, end, batch);
            }
            done = end;
            long elapsed = System.nanoTime() - start;
            if (elapsed > nanosMax) {
                throw new LateException(done, size, elapsed);
            }
        }
        engine.checkpoint();
        return size * NANOS_A_SECOND / (System.nanoTime() - start);
    }

    /** A load took longer than anybody wants to wait. */
    static final class LateException extends Exception {
        private static final long serialVersionUID = 1L;

        LateException(int done, int size, long nanos) {
            super(String.format("stopped after %.0f s with %,d of %,d records", nanos / NANOS_A_SECOND, done, size));
        }
    }

    private void fillSingly(IntUnaryOperator order, int from, int to) throws IOException {
        for (int i = from; i < to; i++) {
            int index = order.applyAsInt(i);
            engine.put(key(index), Records.value(2L * index, 0));
        }
    }

    private void fillBatches(IntUnaryOperator order, int from, int to, int batch) throws IOException {
        for (int begin = from; begin < to; begin += batch) {
            int count = Math.min(batch, to - begin);
            byte[][] keys = new byte[count][];
            byte[][] values = new byte[count][];
            for (int i = 0; i < count; i++) {
                int index = order.applyAsInt(begin + i);
                keys[i] = key(index);
                values[i] = Records.value(2L * index, 0);
            }
            engine.putAll(keys, values);
        }
    }

    /** Puts {@code count} random records again, with a checkpoint at the end, and says how many that were a second. */
    double overwrite(int count, long nanosMax) throws IOException, LateException {
        int[] newest = newestVersions();
        long start = System.nanoTime();
        for (int done = 0; done < count; ) {
            int end = Math.min(count, done + CLOCK_INTERVAL);
            for (; done < end; done++) {
                update(newest, random.nextInt(size));
            }
            long elapsed = System.nanoTime() - start;
            if (elapsed > nanosMax) {
                throw new LateException(done, count, elapsed);
            }
        }
        engine.checkpoint();
        return count * NANOS_A_SECOND / (System.nanoTime() - start);
    }

    /** Puts {@code count} random records again, and leaves the engine with whatever it puts off. */
    void update(int count) throws IOException {
        long unused = updates().run(count);
    }

    /** Puts of random records that are there. */
    Meter.Work updates() {
        int[] newest = newestVersions();
        SplittableRandom own = random.split();
        return calls -> {
            for (int i = 0; i < calls; i++) {
                update(newest, own.nextInt(size));
            }
            return calls;
        };
    }

    private int[] newestVersions() {
        if (versions == null) {
            versions = new int[size];
        }
        return versions;
    }

    private void update(int[] newest, int index) throws IOException {
        int version = ++lastVersion;
        newest[index] = version;
        engine.put(key(index), Records.value(2L * index, version));
    }

    /** Gets of records that are there; one work for each thread. */
    Meter.Work reads() {
        SplittableRandom own = random.split();
        return calls -> {
            for (int i = 0; i < calls; i++) {
                read(own.nextInt(size));
            }
            return calls;
        };
    }

    private void read(int index) throws IOException {
        Records.check(engine.get(key(index)), 2L * index);
    }

    /** Gets of records that are not there. */
    Meter.Work misses() {
        SplittableRandom own = random.split();
        return calls -> {
            for (int i = 0; i < calls; i++) {
                long number = 2L * own.nextInt(size) + 1;
                if (engine.get(Records.key(number)) != null) {
                    throw new WrongAnswerException("record " + number + " was found, and nobody put it");
                }
            }
            return calls;
        };
    }

    /** Scans of a hundred records. */
    Meter.Work scans() {
        SplittableRandom own = random.split();
        return calls -> {
            for (int i = 0; i < calls; i++) {
                int from = own.nextInt(size);
                int unused = scan(from, SCAN_RECORDS, Following.EVEN);
            }
            return calls;
        };
    }

    /** Scans of all records; each record is an operation. */
    Meter.Work fullScans() {
        return calls -> {
            long records = 0;
            for (int i = 0; i < calls; i++) {
                records += scan(0, size, Following.EVEN);
            }
            return records;
        };
    }

    private int scan(int from, int limit, Following following) throws IOException {
        ScanCheck check = new ScanCheck(2L * from, following);
        engine.scan(key(from), limit, check);
        return check.finish(Math.min(limit, size - from), limit);
    }

    /** Operations on records drawn by Zipf's law. */
    Meter.Work mix(YcsbMix mix) {
        if (draws == null) {
            draws = new ScrambledZipf(size, random.nextLong()).draws(DRAWS);
        }
        int[] drawn = draws;
        int[] newest = newestVersions();
        SplittableRandom own = random.split();
        int[] place = {own.nextInt(DRAWS)};
        return calls -> {
            for (int i = 0; i < calls; i++) {
                place[0] = (place[0] + 1) & (DRAWS - 1);
                oneOf(mix, newest, drawn[place[0]], own);
            }
            return calls;
        };
    }

    private void oneOf(YcsbMix mix, int[] newest, int index, SplittableRandom own) throws IOException {
        int chance = own.nextInt(PERCENT);
        if (chance < mix.puts()) {
            update(newest, index);
        } else if (chance < mix.puts() + mix.readModifyWrites()) {
            read(index);
            update(newest, index);
        } else if (chance < mix.puts() + mix.readModifyWrites() + mix.scans()) {
            int unused = scan(index, 1 + own.nextInt(SCAN_RECORDS), Following.ANY);
        } else if (mix.inserts() > 0) {
            insert();
        } else {
            read(index);
        }
    }

    /** Gets of records, the later inserted the more often by Zipf's law, and a few inserts. */
    Meter.Work latest() {
        int[] ranks = new ScrambledZipf(size, random.nextLong()).ranks(DRAWS);
        SplittableRandom own = random.split();
        int[] place = {0};
        return calls -> {
            for (int i = 0; i < calls; i++) {
                if (own.nextInt(PERCENT) < INSERTS_OF_LATEST) {
                    insert();
                } else {
                    place[0] = (place[0] + 1) & (DRAWS - 1);
                    readInserted(ranks[place[0]]);
                }
            }
            return calls;
        };
    }

    /** Gets the record after which so many were inserted; behind the first of them come those that were loaded. */
    private void readInserted(int later) throws IOException {
        int before = inserts - 1 - later;
        long number = before >= 0 ? 2L * insertOrder.at(before % size) + 1 : 2L * insertOrder.at(-1 - before);
        Records.check(engine.get(Records.key(number)), number);
    }

    private void insert() throws IOException {
        int index = insertOrder.at(inserts++ % size);
        inserted.set(index);
        engine.put(Records.key(2L * index + 1), Records.value(2L * index + 1, 0));
    }

    /** Scans everything once and compares every byte with what was put last; returns the number of records. */
    int verify() throws IOException {
        Verification verification = new Verification();
        engine.scan(key(0), Integer.MAX_VALUE, verification);
        return verification.finish();
    }

    /** The one right content, record by record. */
    private final class Verification implements PeerEngine.EntryVisitor {
        private long next;
        private int count;

        @Override
        public void entry(Slice key, Slice value) {
            long number = Records.number(key);
            if (number != next) {
                throw new WrongAnswerException("the last scan came to record " + number + " and not to " + next);
            }
            int version = number % 2 == 0 && versions != null ? versions[(int) (number / 2)] : 0;
            Records.checkWhole(value, number, version);
            count++;
            next = following(number);
        }

        private long following(long number) {
            boolean oddFollows = number % 2 == 0 && inserted.get((int) (number / 2));
            return oddFollows || number % 2 == 1 ? number + 1 : number + 2;
        }

        private int finish() {
            int expected = size + inserted.cardinality();
            if (count != expected) {
                throw new WrongAnswerException("the last scan gave " + count + " records and not " + expected);
            }
            return count;
        }
    }

    @Override
    public void close() throws IOException {
        engine.close();
    }
}
