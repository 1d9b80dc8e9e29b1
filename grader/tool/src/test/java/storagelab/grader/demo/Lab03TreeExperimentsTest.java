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

/** The experiments of lab 3 about trees, run on the reference: the plain tree becomes a list, the balanced one does not. */
class Lab03TreeExperimentsTest {
    @TempDir
    private Path directory;

    @Test
    void ascendingKeysMakeThePlainTreeAListOverflowTheToyAndLeaveTheBalancedTreeLow() throws IOException {
        ExperimentResult result = run("3.sorted-input", directory);
        ResultTable table = result.table();
        List<Double> keys = column(table, "keys");
        assertThat(result.answer(), is(closeTo(5000, 200)));
        assertThat(column(table, "plain, ascending: height"), is(keys));
        List<Double> balanced = column(table, "balanced, ascending: height");
        List<Double> bound = column(table, "2·log2(n + 1)");
        for (int row = 0; row < keys.size(); row++) {
            assertThat(balanced.get(row), is(lessThan(bound.get(row))));
        }
        int last = keys.size() - 1;
        assertThat(column(table, "toy: keys it took").get(last), is(lessThan(keys.get(last))));
        assertThat(column(table, "toy: keys it took").get(0), is(keys.get(0)));
    }

    @Test
    void anEntryOfATreeIsANodeAndEveryStructureIsMeasured() throws IOException {
        ExperimentResult result = run("3.structures", directory);
        assertThat(result.answer(), is(greaterThan(20.0)));
        assertThat(result.table().rows().size(), is(12));
        for (String column : List.of("put", "get", "step of a walk")) {
            assertThat(column(result.table(), column), everyItem(is(greaterThan(0.0))));
        }
    }
}
