package storagelab.lsm.experiment;

import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import storagelab.api.Slice;
import storagelab.bloom.FilterPolicy;

/**
 * Counts how often a filter is asked, and how often it cannot say no: each time a block is looked for. Without a policy
 * it can never say no.
 */
final class CountingFilter implements FilterPolicy {
    private static final Slice KNOWS_NOTHING = Slice.wrap(new byte[1]);

    private final @Nullable FilterPolicy policy;
    private final LongAdder asked = new LongAdder();
    private final LongAdder passed = new LongAdder();

    /** Counts what {@code policy} is asked; null for one that knows nothing. */
    CountingFilter(@Nullable FilterPolicy policy) {
        this.policy = policy;
    }

    @Override
    public String name() {
        return policy == null ? "storagelab.KnowsNothing" : policy.name();
    }

    @Override
    public Slice create(List<Slice> keys) {
        return policy == null ? KNOWS_NOTHING : policy.create(keys);
    }

    @Override
    public boolean mayContain(Slice filter, Slice key) {
        asked.increment();
        if (policy != null && !policy.mayContain(filter, key)) {
            return false;
        }
        passed.increment();
        return true;
    }

    /** How often a filter was asked. */
    long asked() {
        return asked.sum();
    }

    /** How often it did not say no. */
    long passed() {
        return passed.sum();
    }
}
