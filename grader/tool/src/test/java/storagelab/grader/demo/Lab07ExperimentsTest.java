package storagelab.grader.demo;

import static org.hamcrest.MatcherAssert.assertThat;
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

/** The experiments of lab 7, run on the reference: what they count is the same on every machine. */
class Lab07ExperimentsTest {
    @TempDir
    private Path directory;

    @Test
    void aTunerIsNeverMuchWorseThanTheSettingThatItBeganWith() throws IOException {
        ExperimentResult result = run("7.tuner", directory);
        ResultTable table = result.table();
        List<String> loads = texts(table, "load");
        List<Double> before = column(table, "5 MiB each (bytes a request)");
        List<Double> tuned = column(table, "tuned (bytes a request)");
        for (int row = 0; row < loads.size(); row++) {
            assertThat(loads.get(row), tuned.get(row), is(lessThanOrEqualTo(1.05 * before.get(row))));
        }
        assertThat("saved for puts, in percent", result.answer(), is(greaterThan(-5.0)));
    }

    @Test
    void aSaleMovesKeysWhenItBeginsAndMoreWhenItHasEnded() throws IOException {
        ExperimentResult result = run("7.flash-sale", directory);
        ResultTable table = result.table();
        List<Double> moves = column(table, "moves");
        List<Double> worst = column(table, "waited, of a thousand (worst)");
        assertThat("moves before, during and after", moves.subList(0, 3), is(List.of(0.0, 400.0, 400.0)));
        assertThat("waited during the sale", worst.get(1), is(greaterThan(100.0)));
        assertThat("waited after the sale", worst.get(2), is(greaterThan(worst.get(1))));
        assertThat("the answer", result.answer(), is(worst.get(2)));
        assertThat(texts(table, "store").get(3), is("the hybrid store"));
        assertThat("moved during the sale by the hybrid store", moves.get(4), is(greaterThan(0.0)));
        assertThat("moved after the sale by the hybrid store", moves.get(5), is(0.0));
        assertThat("waited for the hybrid store", worst.subList(3, 6), is(List.of(0.0, 0.0, 0.0)));
    }

    @Test
    void keysThatOscillateAreWrittenThoughNothingIsPut() throws IOException {
        ExperimentResult result = run("7.oscillation", directory);
        ResultTable table = result.table();
        List<String> idle = texts(table, "back after, or period (requests)");
        List<Double> moves = column(table, "moves a key and day");
        List<Double> written = column(table, "written (bytes)");
        assertThat("moves with 1,000", moves.get(idle.indexOf("1000")), is(closeTo(2, 0.01)));
        assertThat("moves with 2,000", moves.get(idle.indexOf("2000")), is(closeTo(2, 0.01)));
        assertThat("moves with 8,000", moves.get(idle.indexOf("8000")), is(0.0));
        assertThat("written with 8,000", written.get(idle.indexOf("8000")), is(0.0));
        assertThat("bytes for each byte in four days", result.answer(), is(greaterThan(8.0)));
        List<Double> all = column(table, "moves");
        List<Double> bytes = column(table, "written for each byte kept (bytes)");
        int real = texts(table, "store").indexOf("the hybrid store");
        assertThat("the toy's rows", real, is(idle.size() / 2));
        assertThat("moves by the hybrid store", all.get(idle.lastIndexOf("2000")), is(greaterThan(0.0)));
        for (int row = real; row < idle.size(); row++) {
            assertThat("moves by the hybrid store, row " + row, all.get(row), is(lessThanOrEqualTo(1_000.0)));
            assertThat("bytes for each byte, row " + row, bytes.get(row), is(lessThan(4.0)));
        }
    }

    @Test
    void aSketchStaysSmallAndIsAsWrongAsItsErrorSays() throws IOException {
        ExperimentResult result = run("7.hot-keys", directory);
        ResultTable table = result.table();
        List<String> by = texts(table, "counted by");
        List<Double> requests = column(table, "requests");
        List<Double> bytes = column(table, "memory (bytes)");
        List<Double> wrong = column(table, "hottest keys, too much by (%)");
        List<Double> falselyHot = column(table, "of 10,000 orders, called hot");
        int last = by.size() - 4;
        assertThat(by.get(last), is("a counter for each key"));
        for (int row = 0; row < last; row += 4) {
            assertThat(
                    "counters, from one look to the next", bytes.get(row + 4), is(greaterThan(1.5 * bytes.get(row))));
            assertThat("sketches", bytes.subList(row + 1, row + 4), is(bytes.subList(last + 1, last + 4)));
        }
        assertThat(requests.get(last), is(131_072.0));
        assertThat("counters are exact", wrong.get(last), is(0.0));
        for (int row = last + 1; row < by.size(); row++) {
            assertThat(by.get(row), wrong.get(row), is(greaterThanOrEqualTo(0.0)));
        }
        assertThat("ten times the cells", wrong.get(last + 2), is(lessThan(wrong.get(last + 1) / 5)));
        assertThat("ten times the cells again", wrong.get(last + 3), is(lessThan(wrong.get(last + 2) / 2)));
        assertThat("orders, with an error of 1 %", falselyHot.get(last + 1), is(greaterThan(1_000.0)));
        assertThat("orders, with an error of 0.01 %", falselyHot.get(last + 3), is(0.0));
        assertThat("times the memory", result.answer(), is(closeTo(60, 15)));
    }

