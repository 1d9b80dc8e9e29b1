package storagelab.grader.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.escape.Escaper;
import com.google.common.xml.XmlEscapers;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.ChartEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.internal.chartpart.IChart;
import org.knowm.xchart.style.AxesChartStyler;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;
import storagelab.experiment.Axis;
import storagelab.experiment.Plot;

/** Draws plots as pictures, without a screen. */
final class PlotImage {
    private static final int WIDTH_PIXELS = 860;
    private static final int HEIGHT_PIXELS = 520;
    private static final Color INK = new Color(0x33, 0x33, 0x33);
    private static final Color GRID = new Color(0xe8, 0xe8, 0xe8);

    /** The palette of Okabe and Ito, which colour-blind readers can tell apart. */
    private static final Color[] PALETTE = {
        new Color(0x00, 0x72, 0xb2), new Color(0xd5, 0x5e, 0x00), new Color(0x00, 0x9e, 0x73),
        new Color(0xcc, 0x79, 0xa7), new Color(0xe6, 0x9f, 0x00), new Color(0x56, 0xb4, 0xe9),
    };

    private static final Marker[] MARKERS = {
        SeriesMarkers.CIRCLE,
        SeriesMarkers.SQUARE,
        SeriesMarkers.DIAMOND,
        SeriesMarkers.TRIANGLE_UP,
        SeriesMarkers.CROSS
    };

    private static final int MARKS_MAX = 40;
    private static final BasicStroke SOLID = new BasicStroke(2f);
    private static final BasicStroke DASHED =
            new BasicStroke(2f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_BEVEL, 1f, new float[] {7f, 5f}, 0);

    private PlotImage() {}

    /** Writes {@code name.svg} and {@code name.png} into {@code directory}. */
    static void write(Plot plot, Path directory, String name) throws IOException {
        IChart chart = plot instanceof Plot.Curves curves ? curves(curves) : bars((Plot.Bars) plot);
        Files.writeString(directory.resolve(name + ".svg"), svg(chart, plot), UTF_8);
        try (OutputStream png = new BufferedOutputStream(Files.newOutputStream(directory.resolve(name + ".png")))) {
            ChartEncoder.saveChart(chart, png, "png");
        }
    }

    /** The chart's letters are drawn as outlines; a title and a description in words go in for those who listen. */
    private static String svg(IChart chart, Plot plot) throws IOException {
        String drawing = new String(ChartEncoder.getBytes(chart, "svg"), UTF_8);
        int root = drawing.indexOf("<svg");
        int inside = drawing.indexOf('>', root) + 1;
        Escaper escaper = XmlEscapers.xmlContentEscaper();
        return drawing.substring(0, inside)
                + "\n  <title>" + escaper.escape(plot.title()) + "</title>"
                + "\n  <desc>" + escaper.escape(describe(plot)) + "</desc>"
                + drawing.substring(inside);
    }

    private static String describe(Plot plot) {
        if (plot instanceof Plot.Curves curves) {
            String names = curves.series().stream().map(Plot.Series::name).collect(Collectors.joining(", "));
            return "Horizontal: " + curves.x().title() + ". Vertical: "
                    + curves.y().title() + ". Series: " + names + ".";
        }
        Plot.Bars bars = (Plot.Bars) plot;
        String names = bars.groups().stream().map(Plot.Group::name).collect(Collectors.joining(", "));
        return "Vertical: " + bars.y().title() + ". Bars: " + String.join(", ", bars.categories()) + ". Series: "
                + names + ".";
    }

