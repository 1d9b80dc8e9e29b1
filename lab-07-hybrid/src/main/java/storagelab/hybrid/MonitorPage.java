package storagelab.hybrid;

import com.google.common.collect.Lists;
import com.google.common.html.HtmlEscapers;
import com.google.common.io.Resources;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import storagelab.api.KeyRange;
import storagelab.api.Slice;
import storagelab.cost.EngineCosts;
import storagelab.hybrid.MonitorHistory.Round;
import storagelab.recovery.EngineKind;

/**
 * A page for a browser that shows what a {@link HybridMonitor} remembers: which engine had which keys, what moved, and why the other ranges did not.
 *
 * <p>The page is one file without a script, and loads nothing. All text in it that comes from keys is escaped.
 */
public final class MonitorPage {
    private static final int KEY_LENGTH_MAX = 40;
    private static final int DECISIONS_MAX = 50;
    private static final int MOVES_MAX = 50;
    private static final Set<String> TEXT_COLUMNS = Set.of("Began (UTC)", "Keys", "On", "To", "Verdict", "Verdicts");
    private static final double SHOWN_MIN = 0.05; // less is shown as 0
    private static final double KIB = 1_024;
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter DAY_AND_TIME =
            DateTimeFormatter.ofPattern("d MMMM uuuu, HH:mm:ss", Locale.ENGLISH).withZone(ZoneOffset.UTC);

    private final MonitorHistory history;
    private final StringBuilder html = new StringBuilder();

    private MonitorPage(MonitorHistory history) {
        this.history = history;
    }

    /** The page. */
    public static String of(MonitorHistory history, PageOptions options) {
        MonitorPage page = new MonitorPage(history);
        page.head(options);
        if (history.rounds().isEmpty()) {
            page.html.append("<p>The router has not made a round yet.</p>");
        } else {
            Round last = Lists.reverse(history.rounds()).get(0);
            page.tiles(last);
            page.chart();
            page.ranges(last);
        }
        page.moves();
        page.decisions();
        page.html.append("</main></body></html>\n");
        return page.html.toString();
    }

    private void head(PageOptions options) {
        String title = escaped(options.title());
        html.append("<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">")
                .append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">")
                .append("<meta http-equiv=\"Content-Security-Policy\"")
                .append(" content=\"default-src 'none'; style-src 'unsafe-inline'\">");
        if (!options.refresh().isZero()) {
            html.append("<meta http-equiv=\"refresh\" content=\"")
                    .append(Math.max(1, options.refresh().toSeconds()))
                    .append("\">");
        }
        html.append("<title>").append(title).append("</title><style>").append(css());
        html.append("</style></head><body>").append(PATTERNS).append("<main><h1>");
        html.append(title).append("</h1>");
        if (!options.notice().isEmpty()) {
            html.append("<p class=\"notice\" role=\"status\">")
                    .append(escaped(options.notice()))
                    .append("</p>");
        }
    }

    private static final String PATTERNS = "<svg width=\"0\" height=\"0\" class=\"defs\" aria-hidden=\"true\"><defs>"
            + "<pattern id=\"stripes\" width=\"8\" height=\"8\" patternUnits=\"userSpaceOnUse\">"
            + "<rect width=\"8\" height=\"8\" class=\"lsm-paper\"/><rect width=\"8\" height=\"3\" class=\"lsm-ink\"/></pattern>"
            + "<pattern id=\"both\" width=\"8\" height=\"8\" patternUnits=\"userSpaceOnUse\">"
            + "<rect width=\"8\" height=\"4\" class=\"btree-ink\"/><rect y=\"4\" width=\"8\" height=\"4\" class=\"lsm-ink\"/>"
            + "</pattern></defs></svg>";

