package storagelab.grader.bench.lab05;

import java.util.List;
import java.util.Random;
import storagelab.grader.bench.worker.Cost;
import storagelab.grader.bench.worker.CostProbe;
import storagelab.grader.bench.worker.WrongAnswerException;

/** Entries that a merge keeps, and tables that it makes of them. */
public final class MergeCosts implements CostProbe {
    private static final int OLD = 100; // before all sequences
    private static final int NEW = 10_000; // behind them
    private static final int VALUES = MergeInput.KEYS - MergeInput.KEYS / MergeInput.DELETED_ONE_IN;

    @Override
    public List<Cost> count(long seed) {
        Random random = new Random(seed);
        MergeInput input = new MergeInput(random.nextInt(1 << 30), random);
        MergeInput.Output all = input.merge(OLD);
        MergeInput.Output newest = input.merge(NEW);
        if (all.entries() != MergeInput.KEYS * MergeInput.VERSIONS) {
            throw new WrongAnswerException("of " + MergeInput.KEYS * MergeInput.VERSIONS
                    + " entries that a snapshot needs " + all.entries() + " were kept");
        }
        if (newest.entries() < VALUES) {
            throw new WrongAnswerException(newest.entries() + " of " + VALUES + " values were kept");
        }
        return List.of(
                Cost.atMost("entries kept of 3,000, no snapshot", newest.entries(), MergeInput.KEPT),
                Cost.timesReference("tables of them", newest.tables(), 1),
                Cost.timesReference("tables of all, for an old snapshot", all.tables(), 1));
    }
}
