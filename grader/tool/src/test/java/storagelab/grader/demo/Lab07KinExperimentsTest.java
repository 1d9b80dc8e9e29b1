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

/** The experiments on the examples of lab 7: what they count is the same on every machine. */
class Lab07KinExperimentsTest {
    @TempDir
    private Path directory;

    @Test
    void aPointTakesFewBytesInABlockAndFewerInALongerOne() throws IOException {
        ExperimentResult result = run("7.time-series", directory);
        List<Double> blocks = column(result.table(), "in a block (bytes)");
        assertThat("as entries", column(result.table(), "a point as an entry (bytes)"), everyItem(is(30.0)));
        int kinds = 5;
        for (int row = 0; row < kinds; row++) {
            assertThat("in a window of 360", blocks.get(2 * kinds + row), is(lessThan(blocks.get(kinds + row))));
        }
        assertThat("a setting that stays", blocks.get(2 * kinds), is(lessThan(0.5)));
        assertThat("a temperature in tenths", blocks.get(2 * kinds + 2), is(lessThan(1.0)));
        assertThat("a temperature", result.answer(), is(lessThan(5.0)));
    }

    @Test
    void aSearchReadsThePostingsOfItsWordAndNothingElse() throws IOException {
        ExperimentResult result = run("7.full-text", directory);
        List<Double> found = column(result.table(), "texts with it");
        List<Double> entries = column(result.table(), "read by the index (entries)");
        assertThat("texts with the most frequent word", found.get(0), is(500.0));
        for (int row = 0; row < found.size(); row++) {
            assertThat("postings, and the statistics", entries.get(row), is(found.get(row) + 1));
        }
        assertThat("times as many bytes in a scan", result.answer(), is(greaterThan(100.0)));
    }

    @Test
    void anIndexOverAFieldReadsAnEntryAndADocumentForEachThatIsFound() throws IOException {
        ExperimentResult result = run("7.documents", directory);
        List<Double> found = column(result.table(), "found");
        List<Double> entries = column(result.table(), "read by the index (entries)");
        List<Double> scanned = column(result.table(), "read by a scan (entries)");
        for (int row = 0; row < found.size(); row++) {
            assertThat("index, entries and documents", entries.get(row), is(2 * found.get(row) + 1));
            assertThat("a scan", scanned.get(row), is(1_000.0));
        }
        assertThat("times as many bytes in a scan", result.answer(), is(greaterThan(20.0)));
    }

    @Test
    void moreRangesReadFewerPlacesUntilTheirEndsAreMostOfThem() throws IOException {
        ExperimentResult result = run("7.geo", directory);
        List<Double> read = column(result.table(), "read for each found (entries)");
        assertThat("four ranges and two", read.get(1), is(lessThan(read.get(0))));
        assertThat("eight ranges and four", read.get(2), is(lessThan(read.get(1))));
        assertThat("sixteen ranges", result.answer(), is(lessThan(3.0)));
    }

    @Test
    void aBatchOfMessagesIsOneSyncAndItsConsumptionAnother() throws IOException {
        ExperimentResult result = run("7.queue", directory);
        List<Double> batches = column(result.table(), "in a batch");
        List<Double> syncs = column(result.table(), "syncs for each");
        for (int row = 0; row < batches.size(); row++) {
            assertThat("syncs of a batch", syncs.get(row) * batches.get(row), is(closeTo(2, 0.02)));
        }
        assertThat(result.answer(), is(0.125));
    }

    @Test
    void randomIdsWriteMoreThanThoseInTheOrderOfTime() throws IOException {
        ExperimentResult result = run("7.short-links", directory);
        assertThat("times as many bytes", result.answer(), is(greaterThan(1.2)));
    }

    @Test
    void aTableOfColumnsIsSmallerAndReadLessInTheOrderOfCountries() throws IOException {
        ExperimentResult result = run("7.columns", directory);
        List<Double> country = column(result.table(), "country (bytes a row)");
        assertThat("a country, sorted", country.get(0), is(lessThan(0.2)));
        assertThat("a country, in random order", country.get(1), is(greaterThan(1.0)));
        assertThat("times as many bytes read", result.answer(), is(greaterThan(3.0)));
    }

    @Test
    void aBackupStaysAsLargeAsItsEntriesAndTheLogGrowsWithEveryChange() throws IOException {
        ExperimentResult result = run("7.replica", directory);
        List<Double> missed = column(result.table(), "changes missed");
        List<Double> log = column(result.table(), "changes in the log (bytes)");
        for (int row = 0; row < missed.size(); row++) {
            assertThat("bytes of a change", log.get(row) / missed.get(row), is(110.0));
        }
        assertThat("changes, of 2,000 entries", result.answer(), is(closeTo(2_500, 1_000)));
    }
}
