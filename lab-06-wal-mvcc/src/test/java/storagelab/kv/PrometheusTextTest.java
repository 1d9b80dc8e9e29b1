package storagelab.kv;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import storagelab.api.Durability;
import storagelab.api.LatencySummary;
import storagelab.api.Metric;
import storagelab.api.Slice;
import storagelab.api.StoreStats;
import storagelab.api.WriteBatch;
import storagelab.disk.CrashDisk;
import storagelab.recovery.EngineKind;
import storagelab.testkit.recovery.SmallStores;

class PrometheusTextTest {
    /** The format as Prometheus describes it, and its naming conventions: what is not allowed is an error. */
    private static final class Parser {
        private static final Pattern NAME = Pattern.compile("[a-zA-Z_:][a-zA-Z0-9_:]*");
        private static final Pattern LABEL =
                Pattern.compile("([a-zA-Z_][a-zA-Z0-9_]*)=\"((?:[^\"\\\\\n]|\\\\[\\\\\"n])*)\"");
        private static final Pattern SAMPLE = Pattern.compile("([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\\{(.*)\\})? (\\S+)");
        private final Map<String, String> types = new TreeMap<>();
        private final Map<String, Double> samples = new LinkedHashMap<>();
        private final Set<String> helped = new HashSet<>();
        private String family = "";

        static Parser of(String text) {
            assertThat("the last line ends", text.endsWith("\n"), is(true));
            Parser parser = new Parser();
            text.lines().forEach(parser::line);
            return parser;
        }

        private void line(String line) {
            String[] words = line.split(" ", 4);
            if (line.startsWith("# HELP ")) {
                family = words[2];
                assertThat(line, NAME.matcher(family).matches(), is(true));
                assertThat("one HELP for " + family, helped.add(family), is(true));
                assertThat(line, words[3].isBlank(), is(false));
            } else if (line.startsWith("# TYPE ")) {
                assertThat("TYPE follows HELP", words[2], is(family));
                assertThat(line, Set.of("counter", "gauge", "summary").contains(words[3]), is(true));
                assertThat("one TYPE for " + family, types.put(family, words[3]) == null, is(true));
            } else {
                sample(line);
            }
        }

        private void sample(String line) {
            Matcher parts = SAMPLE.matcher(line);
            assertThat(line, parts.matches(), is(true));
            String type = types.get(family);
            String name = parts.group(1);
            boolean isOfFamily = name.equals(family)
                    || ("summary".equals(type)
                            && Set.of(family + "_sum", family + "_count").contains(name));
            assertThat("a sample of " + family + ": " + line, isOfFamily, is(true));
            assertThat("counters end with _total: " + line, "counter".equals(type), is(name.endsWith("_total")));
            String labels = parts.group(2);
            if (labels != null) {
                String left = LABEL.matcher(labels).replaceAll("x");
                assertThat("labels of " + line, left.matches("x(,x)*"), is(true));
            }
            double value = Double.parseDouble(parts.group(3));
            String key = name + (labels == null ? "" : "{" + labels + "}");
            assertThat("one sample of " + key, samples.put(key, value) == null, is(true));
            assertThat(line, value >= 0, is(true));
        }
    }

