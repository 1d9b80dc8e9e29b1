package storagelab.grader.bench.lab06;

import java.nio.file.Path;
import java.util.Objects;
import java.util.Random;
import storagelab.api.Slice;
import storagelab.grader.bench.worker.Workload;
import storagelab.query.KeyEncoding;
import storagelab.query.Row;

/** Rows are encoded as keys, and decoded again. */
public final class KeysWork implements Workload {
    private static final int QUESTIONS = 4_096;

    private final KeyEncoding encoding = CityKeys.encoding();
    private final Row[] rows = new Row[QUESTIONS];
    private final long[] ids = new long[QUESTIONS];

    @Override
    public void prepare(Path directory, Random random) {
        for (int i = 0; i < QUESTIONS; i++) {
            ids[i] = random.nextLong();
            rows[i] = CityKeys.row(ids[i]);
        }
    }

    @Override
    public int size() {
        return QUESTIONS;
    }

    @Override
    public long ask(int question) {
        Slice key = encoding.encode(rows[question]);
        return (Long) Objects.requireNonNull(encoding.decode(key).get(2)) + key.length();
    }

    @Override
    public long expected(int question) {
        return ids[question] + CityKeys.BYTES;
    }

    @Override
    public String describe(int question) {
        return "the id of the decoded key of " + rows[question] + ", and the length of the key, added";
    }

    @Override
    public void close() {}
}
