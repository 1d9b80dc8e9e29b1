package storagelab.experiment;

import java.util.ArrayList;
import java.util.List;

/** A picture of numbers, as data: drawing it is somebody else's work. */
public sealed interface Plot {
    /** What it shows. */
    String title();

    /** The vertical axis. */
    Axis y();

    /** How the points of a series are drawn. */
    enum Style {
        /** A mark for each point, joined by lines. */
        MARKS_AND_LINE,
        /** A mark for each point. */
        MARKS,
        /** A dashed line without marks: a fit or a formula, not a measurement. */
        DASHED_LINE
    }

    /**
     * Points that belong together.
     *
     * @param name what the legend says
     * @param style how they are drawn
     * @param x abscissae
     * @param y ordinates, as many
     */
    record Series(String name, Style style, List<Double> x, List<Double> y) {
        /** Copies the points. */
        public Series {
            x = List.copyOf(x);
            y = List.copyOf(y);
            if (x.size() != y.size() || x.isEmpty()) {
                throw new IllegalArgumentException(name + " has " + x.size() + " abscissae for " + y.size());
            }
        }

        /** An empty series to collect points in. */
        public static SeriesBuilder named(String name) {
            return new SeriesBuilder(name);
        }
    }

    /** Collects the points of a series while they are measured. */
    final class SeriesBuilder {
        private final String name;
        private final List<Double> x = new ArrayList<>();
        private final List<Double> y = new ArrayList<>();

        private SeriesBuilder(String name) {
            this.name = name;
        }

        /** What the legend will say. */
        public String name() {
            return name;
        }

        /** Appends a point. */
        public SeriesBuilder add(double abscissa, double ordinate) {
            x.add(abscissa);
            y.add(ordinate);
            return this;
        }

        /** The abscissae so far, in the order in which they were added; a copy. */
        public List<Double> x() {
            return List.copyOf(x);
        }

        /** The ordinates so far, in the order in which they were added; a copy. */
        public List<Double> y() {
            return List.copyOf(y);
        }

        /** The points, to be drawn in {@code style}. */
        public Series as(Style style) {
            return new Series(name, style, x, y);
        }
    }

    /**
     * Points over a numeric axis.
     *
     * @param title what it shows
     * @param x the horizontal axis
     * @param y the vertical axis
     * @param series what is drawn
     */
    record Curves(String title, Axis x, Axis y, List<Series> series) implements Plot {
        /** Copies the series; on a logarithmic axis every value must be positive. */
        public Curves {
            series = List.copyOf(series);
            for (Series one : series) {
                requirePositive(x, one.x());
                requirePositive(y, one.y());
            }
        }
    }

    /**
     * Bars of one kind, one for each category.
     *
     * @param name what the legend says
     * @param heights one number for each category
     */
    record Group(String name, List<Double> heights) {
        /** Copies the heights. */
        public Group {
            heights = List.copyOf(heights);
        }
    }

    /**
     * A bar, or one of each of several kinds, for each of several things.
     *
     * @param title what it shows
     * @param categories what the bars stand for
     * @param y the vertical axis
     * @param groups the kinds of bars, drawn side by side
     */
    record Bars(String title, List<String> categories, Axis y, List<Group> groups) implements Plot {
        /** Copies the lists; on a logarithmic axis every height must be positive. */
        public Bars {
            categories = List.copyOf(categories);
            groups = List.copyOf(groups);
            for (Group group : groups) {
                if (categories.size() != group.heights().size()) {
                    throw new IllegalArgumentException(group + " for " + categories);
                }
                requirePositive(y, group.heights());
            }
        }
    }

    private static void requirePositive(Axis axis, List<Double> values) {
        for (double value : values) {
            if (axis.scale() == Axis.Scale.LOGARITHMIC && value <= 0) {
                throw new IllegalArgumentException(value + " on the logarithmic axis of " + axis.label());
            }
        }
    }
}
