package storagelab.grader.report;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.closeTo;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import storagelab.grader.model.GradeResult;
import storagelab.grader.report.ConsoleReport.Ink;
import storagelab.grader.report.GradescopeReport.Options;
import storagelab.grader.report.GradescopeReport.Visibility;

@DisplayName("Reports")
final class ReportsTest {
    private static final GradeResult RESULT = SampleResult.full();

    @Test
    @DisplayName("are written one file a format, and written again over the old ones")
    void files(@TempDir Path directory) throws IOException {
        Path out = directory.resolve("not").resolve("there");
        Reports.write(RESULT, out, List.of(ReportFormat.values()));
        Reports.write(RESULT, out, List.of(ReportFormat.values()));

        try (Stream<Path> files = Files.list(out)) {
            assertThat(
                    files.map(file -> file.getFileName().toString()).toList(),
                    containsInAnyOrder("result.json", "report.html", "junit.xml", "summary.md", "results.json"));
        }
    }

    @Test
    @DisplayName("are the same in a locale with decimal commas and other digits")
    void locale() throws IOException {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
            for (ReportFormat format : ReportFormat.values()) {
                StringBuilder text = new StringBuilder();
                format.write(RESULT, text);
                Golden.check(format.fileName(), text.toString());
            }
            Golden.check("console.txt", ConsoleReport.render(RESULT, Ink.PLAIN, 100));
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    @DisplayName("for Gradescope add up to the score, row by row")
    void gradescopeSum() {
        JsonObject root = gradescope(Options.defaults());
        double earned = 0;
        double most = 0;
        for (JsonElement row : root.getAsJsonArray("tests")) {
            earned += row.getAsJsonObject().get("score").getAsDouble();
            most += row.getAsJsonObject().get("max_score").getAsDouble();
        }

        assertThat(earned, closeTo(root.get("score").getAsDouble(), 1e-9));
        assertThat(most, closeTo(RESULT.maxScore(), 1e-9));
    }

    @Test
    @DisplayName("for Gradescope show flags to staff only, and rows when the course says so")
    void gradescopeVisibility() {
        JsonObject root = gradescope(new Options(Visibility.AFTER_DUE_DATE, Visibility.AFTER_PUBLISHED));

        assertThat(root.get("stdout_visibility").getAsString(), is("after_published"));
        for (JsonElement row : root.getAsJsonArray("tests")) {
            assertThat(row.getAsJsonObject().get("visibility").getAsString(), is("after_due_date"));
        }
        assertThat(root.getAsJsonObject("extra_data").getAsJsonArray("flags").size(), is(2));
        assertThat(root.get("output").getAsString(), not(containsString("forged")));
    }

    @Test
    @DisplayName("for build servers count what they hold, suite by suite and in all")
    void junitCounts() throws Exception {
        StringBuilder text = new StringBuilder();
        ReportFormat.JUNIT.write(RESULT, text);
        Element root = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(text.toString().getBytes(StandardCharsets.UTF_8)))
                .getDocumentElement();

        checkCounts(root);
        NodeList suites = root.getElementsByTagName("testsuite");
        for (int i = 0; i < suites.getLength(); i++) {
            checkCounts((Element) suites.item(i));
        }
    }

    private static void checkCounts(Element element) {
        String name = element.getAttribute("name");
        String[][] counts = {{"tests", "testcase"}, {"failures", "failure"}, {"errors", "error"}, {"skipped", "skipped"}
        };
        for (String[] count : counts) {
            int found = element.getElementsByTagName(count[1]).getLength();
            assertThat(name + ": " + count[0], element.getAttribute(count[0]), is(Integer.toString(found)));
        }
    }

    @Test
    @DisplayName("on a console keep to its width")
    void width() {
        for (int columns : new int[] {72, 80, 100, 140}) {
            String table = ConsoleReport.render(RESULT, Ink.PLAIN, columns);
            List<Integer> lengths = Arrays.stream(
                            table.substring(0, table.indexOf("Storage Lab")).split("\n"))
                    .map(String::length)
                    .toList();
            assertThat(table, lengths, everyItem(lessThanOrEqualTo(columns)));
        }
    }

    @Test
    @DisplayName("of nothing are written too")
    void empty() throws IOException {
        GradeResult nothing = SampleResult.result(List.of());
        for (ReportFormat format : ReportFormat.values()) {
            StringBuilder text = new StringBuilder();
            format.write(nothing, text);
            assertThat(format.fileName(), text.toString(), containsString(nothing.command()));
        }
        assertThat(ConsoleReport.render(nothing, Ink.PLAIN, 80), containsString("Score 0 / 0"));
    }

    @Test
    @DisplayName("are asked for by name; a wrong name is told the right ones")
    void names() {
        assertThat(ReportFormat.named("Junit"), is(ReportFormat.JUNIT));
        IllegalArgumentException unknown =
                assertThrows(IllegalArgumentException.class, () -> ReportFormat.named("pdf"));
        assertThat(
                unknown.getMessage(),
                is("no report format \"pdf\"; there are json, html, junit, markdown, gradescope"));
    }

    private static JsonObject gradescope(Options options) {
        return JsonParser.parseString(GradescopeReport.render(RESULT, options)).getAsJsonObject();
    }
}
