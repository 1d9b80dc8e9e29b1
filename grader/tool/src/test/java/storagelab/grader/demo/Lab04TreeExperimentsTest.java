package storagelab.grader.demo;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.both;
import static org.hamcrest.Matchers.closeTo;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
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

/** The experiments of lab 4 about trees on disk, run on the reference: what they count is the same on every machine. */
class Lab04TreeExperimentsTest {
    @TempDir
    private Path directory;

    @Test
    void aGetReadsAsManyPagesAsTheFormulaSaysAndFarFewerThanABinaryTreeHasNodesOnTheWay() throws IOException {
        ExperimentResult result = run("4.height", directory);
        assertThat(result.answer(), is(3.0));
        ResultTable table = result.table();
        List<Double> computed = column(table, "levels, computed");
        int counted = 0;
        for (int row = 0; row < computed.size(); row++) {
            String tree = texts(table, "tree").get(row);
            String reads = texts(table, "reads a get, counted").get(row);
            if (!reads.equals("-")) {
                counted++;
                String what = tree + " of " + texts(table, "keys").get(row);
                assertThat(what, Double.parseDouble(reads), is(lessThanOrEqualTo(computed.get(row))));
                assertThat(what, Double.parseDouble(reads), is(greaterThan(computed.get(row) - 2.1)));
            }
        }
        assertThat("rows that were counted", counted, is(15));
        assertThat("binary, a billion", computed.get(computed.size() - 5), is(30.0));
    }

    @Test
    void leavesDividedInTheMiddleAreFullToLn2InRandomOrderAndToAHalfInOrderAndTheTreeIsFuller() throws IOException {
        ExperimentResult result = run("4.fill", directory);
        assertThat(result.answer(), is(closeTo(69.3, 3)));
        ResultTable table = result.table();
        assertThat(texts(table, "order"), is(List.of("ascending", "descending", "random", "bulk load")));
        List<Double> fill = column(table, "in use of the leaves");
        List<String> halved = texts(table, "halved: in use");
        List<Double> splits = column(table, "splits");
        List<Double> leaves = column(table, "leaves");
        for (int row = 0; row < 3; row++) {
            double middle = Double.parseDouble(halved.get(row));
            assertThat(middle, is(closeTo(row == 2 ? 69.3 : 50, 4)));
            assertThat(fill.get(row), is(greaterThan(middle - 1)));
            assertThat(splits.get(row), is(greaterThan(leaves.get(row) - 2)));
        }
        assertThat(fill.get(0), is(closeTo(90, 2)));
        assertThat(fill.get(3), is(greaterThan(97.0)));
        assertThat(splits.get(3), is(0.0));
    }

    @Test
    void aSmallUpdateWritesWholePagesTheMoreTheLargerTheyAreAndTheFewerUpdatesShareACheckpoint() throws IOException {
        ExperimentResult result = run("4.write-amplification", directory);
        List<Double> written = column(result.table(), "bytes written a byte");
        List<Double> pageBytes = column(result.table(), "page (bytes)");
        List<Double> updates = column(result.table(), "updates a checkpoint");
        for (int row = 0; row < written.size(); row++) {
            boolean samePage = row > 0 && pageBytes.get(row).equals(pageBytes.get(row - 1));
            if (samePage && updates.get(row) <= 1000) {
                assertThat("row " + row, written.get(row), is(lessThan(written.get(row - 1))));
            }
            if (updates.get(row) == 1) {
                assertThat("row " + row, written.get(row), is(greaterThan(2 * pageBytes.get(row) / 116)));
            }
        }
        assertThat(written.size(), is(20));
    }

    @Test
    void aPoolForATenthOfTheTreeHasATenthOfTheGetsOfAnyKeyAndManyMoreOfPopularKeys() throws IOException {
        ExperimentResult result = run("4.pool-size", directory);
        List<Double> hits = column(result.table(), "gets without a read");
        int half = hits.size() / 2;
        assertThat("any key, a tenth", hits.get(2), is(closeTo(10, 3)));
        assertThat("any key, everything", hits.get(half - 1), is(100.0));
        assertThat("popular keys, everything", hits.get(hits.size() - 1), is(100.0));
        assertThat(result.answer(), is(greaterThan(3 * hits.get(2))));
        for (int row = 1; row < half; row++) {
            assertThat(hits.get(row), is(greaterThan(hits.get(row - 1))));
            assertThat(hits.get(half + row), is(greaterThan(hits.get(half + row - 1))));
        }
    }

    @Test
    void noCrashDamagesTheTreeWithCheckpointsAndManyDoTheOneThatIsChangedInPlace() throws IOException {
        ExperimentResult result = run("4.torn-page", directory);
        ResultTable table = result.table();
        List<Double> crashes = column(table, "crashes");
        List<Double> whole = column(table, "whole");
        int damaged = 0;
        int ofCheckpointed = 0;
        for (int row = 0; row < crashes.size(); row++) {
            if (texts(table, "tree").get(row).equals("with checkpoints")) {
                assertThat("row " + row, whole.get(row), is(crashes.get(row)));
                ofCheckpointed += crashes.get(row).intValue();
            } else {
                damaged += (int) (crashes.get(row) - whole.get(row));
            }
        }
        assertThat("crashes of the tree with checkpoints", ofCheckpointed, is(greaterThan(1_000)));
        assertThat("crashes that damage the tree that is changed in place", damaged, is(greaterThan(50)));
        assertThat(result.answer(), is(both(greaterThan(5.0)).and(lessThan(95.0))));
        assertThat(result.observation(), containsString("with checkpoints, none"));
    }
}
