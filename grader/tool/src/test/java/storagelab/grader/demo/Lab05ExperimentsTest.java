package storagelab.grader.demo;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.both;
import static org.hamcrest.Matchers.closeTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
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

/** The experiments of lab 5, run on the reference: what they count is nearly the same on every machine. */
class Lab05ExperimentsTest {
    @TempDir
    private Path directory;

    @Test
    void anOrderIsAHundredBytesInALogAndAPageInATreeAndSyncsAreWhatWasAskedFor() throws IOException {
        ResultTable table = run("5.disk-writes", directory).table();
        assertThat(column(table, "written an order"), is(List.of(100.0, 4096.0, 4096.0, 100.0, 4096.0, 4096.0)));
        List<Double> orders = column(table, "orders");
        List<Double> syncs = column(table, "syncs");
        for (int row = 0; row < 3; row++) {
            assertThat(syncs.get(row), is(1.0));
            assertThat(syncs.get(row + 3), is(orders.get(row + 3)));
        }
    }

    @Test
    void writersShareSyncsInTheQueueAndNeverOutsideOfIt() throws IOException {
        ResultTable table = run("5.group-commit", directory).table();
        List<Double> writers = column(table, "writers");
        List<Double> commits = column(table, "commits");
        List<Double> syncs = column(table, "syncs");
        for (int row = 0; row < writers.size(); row++) {
            boolean alone = texts(table, "writers come").get(row).equals("one after the other");
            if (alone || writers.get(row) == 1) {
                assertThat("row " + row, syncs.get(row), is(commits.get(row)));
            } else if (writers.get(row) >= 8) {
                assertThat("row " + row, syncs.get(row), is(lessThan(commits.get(row))));
            }
            assertThat("row " + row, syncs.get(row), is(greaterThanOrEqualTo(commits.get(row) / writers.get(row))));
        }
    }

    @Test
    void aTextFileIsWrittenAnewForEachTableAndALogGetsTheDifference() throws IOException {
        ExperimentResult result = run("5.manifest", directory);
        List<Double> bytes = column(result.table(), "written a flush");
        for (int row = 1; row < 4; row++) {
            assertThat(
                    "text, row " + row,
                    bytes.get(row) / bytes.get(row - 1),
                    is(both(greaterThan(6.0)).and(lessThan(10.5))));
        }
        assertThat(bytes.subList(4, 8), everyItem(is(closeTo(76, 4))));
        assertThat(column(result.table(), "syncs a flush").subList(4, 8), everyItem(is(1.0)));
        assertThat(result.answer(), is(closeTo(1_600, 50)));
    }

    @Test
    void aGetReadsHalfOfTheTablesOfLevelZeroForWhatIsThereAndFiltersLeaveOne() throws IOException {
        ExperimentResult result = run("5.level-zero", directory);
        ResultTable table = result.table();
        List<Double> read = column(table, "blocks read a get");
        for (int row = 0; row < read.size(); row++) {
            String gets = texts(table, "gets of orders that are").get(row);
            String tables = texts(table, "tables").get(row);
            int runs = tables.equals("merged") ? 1 : Integer.parseInt(tables);
            boolean present = gets.startsWith("there");
            double unfiltered = present ? (runs + 1) / 2.0 : runs;
            double wanted = present ? 1 : 0;
            double expected = gets.endsWith("no filters") ? unfiltered : wanted + (unfiltered - wanted) * 0.0082;
            assertThat(gets + ", " + tables, read.get(row), is(closeTo(expected, 0.1 * unfiltered)));
        }
        assertThat(result.answer(), is(closeTo(8.5, 0.5)));
    }

    @Test
    void filtersReadInVainWhatTheFormulaSaysAndLessIfSmallLevelsHaveMoreBits() throws IOException {
        ExperimentResult result = run("5.filters", directory);
        ResultTable table = result.table();
        List<Double> inVain = column(table, "read in vain");
        List<Double> expected = column(table, "0.6185^bits");
        List<Double> bits = column(table, "bits a key");
        int half = inVain.size() / 2;
        for (int row = 0; row < half; row++) {
            if (bits.get(row) > 0) {
                assertThat("row " + row, inVain.get(half + row), is(lessThan(inVain.get(row))));
            }
            if (bits.get(row) <= 10) {
                assertThat("row " + row, inVain.get(row), is(closeTo(expected.get(row), 0.3 * expected.get(row))));
            }
        }
        assertThat("no bits", inVain.get(0), is(4_000.0));
        assertThat("Monkey with 10 bits, closed form", expected.get(half + bits.indexOf(10.0)), is(closeTo(11.7, 0.3)));
        assertThat(texts(table, "of the levels").get(half + bits.indexOf(10.0)), is("23.8 / 19.1 / 14.3 / 9.5"));
        assertThat(result.answer(), is(closeTo(32.8, 10)));
    }