    private static XYChart curves(Plot.Curves plot) {
        XYChart chart = new XYChartBuilder()
                .width(WIDTH_PIXELS)
                .height(HEIGHT_PIXELS)
                .title(plot.title())
                .xAxisTitle(plot.x().title())
                .yAxisTitle(plot.y().title())
                .build();
        AxesChartStyler styler = chart.getStyler();
        style(styler, plot.y());
        styler.setLegendVisible(plot.series().size() > 1);
        styler.setXAxisLogarithmic(plot.x().scale() == Axis.Scale.LOGARITHMIC);
        styler.setXAxisTickLabelsFormattingFunction(ticks(plot.x()));
        for (int i = 0; i < plot.series().size(); i++) {
            Plot.Series series = plot.series().get(i);
            XYSeries drawn = chart.addSeries(series.name(), array(series.x()), array(series.y()));
            drawn.setMarkerColor(PALETTE[i % PALETTE.length]);
            drawn.setLineColor(PALETTE[i % PALETTE.length]);
            drawn.setMarker(hasMarks(series) ? MARKERS[i % MARKERS.length] : SeriesMarkers.NONE);
            drawn.setLineStyle(series.style() == Plot.Style.DASHED_LINE ? DASHED : SOLID);
            if (series.style() == Plot.Style.MARKS) {
                drawn.setXYSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Scatter);
            }
        }
        return chart;
    }

    private static CategoryChart bars(Plot.Bars plot) {
        CategoryChart chart = new CategoryChartBuilder()
                .width(WIDTH_PIXELS)
                .height(HEIGHT_PIXELS)
                .title(plot.title())
                .yAxisTitle(plot.y().title())
                .build();
        style(chart.getStyler(), plot.y());
        chart.getStyler().setLegendVisible(plot.groups().size() > 1);
        chart.getStyler().setPlotGridVerticalLinesVisible(false);
        chart.getStyler().setAvailableSpaceFill(0.5);
        chart.getStyler().setLabelsVisible(true);
        chart.getStyler().setLabelsPosition(1.06);
        chart.getStyler().setLabelsFontColor(INK);
        if (plot.y().scale() == Axis.Scale.LOGARITHMIC) {
            chart.getStyler().setYAxisMin(decadeBelow(plot.groups()));
        }
        for (int i = 0; i < plot.groups().size(); i++) {
            Plot.Group group = plot.groups().get(i);
            List<Double> heights =
                    group.heights().stream().map(PlotImage::rounded).toList();
            chart.addSeries(group.name(), plot.categories(), heights).setFillColor(PALETTE[i % PALETTE.length]);
        }
        return chart;
    }

    /** To three significant digits, because the height is written above the bar. */
    private static double rounded(double height) {
        return new BigDecimal(height).round(new MathContext(3)).doubleValue();
    }

    private static double decadeBelow(List<Plot.Group> groups) {
        double smallest = groups.stream()
                .flatMap(group -> group.heights().stream())
                .mapToDouble(Double::doubleValue)
                .min()
                .orElse(1);
        return Math.pow(10, Math.floor(Math.log10(smallest)));
    }

    private static void style(AxesChartStyler styler, Axis y) {
        Font font = new Font(Font.SANS_SERIF, Font.PLAIN, 14);
        styler.setChartBackgroundColor(Color.WHITE).setPlotBorderVisible(false);
        styler.setChartFontColor(INK)
                .setChartTitleFont(font.deriveFont(Font.BOLD, 16f))
                .setChartTitleBoxVisible(false);
        styler.setLegendPosition(Styler.LegendPosition.OutsideS).setLegendLayout(Styler.LegendLayout.Horizontal);
        styler.setLegendBorderColor(Color.WHITE).setLegendFont(font).setMarkerSize(8);
        styler.setAxisTitleFont(font)
                .setAxisTickLabelsFont(font.deriveFont(13f))
                .setPlotGridLinesColor(GRID);
        styler.setPlotGridLinesStroke(new BasicStroke(1f));
        styler.setYAxisLogarithmic(y.scale() == Axis.Scale.LOGARITHMIC);
        styler.setYAxisTickLabelsFormattingFunction(ticks(y));
        styler.setYAxisLabelAlignment(AxesChartStyler.TextAlignment.Right);
        if (y.scale() == Axis.Scale.LINEAR) {
            styler.setYAxisMin(0.0);
        }
    }

    /** Marks stand apart, or they hide the line. */
    private static boolean hasMarks(Plot.Series series) {
        return series.style() != Plot.Style.DASHED_LINE && series.x().size() <= MARKS_MAX;
    }

    /** On an axis that counts things there is nothing between the whole numbers. */
    private static Function<Double, String> ticks(Axis axis) {
        return value -> axis.unit().isEmpty() && value != Math.rint(value) ? "" : tick(value);
    }

    /** {@code 0.001}, {@code 250}, {@code 1,000}, {@code 2.5 M}: short enough to stand beside an axis. */
    static String tick(double value) {
        double size = Math.abs(value);
        if (size >= 1e9) {
            return plain(value / 1e9) + " G";
        }
        return size >= 1e6 ? plain(value / 1e6) + " M" : plain(value);
    }

    private static String plain(double value) {
        return new DecimalFormat("#,##0.######", DecimalFormatSymbols.getInstance(Locale.ROOT)).format(value);
    }

    private static double[] array(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).toArray();
    }
}
