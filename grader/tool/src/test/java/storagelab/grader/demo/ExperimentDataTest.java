package storagelab.grader.demo;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.closeTo;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import storagelab.experiment.Axis;
import storagelab.experiment.LineFit;
import storagelab.experiment.Plot;
import storagelab.experiment.Quantity;
import storagelab.experiment.ResultTable;

/** The numbers of experiments: lines through points, quantities in words, and data that cannot be drawn. */
class ExperimentDataTest {
    @Test
    void aLineThroughPointsOfALineIsThatLine() {
        LineFit fit = LineFit.of(List.of(1.0, 2.0, 4.0), List.of(5.0, 7.0, 11.0));
        assertThat(fit.slope(), closeTo(2, 1e-12));
        assertThat(fit.intercept(), closeTo(3, 1e-12));
        assertThat(fit.rSquared(), closeTo(1, 1e-12));
        assertThat(fit.at(10), closeTo(23, 1e-12));
    }

    @Test
    void aLineThroughScatteredPointsSaysHowMuchItExplains() {
        // By hand: means 2 and 2, slope 1/2, variance explained 0.5² · 2 of 2.
        LineFit fit = LineFit.of(List.of(1.0, 2.0, 3.0), List.of(1.0, 3.0, 2.0));
        assertThat(fit.slope(), closeTo(0.5, 1e-12));
        assertThat(fit.rSquared(), closeTo(0.25, 1e-12));
    }

    @Test
    void oneAbscissaHasNoLine() {
        assertThrows(IllegalArgumentException.class, () -> LineFit.of(List.of(1.0, 1.0), List.of(1.0, 2.0)));
    }

    @Test
    void quantitiesHaveThreeDigitsAndTheUnitThatSuitsThem() {
        assertThat(Quantity.number(1234.4), is("1,234"));
        assertThat(Quantity.number(12.345), is("12.3"));
        assertThat(Quantity.number(0.04567), is("0.0457"));
        assertThat(Quantity.number(0), is("0"));
        assertThat(Quantity.duration(850), is("850 ns"));
        assertThat(Quantity.duration(1_234_567), is("1.23 ms"));
        assertThat(Quantity.duration(600e9), is("10 minutes"));
        assertThat(Quantity.duration(3.2 * 3600e9), is("3.2 hours"));
        assertThat(Quantity.bytes(4096), is("4 KiB"));
        assertThat(Quantity.bytes(1.5 * (1L << 30)), is("1.50 GiB"));
    }

    @Test
    void aRowMustFitTheColumns() {
        ResultTable.Builder table =
                ResultTable.builder().column("a").column("b").row(1);
        assertThat(
                assertThrows(IllegalArgumentException.class, table::build).getMessage(),
                containsString("under 2 columns"));
    }

    @Test
    void zeroHasNoPlaceOnALogarithmicAxis() {
        List<Plot.Series> zero = List.of(Plot.Series.named("zero").add(1, 0).as(Plot.Style.MARKS));
        Axis x = Axis.linear("x", "");
        Axis y = Axis.logarithmic("y", "s");
        assertThrows(IllegalArgumentException.class, () -> new Plot.Curves("t", x, y, zero));
    }
}
