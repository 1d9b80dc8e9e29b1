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

/** The experiments of lab 6 on versions and transactions, run on the reference. */
class Lab06VersionsExperimentsTest {
    @TempDir
    private Path directory;

    @Test
    void aReportIsWrongWithoutIsolationAndKeepsWritersWaitingBehindALockAndDoesNeitherWithVersions()
            throws IOException {
        ResultTable table = run("6.readers", directory).table();
        List<Double> wrong = column(table, "wrong sums");
        List<Double> commits = column(table, "commits during a report");
        assertThat("without isolation", wrong.get(0), is(greaterThan(0.0)));
        assertThat("behind a lock", wrong.get(1), is(0.0));
        assertThat("behind a lock", commits.get(1), is(0.0));
        for (int row = 2; row < 4; row++) {
            assertThat("with versions, row " + row, wrong.get(row), is(0.0));
            assertThat("with versions, row " + row, commits.get(row), is(greaterThanOrEqualTo(10.0)));
        }
    }

    @Test
    void chainsKeepWhatATransactionReadsAndFilesKeepEverythingSinceTheOldestOne() throws IOException {
        ExperimentResult result = run("6.long-reader", directory);
        ResultTable table = result.table();
        List<String> names = texts(table, "engine, transactions");
        List<Double> rounds = column(table, "round");
        List<Double> open = column(table, "open");
        List<Double> versions = column(table, "old values in memory");
        List<Double> files = column(table, "files");
        double live = 2_000;
        for (int row = 0; row < names.size(); row++) {
            String what = names.get(row) + ", round " + rounds.get(row);
            boolean isTree = names.get(row).startsWith("B+tree");
            assertThat(what, versions.get(row), is(isTree ? open.get(row) * live : 0.0));
        }
        assertThat("values an account", result.answer(), is(1.0));
        int last = names.lastIndexOf("LSM tree, one a round") - 1; // the transactions end after it
        double none = files.get(names.lastIndexOf("LSM tree, none") - 1);
        double one = files.get(names.lastIndexOf("LSM tree, one") - 1);
        assertThat("the LSM tree with one reader", one, is(greaterThan(5 * none)));
        assertThat("the LSM tree with a reader a round", files.get(last), is(closeTo(one, 0.1 * one)));
        double treeNone = files.get(names.lastIndexOf("B+tree, none") - 1);
        double treeMany = files.get(names.lastIndexOf("B+tree, one a round") - 1);
        assertThat("the file of the B+tree", treeMany, is(closeTo(treeNone, 0.2 * treeNone)));
    }

    @Test
    void snapshotIsolationStopsLostUpdatesAndSerializableStopsWriteSkew() throws IOException {
        ExperimentResult result = run("6.write-skew", directory);
        ResultTable table = result.table();
        List<String> levels = texts(table, "transactions");
        List<Double> lost = column(table, "lost updates of 100");
        List<Double> skews = column(table, "below zero of 100");
        List<Double> committed = column(table, "committed");
        List<Double> refused =
                texts(table, "refused").stream().map(Double::valueOf).toList();
        for (int row = 0; row < levels.size(); row++) {
            String what = levels.get(row) + ", row " + row;
            assertThat(what, lost.get(row), is(levels.get(row).startsWith("no check") ? 100.0 : 0.0));
            assertThat(what, skews.get(row), is(levels.get(row).equals("serializable") ? 0.0 : 100.0));
            assertThat(what, committed.get(row) + refused.get(row), is(2_000.0));
            assertThat(what, refused.get(row), is(lessThan(committed.get(row))));
            if (levels.get(row).startsWith("no check")) {
                assertThat(what, refused.get(row), is(0.0));
            }
        }
        assertThat(result.answer(), is(100.0));
    }
}
