package storagelab.grader.gradebook;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import storagelab.grader.model.GradeResult;
import storagelab.grader.report.ReportFormat;
import storagelab.grader.syllabus.Disclosure;

/** What students see of their results. */
class StudentReportTest {
    private static final GradeResult RESULT = SampleGraded.result(
            "ada",
            0.5,
            "",
            List.of(
                    "same text as the reference, and not recorded as taken from it: 1.1",
                    "ignored in lab-01: pom.xml",
                    "how it was packed: sources outside of the labs' directories"));

    private static String everything(Disclosure disclosure) throws Exception {
        StringBuilder text = new StringBuilder();
        GradeResult shown = StudentReport.of(RESULT, disclosure);
        for (ReportFormat format : ReportFormat.values()) {
            format.write(shown, text);
        }
        return text.toString();
    }

    @Test
    void messagesOfHiddenTestsStayWithTheInstructor() throws Exception {
        assertThat(everything(Disclosure.EVERYTHING), containsString(SampleGraded.SECRET));
        assertThat(everything(Disclosure.NAMES), not(containsString(SampleGraded.SECRET)));
        assertThat(everything(Disclosure.NAMES), containsString("counts its probes"));
        assertThat(everything(Disclosure.COUNTS), not(containsString(SampleGraded.SECRET)));
        assertThat(everything(Disclosure.COUNTS), not(containsString("counts its probes")));
        assertThat(everything(Disclosure.COUNTS), not(containsString("SearchHiddenTest")));
        assertThat(everything(Disclosure.COUNTS), containsString("hidden test 1"));
    }

    @ParameterizedTest
    @EnumSource(Disclosure.class)
    void flagsForStaffAreLeftOutAndPointsAreTheSame(Disclosure disclosure) {
        GradeResult shown = StudentReport.of(RESULT, disclosure);
        assertThat(
                shown.flags(),
                contains("ignored in lab-01: pom.xml", "how it was packed: sources outside of the labs' directories"));
        assertThat(shown.score(), is(RESULT.score()));
        assertThat(shown.labs().get(0).exercises().get(0).earned(), is(2.0));
        assertThat(shown.labs().get(0).exercises().get(0).tests().size(), is(2));
    }
}
