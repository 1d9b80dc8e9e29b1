package storagelab.grader.demo;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.everyItem;
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
        assertThat("three lists with 0, 1 and 2 writers", result.table().rows().size(), is(9));
        List<Double> reads = result.table().rows().stream()
                .map(row -> Double.valueOf(row.get(columns.indexOf("reads"))))
                .toList();
        assertThat(reads, everyItem(is(greaterThan(0.0))));
        assertThat("what is left of reads behind a read-write lock", result.answer(), is(greaterThan(0.0)));
        assertThat(result.plots().size(), is(1));
    }
}
