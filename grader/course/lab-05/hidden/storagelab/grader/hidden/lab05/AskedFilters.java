package storagelab.grader.hidden.lab05;

import java.util.ArrayList;
import java.util.List;
import storagelab.api.Slice;
import storagelab.bloom.FilterPolicy;

/** Filters that remember which keys they were asked for. */
final class AskedFilters implements FilterPolicy {
    private final FilterPolicy filters;
    private final String name;
    private final List<Slice> asked = new ArrayList<>();

    /** The filters that {@code filters} makes, under {@code name} in the tables. */
    AskedFilters(FilterPolicy filters, String name) {
        this.filters = filters;
        this.name = name;
    }

    /** The keys of all questions since the last {@link #forget}. */
    List<Slice> asked() {
        return asked;
    }

    void forget() {
        asked.clear();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Slice create(List<Slice> keys) {
        return filters.create(keys);
    }

    @Override
    public boolean mayContain(Slice filter, Slice key) {
        asked.add(key);
        return filters.mayContain(filter, key);
    }
}
