package storagelab.grader.bench.lab06;

import java.util.List;
import java.util.SplittableRandom;
import storagelab.api.Slice;
import storagelab.grader.bench.worker.Cost;
import storagelab.grader.bench.worker.CostProbe;
import storagelab.grader.bench.worker.WrongAnswerException;
import storagelab.query.KeyEncoding;
import storagelab.query.Row;

/** How long keys are. */
public final class KeysCosts implements CostProbe {
    private static final int ROWS = 1_000;

    @Override
    public List<Cost> count(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        KeyEncoding encoding = CityKeys.encoding();
        long bytes = 0;
        for (int i = 0; i < ROWS; i++) {
            Row row = CityKeys.row(random.nextLong());
            Slice key = encoding.encode(row);
            if (!encoding.decode(key).equals(row)) {
                throw new WrongAnswerException("the key of " + row + " is that of " + encoding.decode(key));
            }
            bytes += key.length();
        }
        return List.of(Cost.atMost("bytes of 1,000 keys", bytes, (double) ROWS * CityKeys.BYTES));
    }
}
