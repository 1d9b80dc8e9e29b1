package storagelab.grader.demo;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.closeTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static storagelab.grader.demo.ReferenceExperiments.column;
import static storagelab.grader.demo.ReferenceExperiments.run;
import static storagelab.grader.demo.ReferenceExperiments.texts;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import storagelab.experiment.ExperimentResult;
import storagelab.experiment.ResultTable;

/** The experiments of lab 6 on queries, run on the reference: what they count is the same on every machine. */
class Lab06QueryExperimentsTest {
    @TempDir
    private Path directory;

    @Test
    void anIndexPaysForFewRowsUnlessTheRowsAreInItsOrder() throws IOException {
        ExperimentResult result = run("6.crossover", directory);
        ResultTable table = result.table();
        List<String> ways = texts(table, "way");
        List<Double> shares = column(table, "rows (%)");
        List<Double> rows = column(table, "rows found");
        List<Double> predicted = column(table, "pages predicted");
        List<Double> pages = column(table, "pages read");
        List<Double> planned = column(table, "planned (ms)");
        for (int row = 0; row < ways.size(); row += 3) {
            assertThat(ways.subList(row, row + 3), is(List.of("full scan", "index", "clustered")));
            String what = shares.get(row) + " % of the rows";
            assertThat(what, rows.subList(row, row + 3), is(List.of(rows.get(row), rows.get(row), rows.get(row))));
            assertThat(what, pages.get(row + 2), is(lessThan(1.1 * pages.get(row))));
            assertThat(what, planned.get(row + 2), is(lessThan(1.1 * planned.get(row))));
            if (shares.get(row) < 20) {
                assertThat(what + ", for the planner", planned.get(row + 1), is(lessThan(planned.get(row))));
            }
            if (shares.get(row) > 40) {
                assertThat(what + ", for the planner", planned.get(row + 1), is(greaterThan(planned.get(row))));
            }
            if (shares.get(row) < 0.5) {
                assertThat(what, pages.get(row + 1), is(lessThan(0.5 * pages.get(row))));
            }
            if (shares.get(row) > 5) {
                assertThat(what, pages.get(row + 1), is(greaterThan(2 * pages.get(row))));
                assertThat(what, predicted.get(row + 1) / pages.get(row + 1), is(closeTo(1.3, 0.4)));
                assertThat(what, predicted.get(row + 2) / pages.get(row + 2), is(closeTo(1, 0.2)));
            }
        }
        assertThat("the crossover", result.answer(), is(closeTo(1.8, 1)));
    }

    @Test
    void histogramsAreForRangesAndCommonValuesForEqualities() throws IOException {
        ExperimentResult result = run("6.estimates", directory);
        ResultTable table = result.table();
        List<Double> wrong = column(table, "95 % (times)");
        for (int row = 0; row < wrong.size(); row += 3) {
            String what = texts(table, "comparison").get(row);
            assertThat(what + ", all statistics", wrong.get(row), is(lessThan(10.0)));
            assertThat(what + ", no histogram", wrong.get(row + 1), is(greaterThan(1.5 * wrong.get(row))));
            assertThat(what + ", distinct counts", wrong.get(row + 2), is(greaterThan(3 * wrong.get(row))));
        }
        assertThat("a third of the cities, and those that are large", result.answer(), is(closeTo(8.7, 0.5)));
    }
}
