package storagelab.grader.demo;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static storagelab.grader.demo.ReferenceExperiments.column;
import static storagelab.grader.demo.ReferenceExperiments.run;
import static storagelab.grader.demo.ReferenceExperiments.texts;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import storagelab.experiment.ExperimentResult;
import storagelab.experiment.ResultTable;

/** The experiment of lab 3 about readers and writers, run on the reference. */
class Lab03SkipListExperimentsTest {
    @TempDir
    private Path directory;

    @Test
    void readersAreMeasuredAloneAndBesideWritersByKindOfLock() throws IOException {
        ExperimentResult result = run("3.readers-beside-writers", directory);
        assertThat(
                "three lists, alone and beside four writers",
                result.table().rows().size(),
                is(15));
        assertThat(column(result.table(), "reads").get(0), is(greaterThan(0.0)));
        double withOneLock = during(result.table(), "one lock");
        double withoutALock = during(result.table(), "without a lock");
        assertThat(
                "reads in the middle of a batch, without a lock and with one",
                withoutALock,
                is(greaterThan(withOneLock)));
        assertThat(result.plots().size(), is(1));
    }

    /** Of the reads beside a writer, those in the middle of a batch, in percent, for the size of batch with the most. */
    private static double during(ResultTable table, String list) {
        List<String> lists = texts(table, "list");
        List<Double> during = column(table, "of them during a batch");
        return IntStream.range(0, lists.size())
                .filter(row -> lists.get(row).equals(list))
                .mapToDouble(during::get)
                .max()
                .orElseThrow();
    }
}
