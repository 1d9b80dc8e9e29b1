package storagelab.grader.bench.lab05;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import storagelab.api.Slice;
import storagelab.bloom.BlockedBloomFilter;
import storagelab.bloom.BloomFilter;
import storagelab.bloom.FilterPolicy;
import storagelab.grader.bench.worker.Cost;
import storagelab.grader.bench.worker.CostProbe;
import storagelab.grader.bench.worker.WrongAnswerException;

/** Memory that filters take, and how often they are wrong. */
public final class FilterCosts implements CostProbe {
    private static final int BITS_PER_KEY = 10;
    private static final int KEYS = 10_000;
    private static final int ABSENT = 100_000;

    @Override
    public List<Cost> count(long seed) {
        long first = new SplittableRandom(seed).nextLong(1L << 40);
        List<Slice> keys =
                LongStream.range(first, first + KEYS).mapToObj(Orders::key).toList();
        FilterPolicy bloom = new BloomFilter(BITS_PER_KEY);
        FilterPolicy blocked = new BlockedBloomFilter(BITS_PER_KEY);
        Slice filter = bloom.create(keys);
        Slice blockedFilter = blocked.create(keys);
        return List.of(
                Cost.atMost("bytes of a filter of 10,000 keys, ten bits each", filter.length(), KEYS * 1.25 + 1),
                Cost.timesReference("wrong answers for 100,000 keys", wrong(bloom, filter, keys, first + KEYS), 1),
                Cost.timesReference("bytes of a blocked filter of 10,000 keys", blockedFilter.length(), 1.1),
                Cost.timesReference(
                        "wrong answers of a blocked filter for 100,000 keys",
                        wrong(blocked, blockedFilter, keys, first + KEYS),
                        1.2));
    }

    private static int wrong(FilterPolicy policy, Slice filter, List<Slice> keys, long absent) {
        for (Slice key : keys) {
            if (!policy.mayContain(filter, key)) {
                throw new WrongAnswerException(policy.name() + " denies " + key + ", which is in the filter");
            }
        }
        return (int) LongStream.range(absent, absent + ABSENT)
                .filter(number -> policy.mayContain(filter, Orders.key(number)))
                .count();
    }
}
