package storagelab.tier;

import java.util.ArrayList;
import java.util.List;
import storagelab.api.KeyRange;
import storagelab.api.Slice;
import storagelab.bounds.Bounds;

/**
 * Which tier has which keys. Every key is in one tier. A placement never changes; {@link #with} makes another one.
 *
 * <p>Example: all keys on {@code lsm}, and then {@code [b, d)} on {@code btree}: three ranges, [∅, b) on lsm, [b, d) on btree, [d, ∞) on
 * lsm. With [d, f) on btree as well there are still three, since neighbours on one tier are one range.
 *
 * <p>Concurrency: immutable.
 */
public final class Placement {
    private final List<Slice> starts; // ascending; the first one is the empty key
    private final List<String> tiers; // of the range from each start to the next

    /**
     * A range of keys and the tier that has them.
     *
     * @param range the keys
     * @param tier the id of the tier
     */
    public record Placed(KeyRange range, String tier) {}

    private Placement(List<Slice> starts, List<String> tiers) {
        this.starts = List.copyOf(starts);
        this.tiers = List.copyOf(tiers);
    }

    /** Every key on one tier. */
    public static Placement all(String tier) {
        return new Placement(List.of(Slice.EMPTY), List.of(tier));
    }

    /** The tier that has a key. Cost: O(log ranges) comparisons. */
    public String tierOf(Slice key) {
        return tiers.get(indexOf(key));
    }

    private int indexOf(Slice key) {
        return starts.size() == 1 ? 0 : Bounds.upperBound(starts, key) - 1;
    }

    /** The parts of {@code range} on each tier, in the order of the keys; none if the range is empty. */
    public List<Placed> parts(KeyRange range) {
        List<Placed> parts = new ArrayList<>();
        int first = indexOf(range.from());
        for (int i = first; i < starts.size(); i++) {
            Slice from = i == first ? range.from() : starts.get(i);
            Slice to = i + 1 < starts.size() ? starts.get(i + 1) : null;
            if (range.to() != null && (to == null || range.to().compareTo(to) < 0)) {
                to = range.to();
            }
            if (to != null && from.compareTo(to) >= 0) {
                break; // beyond the range
            }
            parts.add(new Placed(new KeyRange(from, to), tiers.get(i)));
        }
        return parts;
    }

    /** All ranges, in the order of the keys. */
    public List<Placed> parts() {
        return parts(KeyRange.all());
    }

    /** This placement, with the keys of {@code range} on {@code tier}. */
    public Placement with(KeyRange range, String tier) {
        List<Placed> parts = new ArrayList<>(parts(new KeyRange(Slice.EMPTY, range.from())));
        if (range.to() == null || !range.from().equals(range.to())) {
            parts.add(new Placed(range, tier));
        }
        if (range.to() != null) {
            parts.addAll(parts(KeyRange.from(range.to())));
        }
        return of(parts);
    }

    /** A placement of ranges that begin with the empty key, follow each other, and end with no upper end. */
    static Placement of(List<Placed> parts) {
        List<Slice> starts = new ArrayList<>();
        List<String> tiers = new ArrayList<>();
        for (Placed part : parts) {
            if (tiers.isEmpty() || !tiers.get(tiers.size() - 1).equals(part.tier())) {
                starts.add(Slice.wrap(
                        part.range().from().toByteArray())); // a copy: it may be a small part of a large array
                tiers.add(part.tier());
            }
        }
        return new Placement(starts, tiers);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Placement that && starts.equals(that.starts) && tiers.equals(that.tiers);
    }

    @Override
    public int hashCode() {
        return starts.hashCode() * 31 + tiers.hashCode();
    }

    /** {@code [, b) lsm, [b, ∞) btree}. */
    @Override
    public String toString() {
        List<String> texts =
                parts().stream().map(part -> part.range() + " " + part.tier()).toList();
        return String.join(", ", texts);
    }
}
