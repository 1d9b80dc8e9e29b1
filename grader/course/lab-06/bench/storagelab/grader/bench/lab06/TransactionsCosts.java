package storagelab.grader.bench.lab06;

import java.util.List;
import java.util.Random;
import storagelab.api.Isolation;
import storagelab.grader.bench.worker.Cost;
import storagelab.grader.bench.worker.CostProbe;
import storagelab.grader.bench.worker.WrongAnswerException;

/** Commits that readers ask for, transactions that are refused for nothing, and versions that are left. */
public final class TransactionsCosts implements CostProbe {
    private static final int PAIRS = 300;

    @Override
    public List<Cost> count(long seed) {
        Tills tills = new Tills();
        long before = tills.commits();
        for (int i = 0; i < 10; i++) {
            tills.read(Isolation.SNAPSHOT, 50);
        }
        long ofReaders = tills.commits() - before;
        int snapshot = tills.move(Isolation.SNAPSHOT, PAIRS, new Random(seed));
        int serializable = tills.move(Isolation.SERIALIZABLE, PAIRS, new Random(seed + 1));
        if (tills.surplus() != 0) {
            throw new WrongAnswerException("the tills have " + tills.surplus() + " more than before they were moved around");
        }
        return List.of(
                Cost.atMost("commits asked for by 10 readers", ofReaders, 0),
                Cost.atMost("of 600 transactions apart, refused (snapshot)", 2 * PAIRS - snapshot, 0),
                Cost.atMost("of 600 transactions apart, refused (serializable)", 2 * PAIRS - serializable, 0),
                Cost.atMost("versions that are left", tills.versions(), 0));
    }
}
