package storagelab.hybrid;

import static storagelab.hybrid.MonitorPage.escaped;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import storagelab.api.KeyRange;
import storagelab.api.Slice;
import storagelab.hybrid.MonitorHistory.Round;
import storagelab.recovery.EngineKind;

/**
 * Draws which engine had which keys, round after round: time from left to right, keys from top to bottom, and a line where a range moved.
 *
 * <p>Between two boundaries that any of the rounds had there is the same distance, however many keys there are between them: a boundary keeps its place while
 * others come and go.
 */
final class MonitorChart {
    private static final double WIDTH = 1_000; // stretched to the width of the page
    private static final double HEIGHT = 320; // pixels
    private static final double LABEL_HEIGHT = 16; // pixels
    private static final double LINE_MIN = 3; // the least height of a line for a move

    private final List<Round> rounds;
    private final List<MoveView> moves;
    private final List<Slice> boundaries; // of all rounds, ascending; the first is the empty key
    private final long firstMillis;
    private final long lastMillis; // where the last round ends
    private final StringBuilder html = new StringBuilder();

    private MonitorChart(MonitorHistory history) {
        this.rounds = history.rounds();
        this.moves = history.moves();
        Set<Slice> all = new TreeSet<>();
        rounds.forEach(round -> round.rows().forEach(row -> all.add(row.range().from())));
        this.boundaries = new ArrayList<>(all);
        this.firstMillis = rounds.get(0).atMillis();
        long last = rounds.get(rounds.size() - 1).atMillis();
        long moved = moves.stream().mapToLong(MonitorChart::endOf).max().orElse(last);
        long usual = rounds.size() > 1 ? (last - firstMillis) / (rounds.size() - 1) : 1;
        this.lastMillis = Math.max(last + Math.max(1, usual), moved);
    }

    private static long endOf(MoveView move) {
        Long ended = move.endedMillis();
        return ended == null ? move.beganMillis() : ended;
    }

    /** The chart as HTML. There must be a round. */
    static String of(MonitorHistory history) {
        MonitorChart chart = new MonitorChart(history);
        chart.html.append("<div class=\"chart\"><div class=\"keys\" aria-hidden=\"true\">");
        chart.labels();
        chart.html
                .append("</div><svg viewBox=\"0 0 1000 320\" preserveAspectRatio=\"none\" role=\"img\" aria-label=\"")
                .append("Which engine had which keys, over time. The tables below say the same in words.\">");
        chart.blocks();
        chart.moves();
        chart.html.append("</svg><div class=\"times\"><span>").append(MonitorPage.time(chart.firstMillis));
        chart.html.append("</span><span>").append(MonitorPage.time(chart.lastMillis));
        chart.html.append("</span></div></div>");
        return chart.html.toString();
    }

    /** The boundaries of the last round, as far as there is room for them. */
    private void labels() {
        double free = 0;
        for (RangeView row : rounds.get(rounds.size() - 1).rows()) {
            double y = y(row.range().from());
            if (y >= free && y + LABEL_HEIGHT <= HEIGHT) {
                html.append(String.format(Locale.ROOT, "<span style=\"top:%.1fpx\">", y));
                html.append(escaped(MonitorPage.key(row.range().from()))).append("</span>");
                free = y + LABEL_HEIGHT;
            }
        }
    }

    /** Rounds that look alike are one block each for rows that do. */
    private void blocks() {
        int from = 0;
        for (int i = 1; i <= rounds.size(); i++) {
            if (i == rounds.size() || !bands(rounds.get(i)).equals(bands(rounds.get(from)))) {
                double x = x(rounds.get(from).atMillis());
                double end = x(i == rounds.size() ? lastMillis : rounds.get(i).atMillis());
                for (Band band : bands(rounds.get(from))) {
                    block(band, x, end);
                }
                from = i;
            }
        }
    }

    /** Neighbouring rows on the same engines. */
    private record Band(KeyRange range, Set<EngineKind> engines) {}

    private static List<Band> bands(Round round) {
        List<Band> bands = new ArrayList<>();
        for (RangeView row : round.rows()) {
            Band before = bands.isEmpty() ? null : bands.get(bands.size() - 1);
            if (before != null && before.engines.equals(row.engines())) {
                KeyRange both = new KeyRange(before.range.from(), row.range().to());
                bands.set(bands.size() - 1, new Band(both, row.engines()));
            } else {
                bands.add(new Band(row.range(), row.engines()));
            }
        }
        return bands;
    }

    private void block(Band band, double x, double end) {
        double y = y(band.range.from());
        html.append(String.format(
                Locale.ROOT,
                "<rect class=\"%s\" x=\"%.2f\" y=\"%.2f\" width=\"%.2f\" height=\"%.2f\"><title>",
                MonitorPage.style(band.engines),
                x,
                y,
                end - x,
                bottom(band.range) - y));
        html.append(escaped(MonitorPage.keys(band.range) + " on " + MonitorPage.names(band.engines)));
        html.append("</title></rect>");
    }

    /** A line for each move, where it ended; where it began, if it has not. */
    private void moves() {
        for (MoveView move : moves) {
            if (endOf(move) < firstMillis) {
                continue; // before the first round that is shown
            }
            KeyRange range = move.move().range();
            double y = y(range.from());
            double x = x(endOf(move));
            html.append(String.format(
                    Locale.ROOT,
                    "<path class=\"move%s\" d=\"M%.2f %.2fV%.2f\"><title>",
                    move.endedMillis() == null ? " running" : "",
                    x,
                    y,
                    Math.max(y + LINE_MIN, bottom(range))));
            html.append(escaped(MonitorPage.keys(range) + " to "
                    + MonitorPage.name(move.move().to()) + ", " + MonitorPage.time(endOf(move))));
            html.append("</title></path>");
        }
    }

    private double x(long millis) {
        double share = (millis - firstMillis) / (double) (lastMillis - firstMillis);
        return WIDTH * Math.max(0, Math.min(1, share));
    }

    private double y(Slice key) {
        int below = 0;
        while (below + 1 < boundaries.size() && boundaries.get(below + 1).compareTo(key) <= 0) {
            below++;
        }
        return HEIGHT * below / boundaries.size();
    }

    private double bottom(KeyRange range) {
        Slice to = range.to();
        return to == null ? HEIGHT : y(to);
    }
}
