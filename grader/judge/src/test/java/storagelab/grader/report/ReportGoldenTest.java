package storagelab.grader.report;

import java.io.IOException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import storagelab.grader.report.ConsoleReport.Ink;

@DisplayName("Every report of a result with every verdict is, byte for byte,")
final class ReportGoldenTest {
    @ParameterizedTest(name = "the golden {0} file")
    @EnumSource(ReportFormat.class)
    void file(ReportFormat format) throws IOException {
        StringBuilder text = new StringBuilder();
        format.write(SampleResult.full(), text);
        Golden.check(format.fileName(), text.toString());
    }

    @ParameterizedTest(name = "the golden {0} file of what could not be graded")
    @EnumSource(ReportFormat.class)
    void fileOfWhatCouldNotBeGraded(ReportFormat format) throws IOException {
        StringBuilder text = new StringBuilder();
        format.write(SampleResult.notGraded(), text);
        Golden.check("not-graded-" + format.fileName(), text.toString());
    }

    @Test
    @DisplayName("the golden table of what could not be graded")
    void consoleOfWhatCouldNotBeGraded() throws IOException {
        Golden.check("not-graded-console.txt", ConsoleReport.render(SampleResult.notGraded(), Ink.PLAIN, 100));
    }

    @Test
    @DisplayName("the golden table without colours")
    void console() throws IOException {
        Golden.check("console.txt", ConsoleReport.render(SampleResult.full(), Ink.PLAIN, 100));
    }

    @Test
    @DisplayName("the golden table with colours")
    void colours() throws IOException {
        Golden.check("console-colours.txt", ConsoleReport.render(SampleResult.full(), Ink.COLOURS, 100));
    }
}
