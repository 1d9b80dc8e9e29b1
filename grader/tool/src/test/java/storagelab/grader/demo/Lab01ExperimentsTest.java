package storagelab.grader.demo;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.closeTo;
import static org.hamcrest.Matchers.contains;
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
import storagelab.experiment.Experiment;
import storagelab.experiment.ExperimentResult;
import storagelab.experiment.ResultTable;

/** The experiments of lab 1, run on the reference: the production code holds, and what must break breaks. */
class Lab01ExperimentsTest {
    @TempDir
    private Path directory;

    @Test
    void theyAreTheSixOfTheLab() {
        assertThat(
                ReferenceExperiments.ofLab(1).stream().map(Experiment::id).toList(),
                contains(
                        "1.probes",
                        "1.rebuild-time",
                        "1.concurrent-appends",
                        "1.unbounded-growth",
                        "1.resurrection",
                        "1.fsync"));
    }

    @Test
    void aBinarySearchLooksAtTwentyOfAMillionKeysAndTwoLevelsAtOneBlock() throws IOException {
        ExperimentResult result = run("1.probes", directory);
        assertThat(result.answer(), is(20.0));
        assertThat(column(result.table(), "two-level blocks"), everyItem(is(1.0)));
        List<Double> binaryBlocks = column(result.table(), "binary blocks");
        assertThat(binaryBlocks.get(binaryBlocks.size() - 1), closeTo(13, 1));
    }

    @Test
    void aTableOpensByAHundredthOfItsBytesAndTheToyHasALine() throws IOException {
        ExperimentResult result = run("1.rebuild-time", directory);
        List<Double> megabytes = column(result.table(), "sorted table (MB)");
        List<Double> bytesRead = column(result.table(), "bytes read to open");
        for (int i = 0; i < megabytes.size(); i++) {
            assertThat(bytesRead.get(i) / 1e6, lessThan(megabytes.get(i) / 100));
        }
        assertThat(result.answer(), greaterThan(0.0));
    }

    @Test
    void threadsLoseNothingInTheStoreAndOneThreadNothingInTheToy() throws IOException {
        ResultTable table = run("1.concurrent-appends", directory).table();
        assertThat(column(table, "store: not read back"), everyItem(is(0.0)));
        assertThat(column(table, "store: appends that threw"), everyItem(is(0.0)));
        assertThat(column(table, "toy: not read back").get(0), is(0.0));
    }

    @Test
    void compactionBoundsSpaceThatOtherwiseGrowsWithEveryUpdate() throws IOException {
        ResultTable table = run("1.unbounded-growth", directory).table();
        int last = table.rows().size() - 1;
        assertThat(column(table, "toy log (times live)").get(last), greaterThan(32.0));
        assertThat(column(table, "store that never merges (times live)").get(last), greaterThan(30.0));
        assertThat(column(table, "store that compacts (times live)"), everyItem(lessThan(8.0)));
    }

    @Test
    void theToyBringsEveryDeletedKeyBackAndTheCompactorNone() throws IOException {
        ExperimentResult result = run("1.resurrection", directory);
        assertThat(result.answer(), is(2.0));
        assertThat(column(result.table(), "toy: back from the dead"), is(column(result.table(), "deleted")));
        assertThat(column(result.table(), "compactor: back from the dead"), everyItem(is(0.0)));
    }

    @Test
    void onlyWhatWasSyncedSurvivesAPowerCut() throws IOException {
        ResultTable table = run("1.fsync", directory).table();
        List<Double> killed = column(table, "lost when the process dies (mean)");
        List<Double> worst = column(table, "lost in a power cut (worst)");
        assertThat(killed.get(0), greaterThan(0.0));
        assertThat(killed.subList(1, 4), everyItem(is(0.0)));
        assertThat(worst.get(1), greaterThan(400.0));
        assertThat(worst.get(2), lessThan(32.0));
        assertThat(worst.get(3), is(0.0));
    }
}
