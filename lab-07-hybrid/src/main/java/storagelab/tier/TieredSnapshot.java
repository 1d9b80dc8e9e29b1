package storagelab.tier;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import storagelab.api.Cursor;
import storagelab.api.EngineSnapshot;
import storagelab.api.KeyRange;
import storagelab.api.Slice;
import storagelab.tier.Placement.Placed;

/**
 * All tiers at one moment, and the placement of that moment: what moves later is still found where it was. Its cursors are those of the tiers, which say themselves that they are
 * closed: the tiers are closed with the engine.
 */
final class TieredSnapshot implements EngineSnapshot {
    private final long sequence;
    private final Placement placement;
    private final Map<String, EngineSnapshot> tiers;
    private final Runnable checkEngineOpen;
    private volatile boolean closed;

    /** A snapshot, which closes those of the tiers with itself. {@code checkEngineOpen} throws if the engine is closed. */
    TieredSnapshot(long sequence, Placement placement, Map<String, EngineSnapshot> tiers, Runnable checkEngineOpen) {
        this.sequence = sequence;
        this.placement = placement;
        this.tiers = tiers;
        this.checkEngineOpen = checkEngineOpen;
    }

    @Override
    public long sequence() {
        return sequence;
    }

    @Override
    public Optional<Slice> get(Slice key) {
        checkUsable();
        return tier(placement.tierOf(key)).get(key);
    }

    @Override
    public Cursor cursor(KeyRange range) {
        checkUsable();
        List<TierCursor.Part> cursors = new ArrayList<>();
        try {
            List<Placed> parts = placement.parts(range);
            if (parts.isEmpty()) {
                parts = List.of(new Placed(range, placement.tierOf(range.from())));
            }
            for (Placed part : parts) {
                cursors.add(new TierCursor.Part(part.range(), tier(part.tier()).cursor(part.range())));
            }
            return cursors.size() == 1 ? cursors.get(0).cursor() : new TierCursor(cursors);
        } catch (RuntimeException | Error e) {
            cursors.forEach(part -> part.cursor().close());
            throw e;
        }
    }

    private EngineSnapshot tier(String id) {
        EngineSnapshot tier = tiers.get(id);
        if (tier == null) {
            throw new IllegalStateException("no snapshot of tier \"" + id + "\"");
        }
        return tier;
    }

    private void checkUsable() {
        if (closed) {
            throw new IllegalStateException("the snapshot is closed");
        }
        checkEngineOpen.run();
    }

    @Override
    public void close() {
        closed = true;
        tiers.values().forEach(EngineSnapshot::close);
    }
}
