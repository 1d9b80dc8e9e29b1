package storagelab.grader.demo;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.closeTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
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

    @Test
    void aSyncCoversAGroupOfCommitsOrOneOrNoneAsTheLevelSays() throws IOException {
        ResultTable table = run("6.group-commit", directory).table();
        List<String> levels = texts(table, "level");
        List<Double> writers = column(table, "writers");
        List<Double> commits = column(table, "commits");
        List<Double> syncs = column(table, "syncs");
        for (int row = 0; row < levels.size(); row++) {
            String what = levels.get(row) + ", " + writers.get(row) + " writers";
            switch (levels.get(row)) {
                case "no sync" -> assertThat(what, syncs.get(row), is(0.0));
                case "a sync each 10 ms" -> assertThat(what, syncs.get(row), is(lessThan(commits.get(row) / 10)));
                case "a sync each commit" -> assertThat(what, syncs.get(row), is(commits.get(row)));
                default -> {
                    double least = commits.get(row) / writers.get(row);
                    assertThat(what, syncs.get(row), is(greaterThanOrEqualTo(least)));
                    if (writers.get(row) >= 8) {
                        assertThat(what, syncs.get(row), is(lessThan(commits.get(row))));
                    }
                }
            }
        }
    }
}
