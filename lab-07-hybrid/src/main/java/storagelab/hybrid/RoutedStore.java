package storagelab.hybrid;

import java.util.Optional;
import storagelab.api.KeyRange;
import storagelab.api.Slice;
import storagelab.cost.RangeData;
import storagelab.recovery.EngineKind;

/** What an {@link EngineRouter} asks the store whose ranges it routes. */
public interface RoutedStore {
    /** The engine that has the keys of {@code range}. */
    EngineKind engineOf(KeyRange range);

    /** What the range holds; an estimate is enough. */
    RangeData dataOf(KeyRange range);

    /**
     * A key that divides the range: where its hot part begins or ends, if it has one; otherwise so that both parts have about half of its bytes. It is in the
     * range, and not its first key. Empty if there is none: a range of one key cannot be divided.
     */
    Optional<Slice> dividerOf(KeyRange range);
}
