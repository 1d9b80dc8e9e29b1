package storagelab.grader.notes;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import storagelab.sortedlog.FormatExamples;

/** The examples that the golden tests of the formats compare with are those that the pages print. */
class FormatPagesTest {
    private static final Path PAGES = Path.of("..", "notes", "formats");

    @ParameterizedTest
    @CsvSource({"toy-log.md", "record-log.md", "sorted-table.md", "table-list.md"})
    @DisplayName("the page prints the bytes of the golden test")
    void pagePrintsTheExample(String page) throws IOException {
        assertThat(Files.readString(PAGES.resolve(page)), containsString("```\n" + example(page) + "```\n"));
    }

    private static String example(String page) {
        return switch (page) {
            case "toy-log.md" -> FormatExamples.TOY_LOG;
            case "record-log.md" -> FormatExamples.RECORD_LOG;
            case "sorted-table.md" -> FormatExamples.SORTED_TABLE;
            case "table-list.md" -> FormatExamples.TABLE_LIST;
            default -> throw new AssertionError("no example of " + page);
        };
    }
}
