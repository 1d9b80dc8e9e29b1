package storagelab.grader.demo;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.closeTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
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

/** The experiments of lab 6 on the log, run on the reference: what they count is nearly the same on every machine. */
class Lab06LogExperimentsTest {
    @TempDir
    private Path directory;

    @Test
    void writingTwiceWritesLessThanPagesForEachCommit() throws IOException {
        ExperimentResult result = run("6.sync-per-commit", directory);
        ResultTable table = result.table();
        List<Double> log = column(table, "log a change");
        List<Double> pages = column(table, "pages a change");
        List<Double> syncs = column(table, "syncs a commit");
        for (int row = 0; row < 3; row++) {
            assertThat("no log, row " + row, log.get(row), is(0.0));
            assertThat("a checkpoint each, row " + row, syncs.get(row), is(greaterThanOrEqualTo(2.0)));
            int twice = row + 3;
            assertThat("a record, row " + twice, log.get(twice), is(greaterThan(116.0)));
            assertThat("a record, row " + twice, log.get(twice), is(lessThan(180.0)));
            assertThat("row " + twice, log.get(twice) + pages.get(twice), is(lessThan(pages.get(row))));
        }
        assertThat("a sync a commit, and one checkpoint", syncs.get(3), is(closeTo(1, 0.05)));
        assertThat("a leaf, those above it and a meta page", pages.get(0), is(greaterThan(3 * 4096.0)));
        assertThat(result.answer(), is(greaterThan(5.0)));
    }
}