    private static String css() {
        try {
            return Resources.toString(Resources.getResource(MonitorPage.class, "monitor.css"), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void tiles(Round last) {
        html.append("<p class=\"when\">Last round: ")
                .append(DAY_AND_TIME.format(Instant.ofEpochMilli(last.atMillis())))
                .append(" UTC</p><dl class=\"tiles\">");
        for (EngineKind engine : EngineKind.values()) {
            List<Decision> on = history.decisions().stream()
                    .filter(decision -> decision.from() == engine)
                    .toList();
            long bytes = on.stream()
                    .mapToLong(decision -> decision.evidence().bytes())
                    .sum();
            double requests = on.stream()
                    .mapToDouble(decision -> decision.evidence().requestsPerSecond())
                    .sum();
            tile(
                    chip(Set.of(engine)),
                    count(on.size(), "range"),
                    bytes(bytes) + ", " + number(requests) + " requests/s");
        }
        EngineCosts sum = EngineCosts.ZERO;
        double here = 0;
        for (Decision decision : history.decisions()) {
            sum = sum.plus(decision.evidence().costs());
            here += decision.evidence().costs().of(decision.from());
        }
        tile(
                "Predicted work",
                micros(here) + " a second",
                "all on the B+tree: " + micros(sum.btreeMicros()) + ", all on the LSM tree: "
                        + micros(sum.lsmMicros()));
        long ended = history.moves().stream()
                .filter(move -> move.endedMillis() != null)
                .count();
        long moved = history.moves().stream().mapToLong(MoveView::bytes).sum();
        tile("Moves remembered", count(ended, "move") + " ended", bytes(moved) + " moved");
        html.append("</dl>");
    }

    private void tile(String label, String value, String more) {
        html.append("<div><dt>").append(label).append("</dt><dd><strong>").append(value);
        html.append("</strong><span>").append(more).append("</span></dd></div>");
    }

    private void chart() {
        html.append("<section><h2>Keys over time</h2><p class=\"legend\">");
        for (EngineKind engine : EngineKind.values()) {
            html.append(chip(Set.of(engine))).append(' ');
        }
        html.append(chip(Set.of(EngineKind.values())))
                .append(" <span class=\"chip\"><i class=\"line\"></i>a move ends</span></p>")
                .append("<p class=\"note\">Time goes to the right (UTC), keys go down. Distances between keys say")
                .append(" nothing about how many there are.</p>")
                .append(MonitorChart.of(history))
                .append("</section>");
    }

    private void ranges(Round last) {
        double most = last.rows().stream()
                .mapToDouble(RangeView::requestsPerSecond)
                .max()
                .orElse(0);
        table(
                "Ranges in the last round",
                "Keys",
                "On",
                "Ranges",
                "Size",
                "Requests/s",
                "Reads",
                "Writes",
                "Scans",
                "Cost on B+tree",
                "On LSM tree",
                "Verdicts");
        for (RangeView row : last.rows()) {
            EngineCosts costs = row.costs();
            html.append("<tr>");
            keyCell(row.range());
            html.append("<td>").append(chip(row.engines())).append("</td>");
            numberCell(Integer.toString(row.rangeCount()));
            numberCell(bytes(row.bytes()));
            double share = most > 0 ? 100 * row.requestsPerSecond() / most : 0;
            html.append("<td class=\"number\">").append(number(row.requestsPerSecond()));
            html.append(String.format(Locale.ROOT, "<i class=\"bar\" style=\"width:%.1f%%\"></i></td>", share));
            numberCell(number(row.readsPerSecond()));
            numberCell(number(row.writesPerSecond()));
            numberCell(number(row.scansPerSecond()));
            costCell(costs.btreeMicros(), costs.lsmMicros());
            costCell(costs.lsmMicros(), costs.btreeMicros());
            html.append("<td>")
                    .append(row.verdicts().entrySet().stream()
                            .map(entry ->
                                    (row.rangeCount() == 1 ? "" : entry.getValue() + " × ") + name(entry.getKey()))
                            .collect(Collectors.joining(", ")))
                    .append("</td></tr>");
        }
        endTable("Costs are predicted: time for a second of requests. ◂ marks the cheaper engine.");
    }

    private void moves() {
        table("Moves, the last one first", "Began (UTC)", "Keys", "To", "Entries", "Size", "Took");
        List<MoveView> last =
                Lists.reverse(history.moves()).stream().limit(MOVES_MAX).toList();
        for (MoveView move : last) {
            html.append("<tr><td>").append(time(move.beganMillis())).append("</td>");
            keyCell(move.move().range());
            html.append("<td>")
                    .append(chip(Set.of(EngineKind.named(move.move().to()))))
                    .append("</td>");
            numberCell(String.format(Locale.ROOT, "%,d", move.entries()));
            numberCell(bytes(move.bytes()));
            numberCell(move.tookMillis().map(MonitorPage::duration).orElse("under way"));
            html.append("</tr>");
        }
        endTable(
                last.isEmpty()
                        ? "Nothing has moved."
                        : shown(last.size(), history.moves().size(), "moves"));
    }

    private void decisions() {
        List<Decision> first = history.decisions().stream()
                .sorted(Comparator.comparing((Decision decision) -> decision.verdict() == Verdict.STAYS)
                        .thenComparing(Comparator.comparingDouble((Decision decision) ->
                                        decision.evidence().requestsPerSecond())
                                .reversed()))
                .limit(DECISIONS_MAX)
                .toList();
        table(
                "Why: the last decisions",
                "Keys",
                "On",
                "Verdict",
                "Requests/s",
                "Cost on B+tree",
                "On LSM tree",
                "Cheaper for",
                "Saves",
                "Move costs",
                "Size");
        for (Decision decision : first) {
            Evidence evidence = decision.evidence();
            EngineCosts costs = evidence.costs();
            html.append("<tr>");
            keyCell(decision.range());
            html.append("<td>").append(chip(Set.of(decision.from()))).append("</td><td>");
            html.append(name(decision.verdict())).append("</td>");
            numberCell(number(evidence.requestsPerSecond()));
            costCell(costs.btreeMicros(), costs.lsmMicros());
            costCell(costs.lsmMicros(), costs.btreeMicros());
            numberCell(duration(evidence.cheaperFor().toMillis()));
            numberCell(micros(evidence.savedMicros()));
            numberCell(micros(evidence.moveMicros()));
            numberCell(bytes(evidence.bytes()));
            html.append("</tr>");
        }
        endTable(
                first.isEmpty()
                        ? "Nothing was decided."
                        : shown(first.size(), history.decisions().size(), "decisions")
                                + " Those that do not stay come first. Cheaper for: since when the other engine has been cheaper."
                                + " Saves: over the router's horizon, predicted.");
    }

    private static String shown(int shown, int all, String what) {
        return shown == all ? "" : shown + " of " + all + " " + what + ".";
    }

    private void table(String title, String... columns) {
        html.append("<section><h2>")
                .append(title)
                .append("</h2><div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"");
        html.append(title).append("\"><table><thead><tr>");
        for (String column : columns) {
            boolean isText = TEXT_COLUMNS.contains(column);
            html.append(isText ? "<th scope=\"col\">" : "<th scope=\"col\" class=\"number\">");
            html.append(column).append("</th>");
        }
        html.append("</tr></thead><tbody>");
    }

    private void endTable(String note) {
        html.append("</tbody></table></div>");
        if (!note.isBlank()) {
            html.append("<p class=\"note\">").append(note.strip()).append("</p>");
        }
        html.append("</section>");
    }

    private void keyCell(KeyRange range) {
        html.append("<td class=\"key\">").append(escaped(keys(range))).append("</td>");
    }

    private void numberCell(String text) {
        html.append("<td class=\"number\">").append(text).append("</td>");
    }

    private void costCell(double micros, double other) {
        boolean isCheaper = micros < other && !micros(micros).equals(micros(other));
        html.append(isCheaper ? "<td class=\"number cheaper\">" : "<td class=\"number\">");
        html.append(micros(micros)).append(isCheaper ? " ◂" : "").append("</td>");
    }

    private static String chip(Set<EngineKind> engines) {
        return "<span class=\"chip\"><i class=\"" + style(engines) + "\"></i>" + names(engines) + "</span>";
    }

    static String escaped(String text) {
        return HtmlEscapers.htmlEscaper().escape(text);
    }

    /** The class in the style sheet of keys on {@code engines}. */
    static String style(Set<EngineKind> engines) {
        return engines.size() == 1 ? engines.iterator().next().id() : "mixed";
    }

    static String names(Set<EngineKind> engines) {
        return engines.size() == 1 ? name(engines.iterator().next().id()) : "both";
    }

    /** What a person calls an engine. */
    static String name(String engine) {
        return switch (EngineKind.named(engine)) {
            case BTREE -> "B+tree";
            case LSM -> "LSM tree";
        };
    }

    private static String name(Verdict verdict) {
        return verdict.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    static String keys(KeyRange range) {
        Slice to = range.to();
        return "[" + key(range.from()) + ", " + (to == null ? "∞" : key(to)) + ")";
    }

    /** A key as text; of a long one its beginning and its end. */
    static String key(Slice key) {
        String text = key.isEmpty() ? "∅" : key.toString();
        int half = KEY_LENGTH_MAX / 2;
        return text.length() <= KEY_LENGTH_MAX
                ? text
                : text.substring(0, half) + "…" + text.substring(text.length() - half);
    }

    static String time(long millis) {
        return TIME.format(Instant.ofEpochMilli(millis));
    }

    private static String duration(long millis) {
        Duration time = Duration.ofMillis(millis);
        if (time.toSeconds() < 1) {
            return millis + " ms";
        }
        if (time.toMinutes() < 1) {
            return String.format(Locale.ROOT, "%.1f s", millis / 1e3);
        }
        return time.toHours() < 1
                ? String.format(Locale.ROOT, "%d min %02d s", time.toMinutes(), time.toSecondsPart())
                : String.format(Locale.ROOT, "%d h %02d min", time.toHours(), time.toMinutesPart());
    }

    private static String count(long count, String what) {
        return count + " " + what + (count == 1 ? "" : "s");
    }

    private static String number(double number) {
        if (number < SHOWN_MIN) {
            return "0";
        }
        return String.format(Locale.ROOT, number < 10 ? "%,.1f" : "%,.0f", number);
    }

    private static String bytes(long bytes) {
        String[] units = {"B", "KiB", "MiB", "GiB", "TiB"};
        double size = bytes;
        int unit = 0;
        while (size >= KIB && unit + 1 < units.length) {
            size /= KIB;
            unit++;
        }
        return unit == 0
                ? bytes + " B"
                : String.format(Locale.ROOT, size < 10 ? "%.1f %s" : "%.0f %s", size, units[unit]);
    }

    private static String micros(double micros) {
        if (micros < 1_000) {
            return number(micros) + " µs";
        }
        return micros < 1e6 ? number(micros / 1e3) + " ms" : number(micros / 1e6) + " s";
    }
}
