package storagelab.grader.cli;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;
import storagelab.grader.model.CompileError;
import storagelab.grader.model.Verdict;
import storagelab.grader.practice.PracticeResult;

/** What a build server reads of a run of the public tests. */
class PracticeJunitTest {
    private static final String HOSTILE = "a\u001b[31m]]></failure> & \"q\" \ud83d\ude00 \ud800";

    @Test
    void hasASuiteForEachExerciseAndOneForTheCompiler() throws Exception {
        Document document = parsed(new PracticeResult(
                List.of(
                        exercise("1.1", Verdict.PASSED, Verdict.FAILED, Verdict.TIMED_OUT),
                        exercise("1.2", Verdict.NOT_STARTED, Verdict.BLOCKED)),
                List.of(new CompileError("lab-01/A.java", 3, 1, "';' expected", "int a = 0")),
                12));

        assertThat(attributes(document, "testsuite", "name"), is(List.of("compiler", "1.1 Title", "1.2 Title")));
        assertThat(attributes(document, "testsuite", "tests"), is(List.of("", "3", "2")));
        assertThat(attributes(document, "testsuite", "failures"), is(List.of("", "1", "0")));
        assertThat(attributes(document, "testsuite", "errors"), is(List.of("", "1", "0")));
        assertThat(attributes(document, "testsuite", "skipped"), is(List.of("", "0", "2")));
        assertThat(document.getElementsByTagName("testcase").getLength(), is(6));
    }

    @Test
    void textOfASubmissionIsText() throws Exception {
        Document document = parsed(new PracticeResult(List.of(exercise("1.1", Verdict.FAILED)), List.of(), 12));

        assertThat(
                document.getElementsByTagName("failure").item(0).getTextContent(),
                is("a\uFFFD[31m]]></failure> & \"q\" \ud83d\ude00 \uFFFD\nat A.java:7"));
    }

    private static PracticeResult.Exercise exercise(String id, Verdict... verdicts) {
        List<PracticeResult.Test> tests = List.of(verdicts).stream()
                .map(verdict -> new PracticeResult.Test("T.t", "finds", verdict, HOSTILE, "A.java:7", 1_234, ""))
                .toList();
        return new PracticeResult.Exercise(id, "Title", verdicts[0], "", tests);
    }

    private static Document parsed(PracticeResult result) throws Exception {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(PracticeJunit.render(result))));
    }

    private static List<String> attributes(Document document, String element, String attribute) {
        List<String> values = new ArrayList<>();
        for (int i = 0; i < document.getElementsByTagName(element).getLength(); i++) {
            values.add(((Element) document.getElementsByTagName(element).item(i)).getAttribute(attribute));
        }
        return values;
    }
}
