package storagelab.grader.demo;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.both;
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

/** The experiment of lab 3 about snapshots, run on the reference: what is kept for whom. */
class Lab03SnapshotExperimentsTest {
    @TempDir
    private Path directory;

    @Test
    void aForgottenSnapshotKeepsTheDataOnceAndEveryFurtherOneKeepsItAgain() throws IOException {
        ExperimentResult result = run("3.snapshot-cost", directory);
        ResultTable table = result.table();
        assertThat(column(table, "files: none"), everyItem(is(0.0)));
        assertThat(column(table, "memory: none"), everyItem(is(0.0)));
        assertThat(
                "files for one forgotten snapshot",
                result.answer(),
                is(both(greaterThan(0.9)).and(lessThan(1.2))));
        List<Double> forgotten = column(table, "memory: one forgotten");
        assertThat(
                "memory from the first round to the last", forgotten.get(forgotten.size() - 1), is(forgotten.get(0)));
        List<Double> all = column(table, "memory: all forgotten");
        assertThat("memory for twelve", all.get(all.size() - 1), is(greaterThan(8 * all.get(0))));
        List<Double> files = column(table, "files: all forgotten");
        assertThat("files for twelve", files.get(files.size() - 1), is(greaterThan(4.0)));
    }
}
