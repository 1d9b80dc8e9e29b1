package storagelab.grader.kv;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import storagelab.api.SnapshotStore;
import storagelab.api.TransactionalStore;
import storagelab.hybrid.HybridOptions;
import storagelab.hybrid.HybridStore;
import storagelab.kv.CrashSafeStore;
import storagelab.tier.Placement;
import storagelab.tier.Placement.Placed;

/** Lab 7's store. */
final class HybridAccess extends OpenStore {
    private static final int RANGES_SHOWN = 20;

    private final SnapshotStore entries;
    private final @Nullable HybridStore hybrid; // null if the store is only read

    private HybridAccess(Path home, SnapshotStore entries, @Nullable HybridStore hybrid) {
        super(StoreKind.HYBRID, home, hybrid == null);
        this.entries = entries;
        this.hybrid = hybrid;
    }

    static HybridAccess openToRead(Path home) {
        return new HybridAccess(
                home, CrashSafeStore.openReadOnly(home, HybridOptions.defaults().store()), null);
    }

    static HybridAccess openToWrite(Path home) {
        HybridStore store = HybridStore.open(home, HybridOptions.defaults());
        return new HybridAccess(home, store, store);
    }

    /** Reads all entries, and so every page and block that has one. */
    static Verdict verify(Path home) {
        try (HybridAccess open = openToRead(home)) {
            return EntryWalk.verify(open.entries());
        }
    }

    @Override
    SnapshotStore entries() {
        return entries;
    }

    @Override
    Optional<TransactionalStore> transactions() {
        return Optional.of(hybrid == null ? new ReadOnlyTransactions(entries) : hybrid);
    }

    @Override
    void checkpoint() {
        HybridStore store = hybrid;
        if (store == null) {
            throw new AssertionError("a checkpoint of a store that is open for reading");
        }
        store.checkpoint();
    }

    private List<Placed> parts() {
        Placement placement = hybrid == null ? HybridStore.placementOf(home()) : hybrid.placement();
        return placement.parts();
    }

    @Override
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        List<Placed> parts = parts();
        lines.add("ranges: " + parts.size());
        for (Placed part : parts.subList(0, Math.min(parts.size(), RANGES_SHOWN))) {
            lines.add("  " + part.range() + " on " + part.tier());
        }
        if (parts.size() > RANGES_SHOWN) {
            lines.add("  and " + (parts.size() - RANGES_SHOWN) + " more");
        }
        return lines;
    }

    @Override
    Map<String, Object> numbers() {
        Map<String, Object> all = new LinkedHashMap<>();
        Map<String, Integer> ranges = new TreeMap<>();
        parts().forEach(part -> ranges.merge(part.tier(), 1, Integer::sum));
        all.put("ranges", ranges);
        return all;
    }
}
