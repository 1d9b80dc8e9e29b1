package storagelab.experiment;

import java.util.Locale;

/** Numbers with their units as people say them, for the sentences of a result. */
public final class Quantity {
    private static final double MINUTE_SECONDS = 60;
    private static final double HOUR_SECONDS = 3600;
    private static final double DAY_SECONDS = 86_400;

    private Quantity() {}

    /** Three significant digits at least, thousands separated: {@code "1,234"}, {@code "12.3"}, {@code "0.0457"}. */
    public static String number(double value) {
        double size = Math.abs(value);
        if (size >= 100 || size == Math.rint(size)) {
            return String.format(Locale.ROOT, "%,.0f", value);
        }
        int decimals = size >= 10 ? 1 : size >= 1 ? 2 : 2 - (int) Math.floor(Math.log10(size));
        return String.format(Locale.ROOT, "%." + decimals + "f", value);
    }

    /** A duration in the unit that suits it: {@code "850 ns"}, {@code "1.20 ms"}, {@code "3.2 hours"}. */
    public static String duration(double nanos) {
        double seconds = nanos / 1e9;
        if (seconds >= DAY_SECONDS) {
            return String.format(Locale.ROOT, "%.1f days", seconds / DAY_SECONDS);
        }
        if (seconds >= HOUR_SECONDS) {
            return String.format(Locale.ROOT, "%.1f hours", seconds / HOUR_SECONDS);
        }
        if (seconds >= 2 * MINUTE_SECONDS) {
            return String.format(Locale.ROOT, "%.0f minutes", seconds / MINUTE_SECONDS);
        }
        if (seconds >= 1) {
            return number(seconds) + " s";
        }
        if (nanos >= 1e6) {
            return number(nanos / 1e6) + " ms";
        }
        return nanos >= 1e3 ? number(nanos / 1e3) + " µs" : number(nanos) + " ns";
    }

    /** A size in binary units: {@code "512 B"}, {@code "4 KiB"}, {@code "1.50 GiB"}. */
    public static String bytes(double bytes) {
        String[] units = {"B", "KiB", "MiB", "GiB", "TiB"};
        double value = bytes;
        int unit = 0;
        while (value >= 1024 && unit < units.length - 1) {
            value /= 1024;
            unit++;
        }
        return number(value) + " " + units[unit];
    }
}