    @Test
    void aCacheForATenthHasATenthOfAnyBlockMoreOfPopularOnesAndMostIfThoseAreSideBySide() throws IOException {
        ExperimentResult result = run("5.block-cache", directory);
        List<Double> hits = column(result.table(), "gets that find their block");
        int sizes = hits.size() / 4;
        int tenth = 3;
        double random = hits.get(tenth);
        double scattered = hits.get(sizes + tenth);
        double besideScan = hits.get(2 * sizes + tenth);
        double together = hits.get(3 * sizes + tenth);
        assertThat(random, is(closeTo(10, 2)));
        assertThat(scattered, is(greaterThan(3 * random)));
        assertThat(besideScan, is(closeTo(scattered, 3)));
        assertThat(together, is(greaterThan(scattered + 15)));
        assertThat(result.answer(), is(closeTo(together, 0.1)));
        for (int readers = 0; readers < 4; readers++) {
            assertThat(hits.get(readers * sizes + sizes - 1), is(greaterThan(99.5)));
        }
    }

    @Test
    void theToyBringsBackWhatWasDeletedAndSpoilsSnapshotsAndTheStoreDoesNeither() throws IOException {
        ExperimentResult result = run("5.tombstones", directory);
        ResultTable table = result.table();
        List<Double> deleted = column(table, "deleted orders");
        List<Double> back = column(table, "toy: can be read again");
        int last = deleted.size() - 1;
        for (int row = 0; row <= last; row++) {
            assertThat("row " + row, back.get(row), is(lessThanOrEqualTo(deleted.get(row))));
        }
        assertThat(back.get(last), is(greaterThan(0.5 * deleted.get(last))));
        assertThat(column(table, "toy: the snapshot is wrong").get(last), is(greaterThan(100.0)));
        assertThat(column(table, "store: can be read again"), everyItem(is(0.0)));
        assertThat(column(table, "store: the snapshot is wrong"), everyItem(is(0.0)));
        List<Double> merges = column(table, "store: merges");
        assertThat("merges since", merges.get(last) - merges.get(0), is(greaterThan(3.0)));
        assertThat(result.answer(), is(closeTo(100 * back.get(last) / deleted.get(last), 0.5)));
    }

    @Test
    void levelsWriteMoreThanTiersAndReadLessAndWindowsOfTimeTakeTheMostRoom() throws IOException {
        ExperimentResult result = run("5.amplification", directory);
        ResultTable table = result.table();
        assertThat(texts(table, "shape"), is(List.of("levels", "tiers", "lazy levels", "windows of time")));
        List<Double> write = column(table, "written a byte");
        List<Double> read = column(table, "read a get");
        List<Double> space = column(table, "kept a byte");
        assertThat(write.get(0), is(greaterThan(1.2 * write.get(2))));
        assertThat(write.get(2), is(greaterThan(1.05 * write.get(1))));
        assertThat(read.get(1), is(greaterThan(1.2 * read.get(0))));
        assertThat(read.get(3), is(greaterThan(1.2 * read.get(0))));
        assertThat(space.get(3), is(greaterThan(1.5 * space.get(0))));
        assertThat(space.get(1), is(greaterThan(1.2 * space.get(2))));
        assertThat(result.answer(), is(closeTo(write.get(0), 0.01)));
    }

    @Test
    void levelZeroHasTwelveTablesAtMostIfWritersAreHeldUp() throws IOException {
        ExperimentResult result = run("5.compaction-storm", directory);
        assertThat(texts(result.table(), "writer"), is(List.of("held up by nobody", "with the stall controller")));
        assertThat(result.answer(), is(both(greaterThan(0.0)).and(lessThanOrEqualTo(12.0))));
        assertThat(column(result.table(), "tables on level 0 at most").get(1), is(result.answer()));
    }
}
