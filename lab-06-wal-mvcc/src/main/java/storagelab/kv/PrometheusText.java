package storagelab.kv;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import storagelab.api.LatencySummary;
import storagelab.api.Metric;
import storagelab.api.StoreStats;

/**
 * What a store counts, in the text format that Prometheus reads (version 0.0.4).
 *
 * <p>A metric has the name that Prometheus expects: {@code storagelab_}, the words of the {@linkplain Metric#name name} with
 * underscores, the unit, and {@code _total} if it only grows. Units are base units: bytes and seconds. What is counted one by one,
 * calls or pages, has no unit in its name.
 *
 * <table>
 * <caption>Examples</caption>
 * <tr><th>metric</th><th>unit</th><th>name</th></tr>
 * <tr><td>{@code wal-syncs}</td><td>syncs</td><td>{@code storagelab_wal_syncs_total}</td></tr>
 * <tr><td>{@code bytes-written}</td><td>bytes</td><td>{@code storagelab_written_bytes_total}</td></tr>
 * <tr><td>{@code stall-nanos}</td><td>ns</td><td>{@code storagelab_stall_seconds_total}</td></tr>
 * <tr><td>{@code memtable-bytes}, a gauge</td><td>bytes</td><td>{@code storagelab_memtable_bytes}</td></tr>
 * </table>
 *
 * <p>The latencies of gets and writes are summaries, {@code storagelab_get_latency_seconds} and {@code
 * storagelab_write_latency_seconds}, with the quantiles 0.5, 0.99, 0.999 and 1. A store that times a sample of its calls counts that
 * sample there; {@code storagelab_gets_total} counts all calls.
 *
 * <p>Counters begin at zero when a store is opened, which Prometheus expects of a restart. The content type to serve it with is
 * {@link #CONTENT_TYPE}.
 */
public final class PrometheusText {
    /** The content type of the text. */
    public static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private static final String PREFIX = "storagelab_";
    private static final Pattern LABEL = Pattern.compile("(?!__)[a-zA-Z_][a-zA-Z0-9_]*");
    private static final double NANOS_A_SECOND = 1e9;

    private final StringBuilder text = new StringBuilder();
    private final String labels; // without the braces

    private PrometheusText(Map<String, String> labels) {
        List<String> pairs = new ArrayList<>();
        labels.forEach((name, value) -> {
            if (!LABEL.matcher(name).matches() || name.equals("quantile")) {
                throw new IllegalArgumentException("a label named \"" + name + "\"");
            }
            pairs.add(name + "=\"" + escaped(value).replace("\"", "\\\"") + "\"");
        });
        this.labels = String.join(",", pairs);
    }

    /** The text of {@code stats}, without labels. */
    public static String of(StoreStats stats) {
        return of(stats, Map.of());
    }

    /**
     * The text of {@code stats}.
     *
     * @param labels that every sample gets, to tell stores from each other: {@code store}, say, and the name of the store
     * @throws IllegalArgumentException if Prometheus allows no label of such a name
     */
    public static String of(StoreStats stats, Map<String, String> labels) {
        PrometheusText out = new PrometheusText(labels);
        stats.metrics().forEach(out::add);
        out.add("get_latency_seconds", "How long gets took; some stores time a sample of them.", stats.getLatency());
        out.add(
                "write_latency_seconds",
                "How long writes took, stalls included; some stores time a sample of them.",
                stats.writeLatency());
        return out.text.toString();
    }

    /** What Prometheus calls a metric. */
    public static String nameOf(Metric metric) {
        List<String> words = new ArrayList<>(Arrays.asList(metric.name().split("-")));
        if (isBytes(metric)) {
            words.remove("bytes");
            words.add("bytes");
        } else if (isNanos(metric)) {
            words.remove("nanos");
            words.add("seconds");
        }
        if (metric.kind() == Metric.Kind.COUNTER) {
            words.add("total");
        }
        return PREFIX + String.join("_", words);
    }

    private static boolean isBytes(Metric metric) {
        return metric.unit().equals("bytes") || metric.unit().equals("B");
    }

    private static boolean isNanos(Metric metric) {
        return metric.unit().equals("ns");
    }

    private void add(Metric metric, long value) {
        String name = nameOf(metric);
        head(name, metric.description(), metric.kind() == Metric.Kind.COUNTER ? "counter" : "gauge");
        sample(name, labels, isNanos(metric) ? seconds(value) : Long.toString(value));
    }

    private void add(String shortName, String help, LatencySummary latency) {
        String name = PREFIX + shortName;
        head(name, help, "summary");
        if (latency.count() > 0) {
            quantile(name, "0.5", latency.p50Nanos());
            quantile(name, "0.99", latency.p99Nanos());
            quantile(name, "0.999", latency.p999Nanos());
            quantile(name, "1", latency.maxNanos());
        }
        sample(name + "_sum", labels, seconds(latency.sumNanos()));
        sample(name + "_count", labels, Long.toString(latency.count()));
    }

    private void quantile(String name, String quantile, long nanos) {
        sample(name, (labels.isEmpty() ? "" : labels + ",") + "quantile=\"" + quantile + "\"", seconds(nanos));
    }

    private void head(String name, String help, String type) {
        text.append("# HELP ").append(name).append(' ').append(escaped(help)).append('\n');
        text.append("# TYPE ").append(name).append(' ').append(type).append('\n');
    }

    private void sample(String name, String pairs, String value) {
        text.append(name);
        if (!pairs.isEmpty()) {
            text.append('{').append(pairs).append('}');
        }
        text.append(' ').append(value).append('\n');
    }

    private static String seconds(long nanos) {
        return Double.toString(nanos / NANOS_A_SECOND);
    }

    private static String escaped(String words) {
        return words.replace("\\", "\\\\").replace("\n", "\\n");
    }
}
