package storagelab.grader.report;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.is;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import storagelab.grader.report.GradescopeReport.Options;
import storagelab.grader.report.GradescopeReport.Visibility;

/** What Gradescope shows to whom. */
class GradescopeReportTest {
    @Test
    void visibilityIsThatOfEveryRowAndOfStandardOutput() {
        JsonObject root = rendered(new Options(Visibility.AFTER_PUBLISHED, Visibility.AFTER_DUE_DATE));

        assertThat(root.get("visibility").getAsString(), is("after_published"));
        assertThat(root.get("stdout_visibility").getAsString(), is("after_due_date"));
        assertThat(words(root, "tests", "visibility"), everyItem(is("after_published")));
    }

    @Test
    void leaderboardHasTheTimesThatWereMeasuredAndNoNoise() {
        JsonObject root = rendered(Options.defaults());

        assertThat(
                words(root, "leaderboard", "name"),
                contains(
                        "Lab 1: Binary search of integers",
                        "Lab 1: Binary search of slices",
                        "Lab 1: Get from a sorted table"));
        assertThat(words(root, "leaderboard", "value"), contains("1.04", "1.90", "6.80"));
        assertThat("less is better", words(root, "leaderboard", "order"), everyItem(is("asc")));
    }

    @Test
    void thereIsNoLeaderboardWithoutBenchmarks() {
        JsonObject root = JsonParser.parseString(GradescopeReport.render(SampleResult.notGraded(), Options.defaults()))
                .getAsJsonObject();

        assertThat(root.has("leaderboard"), is(false));
    }

    private static JsonObject rendered(Options options) {
        return JsonParser.parseString(GradescopeReport.render(SampleResult.full(), options))
                .getAsJsonObject();
    }

    private static List<String> words(JsonObject root, String rows, String property) {
        return StreamSupport.stream(root.getAsJsonArray(rows).spliterator(), false)
                .map(JsonElement::getAsJsonObject)
                .map(row -> row.get(property).getAsString())
                .toList();
    }
}
