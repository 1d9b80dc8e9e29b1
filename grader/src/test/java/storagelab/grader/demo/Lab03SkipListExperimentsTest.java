package storagelab.grader.demo;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import storagelab.experiment.ExperimentContext.Scale;
import storagelab.experiment.ExperimentResult;
import storagelab.experiment.ResultTable;
import storagelab.skiplist.experiment.ReadersBesideWritersExperiment;

/** The experiment of lab 3 about readers and writers, run on the reference. */
class Lab03SkipListExperimentsTest {
    @TempDir
    private Path directory;

    @Test
    void readersAreMeasuredAloneAndBesideWritersByKindOfLock() throws IOException {
        ExperimentResult result = new ReadersBesideWritersExperiment()
                .run(new LiveContext(directory, 42, Scale.QUICK, new LiveContext.ProgressLine.Silent()));
        List<String> columns =
                result.table().columns().stream().map(ResultTable.Column::name).toList();
        assertThat(
                "three lists, alone and beside four writers",
                result.table().rows().size(),
                is(15));
        List<Double> reads = result.table().rows().stream()
                .map(row -> Double.valueOf(row.get(columns.indexOf("reads"))))
                .toList();
        assertThat(reads.get(0), is(greaterThan(0.0)));
        double withOneLock = during(result, columns, "one lock");
        double withoutALock = during(result, columns, "without a lock");
        assertThat(
                "reads in the middle of a batch, without a lock and with one",
                withoutALock,
                is(greaterThan(withOneLock)));
        assertThat(result.plots().size(), is(1));
    }

    /** Of the reads beside a writer, those in the middle of a batch, in percent, for the size of batch with the most. */
    private static double during(ExperimentResult result, List<String> columns, String list) {
        return result.table().rows().stream()
                .filter(row -> row.get(columns.indexOf("list")).equals(list))
                .mapToDouble(row -> Double.parseDouble(row.get(columns.indexOf("of them during a batch"))))
                .max()
                .orElseThrow();
    }
}
