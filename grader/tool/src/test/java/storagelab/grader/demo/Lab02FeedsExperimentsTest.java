package storagelab.grader.demo;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.closeTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.greaterThan;
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

/** The experiments of lab 2 about feeds, run on the reference: what the toys cost and lose, and what the feed does. */
class Lab02FeedsExperimentsTest {
    @TempDir
    private Path directory;

    @Test
    void aBlobIsWrittenWholeForEveryPostAndARangeIsReadBlockByBlock() throws IOException {
        ExperimentResult result = run("2.blob-gets-range", directory);
        ResultTable table = result.table();
        List<String> kinds = texts(table, "kept as");
        List<Double> written = column(table, "written for a post");
        List<Double> blocks = column(table, "blocks read for a page");
        List<Double> posts = column(table, "posts in each feed");
        List<Double> followers = column(table, "followers");
        for (int row = 0; row < kinds.size(); row++) {
            double page = Math.min(1_000, posts.get(row));
            switch (kinds.get(row)) {
                case "blob" -> assertThat(written.get(row), greaterThan(0.125 * posts.get(row) * followers.get(row)));
                case "gets" -> assertThat(blocks.get(row), is(page + 1));
                default -> {
                    assertThat(written.get(row), lessThan(0.5 * followers.get(row)));
                    assertThat(blocks.get(row), lessThan(page / 20));
                }
            }
        }
        assertThat("megabytes for 100 followers", result.answer(), greaterThan(20.0));
    }

    @Test
    void anOffsetRepeatsWhenPostsComeAndSkipsWhenTheyGoAndAKeyDoesNeither() throws IOException {
        ExperimentResult result = run("2.offset-or-keyset", directory);
        ResultTable table = result.table();
        assertThat(column(table, "keyset: seen twice"), everyItem(is(0.0)));
        assertThat(column(table, "keyset: never seen"), everyItem(is(0.0)));
        List<Double> published = column(table, "published between two pages");
        List<Double> deleted = column(table, "deleted between two pages");
        List<Double> twice = column(table, "offset: seen twice");
        List<Double> never = column(table, "offset: never seen");
        for (int row = 0; row < published.size(); row++) {
            if (deleted.get(row) == 0) {
                // Each page begins with as many posts of the page before as were published since: 2,000 / (20 - p)
                // pages.
                double expected = published.get(row) * 2_000 / (20 - published.get(row));
                assertThat(twice.get(row), closeTo(expected, 10));
                assertThat(never.get(row), is(0.0));
            }
            if (published.get(row) == 0) {
                assertThat(twice.get(row), is(0.0));
                assertThat(never.get(row) > 0, is(deleted.get(row) > 0));
            }
        }
    }
}
