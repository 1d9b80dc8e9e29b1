package storagelab.grader.demo;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.closeTo;
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

/** The experiment of lab 4 about eviction, run on the reference: no policy is the best everywhere. */
class Lab04EvictionExperimentTest {
    /** Slots that the traces of the quick scale are made for. */
    private static final String SIZE = "200";

    @TempDir
    private Path directory;

    @Test
    void scansAndLoopsDefeatLruShiftsDefeatLfuAndNobodyBeatsTheOptimum() throws IOException {
        ExperimentResult result = run("4.eviction", directory);
        ResultTable table = result.table();
        List<Double> optimum = column(table, "optimum");
        for (String policy : List.of("FIFO", "LRU", "LFU", "clock", "2Q")) {
            List<Double> hits = column(table, policy);
            for (int row = 0; row < hits.size(); row++) {
                assertThat(policy + " in row " + row, hits.get(row), is(lessThanOrEqualTo(optimum.get(row))));
            }
        }
        assertThat("LRU in a loop", hits(table, "loop", "LRU"), is(0.0));
        assertThat("2Q in a loop", hits(table, "loop", "2Q"), is(greaterThan(90.0)));
        assertThat("LRU beside a scan", hits(table, "scan and hot set", "LRU"), is(lessThan(36.0)));
        assertThat("2Q beside a scan", hits(table, "scan and hot set", "2Q"), is(closeTo(50, 2)));
        assertThat("LFU when the hot set shifts", hits(table, "shifting hot set", "LFU"), is(lessThan(50.0)));
        assertThat("LRU when the hot set shifts", hits(table, "shifting hot set", "LRU"), is(greaterThan(85.0)));
        assertThat("the answer", result.answer(), is(closeTo(hits(table, "scan and hot set", "LRU"), 0.1)));
    }

    private static double hits(ResultTable table, String trace, String policy) {
        List<String> traces = texts(table, "trace");
        List<String> slots = texts(table, "slots");
        for (int row = 0; row < traces.size(); row++) {
            if (traces.get(row).equals(trace) && slots.get(row).equals(SIZE)) {
                return column(table, policy).get(row);
            }
        }
        throw new AssertionError("no row for " + trace + " with " + SIZE + " slots");
    }
}
