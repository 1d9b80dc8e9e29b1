package storagelab.grader.report;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import storagelab.grader.model.PeersResult;
import storagelab.grader.model.PeersResult.Cell;
import storagelab.grader.model.PeersResult.Engine;
import storagelab.grader.model.PeersResult.Row;
import storagelab.grader.model.PeersResult.Target;

/** Storage engines side by side, for the console. */
public final class PeersTable {
    private static final int PERCENT = 100;
    private static final double THOUSAND = 1e3;
    private static final double MILLION = 1e6;

    /** Figures besides the speed, as the measuring side calls them, and as people do. */
    private static final List<Column> FIGURES = List.of(
            new Column("fillrandom", "FILE_TO_DATA", "files over data"),
            new Column("fillrandom", "WRITE_AMPLIFICATION", "written over put"),
            new Column("fillrandom", "OWN_WRITE_AMPLIFICATION", "by its count"),
            new Column("reopen-kill", "MILLIS", "ms"),
            new Column("reopen-kill", "RECORDS_LOST", "lost"),
            new Column("reopen-clean", "MILLIS", "ms"),
            new Column("reopen-clean", "RECORDS_LOST", "lost"),
            new Column("overload", "MICROS_MEDIAN", "median us"),
            new Column("overload", "MICROS_P999", "p99.9 us"),
            new Column("overload", "MICROS_MAX", "longest us"),
            new Column("overload", "MICROS_SYNC", "a sync, us"),
            new Column("overload", "SLOW_INTERVAL", "slow/median"),
            new Column("bulkload", "FILE_BYTES_PER_SECOND", "file bytes/s"),
            new Column("bulkload", "DISK_BYTES_PER_SECOND", "disk bytes/s"),
            new Column("big-load", "FILE_TO_DATA", "files over data"),
            new Column("big-load", "WRITE_AMPLIFICATION", "written over put"),
            new Column("big-load", "OWN_WRITE_AMPLIFICATION", "by its count"),
            new Column("big-read", "PAGE_READS_PER_GET", "page reads a get"),
            new Column("shop-load", "WRITE_AMPLIFICATION", "written over put"),
            new Column("shop-load", "OWN_WRITE_AMPLIFICATION", "by its count"),
            new Column("shop-load", "FILE_TO_DATA", "files over data"),
            new Column("shop", "MICROS_MEDIAN", "median us"),
            new Column("shop", "MICROS_P99", "p99 us"),
            new Column("shop", "MICROS_P999", "p99.9 us"),
            new Column("shop", "WRITE_AMPLIFICATION", "written over put"),
            new Column("shop", "OWN_WRITE_AMPLIFICATION", "by its count"),
            new Column("shop", "FILE_TO_DATA", "files over data"),
            new Column("shop-shift", "MICROS_MEDIAN", "median us"),
            new Column("shop-shift", "MICROS_P99", "p99 us"),
            new Column("shop-shift", "MICROS_P999", "p99.9 us"),
            new Column("shop-shift", "WRITE_AMPLIFICATION", "written over put"),
            new Column("shop-shift", "OWN_WRITE_AMPLIFICATION", "by its count"),
            new Column("shop2", "MICROS_MEDIAN", "median us"),
            new Column("shop2", "MICROS_P99", "p99 us"),
            new Column("shop2", "MICROS_P999", "p99.9 us"),
            new Column("shop2", "WRITE_AMPLIFICATION", "written over put"),
            new Column("shop2", "OWN_WRITE_AMPLIFICATION", "by its count"),
            new Column("shop-shift2", "MICROS_MEDIAN", "median us"),
            new Column("shop-shift2", "MICROS_P99", "p99 us"),
            new Column("shop-shift2", "MICROS_P999", "p99.9 us"),
            new Column("shop-shift2", "WRITE_AMPLIFICATION", "written over put"),
            new Column("shop-shift2", "OWN_WRITE_AMPLIFICATION", "by its count"),
            new Column("shop-read", "MICROS_MEDIAN", "median us"),
            new Column("shop-read", "MICROS_P99", "p99 us"),
            new Column("shop-read", "MICROS_P999", "p99.9 us"),
            new Column("shop-write", "MICROS_MEDIAN", "median us"),
            new Column("shop-write", "MICROS_P99", "p99 us"),
            new Column("shop-write", "MICROS_P999", "p99.9 us"),
            new Column("shop-write", "WRITE_AMPLIFICATION", "written over put"),
            new Column("shop-write", "OWN_WRITE_AMPLIFICATION", "by its count"),
            new Column("shop-scan", "MICROS_MEDIAN", "median us"),
            new Column("shop-scan", "MICROS_P99", "p99 us"),
            new Column("shop-scan", "MICROS_P999", "p99.9 us"));

    /** A figure of a workload. */
    private record Column(String workload, String figure, String description) {}

    private final PeersResult result;
    private final StringBuilder out = new StringBuilder();
    private final List<String> engines;
    private boolean anyDisturbed;