    @ParameterizedTest
    @EnumSource(EngineKind.class)
    @DisplayName("what a store counts is read by a strict parser, with the values of its stats")
    void parses(EngineKind engine) {
        try (CrashSafeStore store = CrashSafeStore.open(CrashDisk.create().root(), SmallStores.options(engine))) {
            for (int i = 0; i < 1000; i++) {
                store.write(
                        new WriteBatch().put(Slice.utf8("key " + i), Slice.utf8("value")),
                        i % 100 == 0 ? Durability.SYNCED : Durability.BUFFERED);
                store.get(Slice.utf8("key " + i / 2));
            }
            StoreStats stats = store.stats();
            Parser parsed = Parser.of(PrometheusText.of(stats, Map.of("store", "shop")));
            assertThat(
                    parsed.types.keySet(),
                    hasItems(
                            "storagelab_wal_syncs_total",
                            "storagelab_wal_bytes_total",
                            "storagelab_written_bytes_total",
                            "storagelab_commits_total",
                            "storagelab_get_latency_seconds"));
            stats.metrics().forEach((metric, value) -> {
                double factor = metric.unit().equals("ns") ? 1e-9 : 1;
                assertThat(
                        metric.name(),
                        parsed.samples.get(PrometheusText.nameOf(metric) + "{store=\"shop\"}"),
                        is(value * factor));
            });
            LatencySummary gets = stats.getLatency();
            assertThat(parsed.samples.get("storagelab_get_latency_seconds_count{store=\"shop\"}"), is((double)
                    gets.count()));
            assertThat(parsed.samples.get("storagelab_commits_total{store=\"shop\"}"), is(greaterThan(999.0)));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "wal-syncs, syncs, storagelab_wal_syncs_total",
        "bytes-written, bytes, storagelab_written_bytes_total",
        "wal-bytes, B, storagelab_wal_bytes_total",
        "stall-nanos, ns, storagelab_stall_seconds_total",
        "gets, calls, storagelab_gets_total"
    })
    @DisplayName("names have their unit and _total at the end")
    void names(String name, String unit, String expected) {
        try (CrashSafeStore store =
                CrashSafeStore.open(CrashDisk.create().root(), SmallStores.options(EngineKind.LSM))) {
            store.put(Slice.utf8("a"), Slice.utf8("1")); // declares what a store counts
        }
        Metric metric = Metric.declared().stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow();
        assertThat(metric.unit(), is(unit));
        assertThat(PrometheusText.nameOf(metric), is(expected));
        assertThat(PrometheusText.nameOf(Metric.MEMTABLE_BYTES), is("storagelab_memtable_bytes"));
    }

    @Test
    @DisplayName("no two metrics that are declared have the same name")
    void unique() {
        Set<String> names = new HashSet<>();
        for (Metric metric : Metric.declared()) {
            assertThat(metric.name(), names.add(PrometheusText.nameOf(metric)), is(true));
        }
    }

    @Test
    @DisplayName("nanoseconds are seconds, latencies are a summary, and the text is this one, byte for byte")
    void text() {
        StoreStats stats = new StoreStats(
                Map.of(Metric.STALL_NANOS, 1_500_000_000L, Metric.TABLES, 3L),
                new LatencySummary(4, 1_000, 2_000, 3_000, 4_000, 10_000),
                LatencySummary.NONE);
        assertThat(PrometheusText.of(stats), is("""
                # HELP storagelab_stall_seconds_total Time that writes spent in stalls.
                # TYPE storagelab_stall_seconds_total counter
                storagelab_stall_seconds_total 1.5
                # HELP storagelab_tables Table files in use.
                # TYPE storagelab_tables gauge
                storagelab_tables 3
                # HELP storagelab_get_latency_seconds How long gets took; some stores time a sample of them.
                # TYPE storagelab_get_latency_seconds summary
                storagelab_get_latency_seconds{quantile="0.5"} 1.0E-6
                storagelab_get_latency_seconds{quantile="0.99"} 2.0E-6
                storagelab_get_latency_seconds{quantile="0.999"} 3.0E-6
                storagelab_get_latency_seconds{quantile="1"} 4.0E-6
                storagelab_get_latency_seconds_sum 1.0E-5
                storagelab_get_latency_seconds_count 4
                # HELP storagelab_write_latency_seconds How long writes took, stalls included; some stores time a sample of them.
                # TYPE storagelab_write_latency_seconds summary
                storagelab_write_latency_seconds_sum 0.0
                storagelab_write_latency_seconds_count 0
                """));
    }

    @Test
    @DisplayName("labels are escaped, and stand before the quantile")
    void labels() {
        StoreStats stats =
                new StoreStats(Map.of(Metric.GETS, 1L), new LatencySummary(1, 1, 1, 1, 1, 1), LatencySummary.NONE);
        String text = PrometheusText.of(stats, Map.of("path", "C:\\\"a\"\n"));
        assertThat(text, containsString("storagelab_gets_total{path=\"C:\\\\\\\"a\\\"\\n\"} 1\n"));
        assertThat(text, containsString("{path=\"C:\\\\\\\"a\\\"\\n\",quantile=\"0.5\"}"));
        Parser.of(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "1a", "__name", "quantile", "é"})
    @DisplayName("a label that Prometheus does not allow is refused")
    void badLabels(String name) {
        StoreStats stats = new StoreStats(Map.of(), LatencySummary.NONE, LatencySummary.NONE);
        IllegalArgumentException refused =
                assertThrows(IllegalArgumentException.class, () -> PrometheusText.of(stats, Map.of(name, "x")));
        assertThat(refused.getMessage(), containsString(name));
    }
}
