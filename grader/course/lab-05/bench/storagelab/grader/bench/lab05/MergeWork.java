package storagelab.grader.bench.lab05;

import java.nio.file.Path;
import java.util.Random;
import storagelab.grader.bench.worker.Workload;

/** Merges of 3,000 entries in memory, in turn without a snapshot and with one that needs everything. */
public final class MergeWork implements Workload {
    private static final int INPUTS = 4;
    private static final int OLD = 100;
    private static final int NEW = 10_000;

    private final MergeInput[] inputs = new MergeInput[INPUTS];

    @Override
    public void prepare(Path directory, Random random) {
        for (int i = 0; i < INPUTS; i++) {
            inputs[i] = new MergeInput((long) i * MergeInput.KEYS, random);
        }
    }

    @Override
    public int size() {
        return 2 * INPUTS;
    }

    @Override
    public long ask(int question) {
        return inputs[question / 2].merge(isAll(question) ? OLD : NEW).entries();
    }

    @Override
    public long expected(int question) {
        return isAll(question) ? MergeInput.KEYS * MergeInput.VERSIONS : MergeInput.KEPT;
    }

    @Override
    public String describe(int question) {
        return "entries that a merge of 3,000 keeps "
                + (isAll(question) ? "for an old snapshot" : "without a snapshot");
    }

    @Override
    public void close() {}

    private static boolean isAll(int question) {
        return question % 2 == 1;
    }
}
