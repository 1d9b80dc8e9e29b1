package storagelab.grader.report;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;

/** Numbers as people read them, the same in every locale. */
public final class Figures {
    private Figures() {}

    /** Points without needless zeros: {@code 8}, {@code 7.5}, {@code 6.67}. */
    public static String points(double points) {
        return BigDecimal.valueOf(points)
                .setScale(2, RoundingMode.HALF_UP)
                .stripTrailingZeros()
                .toPlainString();
    }

    /** A counted cost: separators between thousands, and below a thousand up to two decimals. */
    public static String count(double value) {
        if (value == Math.rint(value)) {
            return String.format(Locale.ROOT, "%,d", (long) value);
        }
        if (Math.abs(value) >= 1_000) {
            return String.format(Locale.ROOT, "%,.0f", value);
        }
        return points(value);
    }

    /** A ratio: {@code 1.07}. */
    public static String ratio(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }

    /** The time of a call: {@code 8.3 ns}, {@code 412 ns}, {@code 3.1 µs}. */
    public static String nanos(double nanos) {
        if (nanos < 100) {
            return String.format(Locale.ROOT, "%.1f ns", nanos);
        }
        if (nanos < 1_000) {
            return String.format(Locale.ROOT, "%.0f ns", nanos);
        }
        return nanos < 1e6
                ? String.format(Locale.ROOT, "%.1f µs", nanos / 1e3)
                : String.format(Locale.ROOT, "%.1f ms", nanos / 1e6);
    }

    /** A time: {@code 12 ms}, {@code 1.2 s}, {@code 2 min 5 s}. */
    public static String millis(long millis) {
        if (millis < 1_000) {
            return millis + " ms";
        }
        if (millis < 60_000) {
            return String.format(Locale.ROOT, "%.1f s", millis / 1_000.0);
        }
        return millis / 60_000 + " min " + millis % 60_000 / 1_000 + " s";
    }

    /** {@code 1 test}, {@code 2 tests}. */
    public static String counted(long count, String noun) {
        return count + " " + noun + (count == 1 ? "" : "s");
    }

    /** How much of {@code whole} is {@code part}, in percent, 0 when there is nothing to have. */
    public static int percent(double part, double whole) {
        return whole <= 0 ? 0 : (int) Math.floor(100 * Math.min(part, whole) / whole + 1e-9);
    }
}