    @Test
    void aTreeThatChangesItsShapeCostsAsLittleAsTheBestForGetsAndSeries() throws IOException {
        ExperimentResult result = run("7.adaptive", directory);
        ResultTable table = result.table();
        List<String> loads = texts(table, "load");
        List<String> shapes = texts(table, "shape");
        List<Double> cost = column(table, "read and written (MB)");
        List<Double> changes = column(table, "changes");
        for (String load : List.of("gets", "series that expires")) { // the others have not settled on the small scale
            int first = loads.indexOf(load);
            assertThat(shapes.get(first + 4), is("adaptive"));
            double best = cost.subList(first, first + 4).stream()
                    .mapToDouble(Double::doubleValue)
                    .min()
                    .orElseThrow();
            assertThat(load, cost.get(first + 4), is(lessThanOrEqualTo(1.1 * best)));
            assertThat("changes for " + load, changes.get(first + 4), is(1.0));
        }
        assertThat("percent of the best fixed shape, while the load changes", result.answer(), is(lessThan(100.0)));
    }

    @Test
    void arcIsNeverFarBehindLruAndTheLoopDefeatsIt() throws IOException {
        ExperimentResult result = run("7.arc", directory);
        ResultTable table = result.table();
        List<String> traces = texts(table, "trace");
        List<Double> optimum = column(table, "optimum");
        List<Double> lru = column(table, "LRU");
        List<Double> arc = column(table, "ARC");
        for (String policy : List.of("LRU", "clock", "2Q", "S3-FIFO", "ARC")) {
            List<Double> hits = column(table, policy);
            for (int row = 0; row < hits.size(); row++) {
                assertThat(policy + " in row " + row, hits.get(row), is(lessThanOrEqualTo(optimum.get(row))));
            }
        }
        for (int row = 0; row < traces.size(); row++) {
            double allowed = traces.get(row).equals("shifting hot set") ? 1 : 0;
            assertThat(
                    "ARC on the trace " + traces.get(row),
                    arc.get(row),
                    is(greaterThanOrEqualTo(lru.get(row) - allowed)));
        }
        assertThat("ARC in a loop over one page more than fits", result.answer(), is(0.0));
    }

    @Test
    void theModelIsRightForMostLoads() throws IOException {
        ExperimentResult result = run("7.cost-model", directory);
        assertThat("loads", texts(result.table(), "load").size(), is(3));
        assertThat("right, of a hundred", result.answer(), is(100.0));
    }

    @Test
    void theModelThatSeesEverythingChoosesBest() throws IOException {
        ExperimentResult result = run("7.blind-model", directory);
        List<Double> costs = column(result.table(), "costs, mean (times the cheaper engine)");
        assertThat("models", costs.size(), is(4));
        for (double blind : costs.subList(1, costs.size())) {
            assertThat("what a model chooses that sees less", costs.get(0), is(lessThanOrEqualTo(blind)));
        }
    }

    @Test
    void twoWritesTearASaleAndTwoPhasesOrOneLogDoNot() throws IOException {
        ExperimentResult result = run("7.torn-commit", directory);
        ResultTable table = result.table();
        List<Double> torn = column(table, "with half a sale");
        List<Double> forced = column(table, "forced writes a sale");
        assertThat("torn by two writes", torn.get(0), is(greaterThan(0.0)));
        assertThat("torn by two phases and by one log", torn.subList(1, 3), is(List.of(0.0, 0.0)));
        assertThat("lost", column(table, "with an acknowledged sale lost"), is(List.of(0.0, 0.0, 0.0)));
        assertThat("forced writes of two phases", forced.get(1), is(greaterThan(forced.get(0))));
        assertThat("forced writes of one log", forced.get(2), is(lessThan(forced.get(0))));
    }

