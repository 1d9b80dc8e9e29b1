package storagelab.api;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What a package declares to be counted. */
class MetricTest {
    private static final Metric SPLITS = Metric.counter("test-splits", "pages", "Pages that were split.");
    private static final Metric OPEN = Metric.gauge("test-open", "files", "Files that are open.");

    @Test
    @DisplayName("a package declares a metric with its name, unit, description and kind")
    void declares() {
        assertThat(SPLITS.name(), is("test-splits"));
        assertThat(SPLITS.unit(), is("pages"));
        assertThat(SPLITS.description(), is("Pages that were split."));
        assertThat(SPLITS.kind(), is(Metric.Kind.COUNTER));
        assertThat(OPEN.kind(), is(Metric.Kind.GAUGE));
        assertThat(Metric.declared(), hasItems(SPLITS, OPEN, Metric.GETS));
    }

    @Test
    @DisplayName("the index of a metric is its place among those declared, and no two have the same")
    void indexes() {
        List<Metric> declared = Metric.declared();
        IntStream.range(0, declared.size())
                .forEach(index -> assertThat(declared.get(index).index(), is(index)));
    }

    @Test
    @DisplayName("a second metric of the same name is refused, and takes no index")
    void sameName() {
        int count = Metric.declared().size();
        IllegalArgumentException thrown =
                assertThrows(IllegalArgumentException.class, () -> Metric.gauge("test-splits", "pages", "Others."));
        assertThat(thrown.getMessage(), containsString("test-splits"));
        assertThat(Metric.declared().size(), is(count));
    }

    @Test
    @DisplayName("stats list their metrics in the order of declaration; one that is not kept is 0")
    void stats() {
        LatencySummary none = LatencySummary.NONE;
        StoreStats stats = new StoreStats(Map.of(OPEN, 3L, SPLITS, 7L, Metric.GETS, 1L), none, none);
        assertThat(List.copyOf(stats.metrics().keySet()), is(List.of(Metric.GETS, SPLITS, OPEN)));
        assertThat(stats.get(SPLITS), is(7L));
        assertThat(stats.get(Metric.WRITES), is(0L));
    }
}
