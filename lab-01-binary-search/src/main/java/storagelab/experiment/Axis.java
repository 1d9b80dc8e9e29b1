package storagelab.experiment;

/**
 * One axis of a plot.
 *
 * @param label what is measured along it
 * @param unit in what, empty where things are counted
 * @param scale how values are spread
 */
public record Axis(String label, String unit, Scale scale) {
    /** How values are spread along an axis. */
    public enum Scale {
        /** Equal steps are equal differences. */
        LINEAR,
        /** Equal steps are equal factors; every value must be positive. */
        LOGARITHMIC
    }

    /** An axis with equal differences. */
    public static Axis linear(String label, String unit) {
        return new Axis(label, unit, Scale.LINEAR);
    }

    /** An axis with equal factors. */
    public static Axis logarithmic(String label, String unit) {
        return new Axis(label, unit, Scale.LOGARITHMIC);
    }

    /** The label with its unit: {@code "open time (ms)"}. */
    public String title() {
        return unit.isEmpty() ? label : label + " (" + unit + ")";
    }
}