    @Test
    void warmKeysFillTheToysMemoryAndItsHotEngine() throws IOException {
        ExperimentResult result = run("7.warm-keys", directory);
        ResultTable table = result.table();
        List<Double> memory = column(table, "memory (bytes)");
        List<Double> btree = column(table, "B+tree (bytes)");
        List<Double> files = column(table, "files for each byte kept (bytes)");
        List<Double> written = column(table, "written for each byte put (bytes)");
        assertThat("rows", memory.size(), is(15));
        for (int row = 0; row < 4; row++) {
            assertThat("the toy's memory", memory.get(row + 1), is(greaterThan(1.7 * memory.get(row))));
            assertThat("and if keys go back", memory.get(row + 6), is(greaterThan(1.3 * memory.get(row + 5))));
            assertThat("the hybrid store's memory", memory.get(row + 11), is(lessThan(1.1 * memory.get(10))));
        }
        assertThat("bytes of memory an order", result.answer(), is(closeTo(205, 15)));
        assertThat("the toy's hot engine", btree.get(4), is(greaterThan(4 * btree.get(9))));
        assertThat("the hot engine if keys go back", btree.get(9), is(greaterThan(btree.get(14))));
        assertThat("files of the toy", files.get(4), is(greaterThan(files.get(14))));
        assertThat("written by the hybrid store", written.get(14), is(lessThan(written.get(4))));
        assertThat("written if keys go back", written.get(9), is(greaterThan(written.get(14))));
    }

    @Test
    void thePricesOfThePapersGiveTheirIntervalsAndTheShopsPricesBelongInMemory() throws IOException {
        ExperimentResult result = run("7.five-minute", directory);
        ResultTable table = result.table();
        List<String> published = texts(table, "published (s)");
        List<Double> seconds = column(table, "break-even (s)");
        List<String> devices = texts(table, "device");
        for (int row = 0; row < 4; row++) {
            double paper = Double.parseDouble(published.get(row));
            assertThat(devices.get(row), seconds.get(row), is(closeTo(paper, 0.03 * paper)));
        }
        int disk = devices.indexOf("disk");
        int flash = devices.indexOf("flash, one by one");
        int busy = devices.indexOf("flash, parallel");
        assertThat("a disk, and flash", seconds.get(disk), is(greaterThan(10 * seconds.get(flash))));
        assertThat("one read at a time, and many", seconds.get(flash), is(greaterThan(10 * seconds.get(busy))));
        assertThat("the answer, in minutes", result.answer(), is(closeTo(seconds.get(flash) / 60, 0.1)));
        assertThat("this machine", seconds.get(seconds.size() - 1), is(greaterThan(0.0)));
        List<String> newOrders = texts(table, "orders of a day");
        assertThat("new orders", List.of(newOrders.get(disk), newOrders.get(flash)), is(List.of("memory", "device")));
        for (int row = 0; row < 4 + 3; row++) {
            assertThat(devices.get(row), texts(table, "prices").get(row), is("memory"));
            assertThat(devices.get(row), texts(table, "older orders").get(row), is("device"));
        }
    }

    @Test
    void aMoveInSmallStepsTakesOneStepMoreAndEachGetSeesTheNewestValue() throws IOException {
        ExperimentResult result = run("7.migration", directory);
        ResultTable table = result.table();
        List<Double> steps = column(table, "a step (KiB)");
        int last = steps.size() - 1;
        for (String none : List.of("not the newest value", "wrong keys")) {
            assertThat(none, column(table, none), everyItem(is(0.0)));
        }
        for (String some : List.of("gets", "changes", "crashes")) {
            assertThat(some, column(table, some), everyItem(is(greaterThan(0.0))));
        }
        for (String extra : List.of("on both tiers, at most (KiB)", "copied again, at most (KiB)")) {
            List<Double> kib = column(table, extra);
            for (int row = 0; row <= last; row++) {
                assertThat(extra, kib.get(row), is(lessThanOrEqualTo(1.001 * steps.get(row))));
            }
            assertThat(extra + ", a whole range", kib.get(last), is(closeTo(steps.get(last), 1)));
        }
        List<Double> written = column(table, "written (bytes a byte)");
        assertThat("written in small steps", written.get(0), is(greaterThan(written.get(last))));
        assertThat("the answer", result.answer(), is(closeTo(written.get(1), 0.01)));
        List<Double> twice = column(table, "copied twice for them (KiB)");
        assertThat("copied twice", twice.get(0), is(lessThan(twice.get(last) / 4)));
    }
}