    private PeersTable(PeersResult result) {
        this.result = result;
        engines = result.engines().stream()
                .filter(engine -> engine.problem().isEmpty())
                .map(Engine::name)
                .toList();
    }

    /** Speeds, then what else was seen, then each target with how it ended, then what has to be known to read them. */
    public static String render(PeersResult result) {
        PeersTable table = new PeersTable(result);
        table.speeds();
        table.figures();
        table.targets();
        table.remarks();
        return table.out.toString();
    }

    private void speeds() {
        row("per second", engines);
        for (Row row : result.rows()) {
            row(row.workload(), cells(row, this::speed));
            boolean severalRounds = result.setup().rounds() > 1;
            if (severalRounds) {
                row("", cells(row, PeersTable::range));
            }
        }
    }

    /** A way to write a cell. */
    private interface Writing {
        String of(Cell cell);
    }

    private List<String> cells(Row row, Writing writing) {
        return engines.stream()
                .map(engine -> row.cells().get(engine))
                .map(cell -> cell == null ? "-" : writing.of(cell))
                .toList();
    }

    private String speed(Cell cell) {
        if (!cell.problem().isEmpty()) {
            return "failed";
        }
        anyDisturbed |= cell.disturbed();
        return rate(cell.median()) + (cell.disturbed() ? "*" : "");
    }

    private static String range(Cell cell) {
        return cell.problem().isEmpty() ? rate(cell.low()) + "-" + rate(cell.high()) : "";
    }

    private void figures() {
        boolean first = true;
        for (Column column : FIGURES) {
            for (Row row : result.rows()) {
                boolean seen = row.workload().equals(column.workload())
                        && row.cells().values().stream()
                                .anyMatch(cell -> cell.figures().containsKey(column.figure()));
                if (seen) {
                    out.append(first ? "\n" : "");
                    first = false;
                    row(
                            column.workload() + ", " + column.description(),
                            cells(
                                    row,
                                    cell -> figure(
                                            column.figure(), cell.figures().get(column.figure()))));
                }
            }
        }
    }

    private static String figure(String name, @Nullable Double value) {
        if (value == null) {
            return "-";
        }
        if (name.equals("RECORDS_LOST")) {
            return String.format(Locale.ROOT, "%.0f", value);
        }
        return name.endsWith("_PER_SECOND") || name.startsWith("MI") ? rate(value) : Figures.ratio(value);
    }

    private void targets() {
        if (result.targets().isEmpty()) {
            return;
        }
        out.append("\ntargets\n");
        for (Target target : result.targets()) {
            out.append(String.format(Locale.ROOT, "  %-64s %s\n", target.description(), outcome(target)));
        }
    }

    private static String outcome(Target target) {
        String value = Figures.ratio(target.value());
        return switch (target.outcome()) {
            case MET -> "met: " + value;
            case MISSED -> String.format(Locale.ROOT, "missed by %.0f %%: %s", PERCENT * target.missedBy(), value);
            case OPEN ->
                Double.isFinite(target.value()) ? "open: " + value + " on a busy machine" : "open: not measured";
        };
    }

    private void remarks() {
        out.append('\n');
        if (anyDisturbed) {
            out.append("* the machine was busy with something else in every round\n");
        }
        if (!result.leftOut().isEmpty()) {
            out.append("left out, for the machine was busy (a fixed computation beside it ran at less than 85 % of its"
                    + " best): ");
            out.append(String.join(", ", result.leftOut())).append('\n');
        }
        for (Row row : result.rows()) {
            row.cells().forEach((engine, cell) -> {
                if (!cell.problem().isEmpty() && engines.contains(engine)) {
                    out.append(row.workload() + " of " + engine + " failed: ");
                    out.append(PlainText.clean(cell.problem())).append('\n');
                }
            });
        }
        for (Engine engine : result.engines()) {
            out.append(engine.name()).append(": ").append(engine.description());
            if (!engine.problem().isEmpty()) {
                out.append("; not measured: ").append(PlainText.clean(engine.problem()));
            }
            out.append('\n');
        }
    }

    private void row(String name, List<String> cells) {
        FigureRows.OF_ENGINES.append(out, name, cells);
    }

    /** Three digits: {@code 1.07M}, {@code 192k}, {@code 11.5k}. */
    private static String rate(double value) {
        if (!Double.isFinite(value)) {
            return "-";
        }
        if (value >= THOUSAND * MILLION) {
            return digits(value / (THOUSAND * MILLION)) + "G";
        }
        if (value >= MILLION) {
            return digits(value / MILLION) + "M";
        }
        return value >= THOUSAND ? digits(value / THOUSAND) + "k" : digits(value);
    }

    private static String digits(double value) {
        int decimals = value >= 100 ? 0 : value >= 10 ? 1 : 2;
        return String.format(Locale.ROOT, "%." + decimals + "f", value);
    }
}
