package storagelab.grader.demo;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.closeTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static storagelab.grader.demo.ReferenceExperiments.column;
import static storagelab.grader.demo.ReferenceExperiments.run;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import storagelab.experiment.ExperimentResult;
import storagelab.experiment.ResultTable;

/** The experiments of lab 2 about rings and partitions, run on the reference: the toys break, the rings hold. */
class Lab02RingsExperimentsTest {
    @TempDir
    private Path directory;

    @Test
    void aCoinShowsBothPagesToTwoThirdsOfTheUsersAndTheRingToNobody() throws IOException {
        ExperimentResult result = run("2.flicker", directory);
        assertThat(result.answer(), is(closeTo(65, 3)));
        assertThat(column(result.table(), "ring: saw both"), everyItem(is(0.0)));
        assertThat(column(result.table(), "ring: lost it"), everyItem(is(0.0)));
        assertThat(column(result.table(), "coin: lost it").get(1), is(greaterThan(80.0)));
    }

    @Test
    void aJoiningNodeMovesTenElevenths() throws IOException {
        ExperimentResult result = run("2.node-joins", directory);
        assertThat(result.answer(), is(closeTo(1000 / 11.0, 3)));
        ResultTable table = result.table();
        assertThat(column(table, "ring: moved between old nodes"), everyItem(is(0.0)));
        List<Double> nodes = column(table, "nodes before");
        List<Double> points = column(table, "points a node");
        List<Double> moved = column(table, "ring: moved");
        for (int row = 0; row < nodes.size(); row++) {
            if (points.get(row) >= 256) {
                assertThat(moved.get(row), is(closeTo(100 / (nodes.get(row) + 1), 5)));
            }
        }
    }

    @Test
    void halfOfAllPostsInOnePlaceAreEightTimesTheMeanAndPartitionsAreEven() throws IOException {
        ExperimentResult result = run("2.hot-partition", directory);
        assertThat(result.answer(), is(closeTo(8.5, 0.7)));
        ResultTable table = result.table();
        List<Double> partitions = column(table, "partitions");
        List<Double> busiest = column(table, "busiest machine");
        List<Double> seeks = column(table, "seeks a page");
        for (int row = 0; row < partitions.size(); row++) {
            assertThat(seeks.get(row), is(partitions.get(row)));
            if (partitions.get(row) >= 16) {
                assertThat(busiest.get(row), is(lessThan(1.2)));
            }
        }
    }
}
