package storagelab.testkit.lsm;

import java.util.List;
import storagelab.api.Slice;
import storagelab.bloom.FilterPolicy;

/** Filters that know how many keys they have, and nothing else: the filter of n keys is the byte n. */
public final class KeyCounts implements FilterPolicy {
    @Override
    public String name() {
        return "count";
    }

    @Override
    public Slice create(List<Slice> keys) {
        return Slice.copyOf((byte) keys.size());
    }

    @Override
    public boolean mayContain(Slice filter, Slice key) {
        return filter.length() == 1 && filter.byteAt(0) > 0;
    }
}
