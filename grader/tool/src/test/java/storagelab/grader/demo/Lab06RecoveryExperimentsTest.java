package storagelab.grader.demo;

import static org.hamcrest.MatcherAssert.assertThat;
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

/** The experiments of lab 6 on recovery, run on the reference: what they count is the same on every machine. */
class Lab06RecoveryExperimentsTest {
    @TempDir
    private Path directory;

    @Test
    void recoveryReplaysExactlyTheLogSinceTheCheckpointAndRareCheckpointsWriteLess() throws IOException {
        ResultTable table = run("6.recovery-time", directory).table();
        List<Double> intervals = column(table, "changes a checkpoint");
        List<Double> log = column(table, "log since the checkpoint");
        List<Double> written = column(table, "a checkpoint writes");
        assertThat(column(table, "operations replayed"), is(intervals));
        for (int row = 0; row < intervals.size(); row++) {
            assertThat("log, row " + row, log.get(row), is(greaterThan(116 * intervals.get(row))));
            assertThat("log, row " + row, log.get(row), is(lessThan(140 * intervals.get(row))));
        }
        int rows = intervals.size() / 2;
        assertThat("B+tree", written.get(0), is(greaterThan(10 * written.get(rows - 1))));
        assertThat("LSM tree", written.get(rows), is(greaterThan(written.get(2 * rows - 1))));
    }

    @Test
    void aLogLosesNothingWhenTheProcessDiesAndInAPowerCutWhatItsLevelSays() throws IOException {
        ExperimentResult result = run("6.crash-loss", directory);
        ResultTable table = result.table();
        List<String> levels = texts(table, "level");
        List<String> crashes = texts(table, "crash");
        List<Double> means = column(table, "lost (mean)");
        List<Double> most = column(table, "lost (most)");
        for (int row = 0; row < levels.size(); row++) {
            String what = levels.get(row) + ", " + crashes.get(row);
            boolean isKill = crashes.get(row).equals("the process dies");
            boolean isWorst = crashes.get(row).equals("power cut, nothing kept");
            switch (levels.get(row)) {
                case "no log", "a sync each 50" -> {
                    boolean hasLog = !levels.get(row).equals("no log");
                    if (hasLog && isKill) {
                        assertThat(what, most.get(row), is(0.0));
                    } else if (isWorst || isKill) {
                        assertThat(what, most.get(row), is(49.0));
                        assertThat(what, means.get(row), is(24.5));
                    } else {
                        assertThat(what, most.get(row), is(lessThan(50.0)));
                    }
                }
                case "no sync" -> {
                    if (isKill) {
                        assertThat(what, most.get(row), is(0.0));
                    } else {
                        assertThat(what, most.get(row), is(isWorst ? is(100.0) : lessThanOrEqualTo(100.0)));
                    }
                }
                default -> assertThat(what, most.get(row), is(0.0));
            }
        }
        assertThat(result.answer(), is(24.5));
    }

    @Test
    void theTreeWritesMoreAndTheLsmTreeReadsLessForAKeyThatIsNotThere() throws IOException {
        ExperimentResult result = run("6.engines", directory);
        ResultTable table = result.table();
        assertThat(texts(table, "engine").get(0), is("B+tree"));
        assertThat(
                texts(table, "operation").subList(0, 5),
                is(List.of("put, new keys", "put, keys that exist", "get", "get, no such key", "scan of 100")));
        List<Double> written = column(table, "written a byte");
        List<Double> read = column(table, "read an operation");
        List<Double> files = column(table, "files / live data");
        assertThat("updates", written.get(1), is(greaterThan(3 * written.get(6))));
        assertThat("misses", read.get(8), is(lessThan(0.2 * read.get(3))));
        assertThat("space", files.get(1), is(greaterThan(files.get(6))));
        assertThat(result.answer(), is(greaterThan(3.0)));
    }
}
