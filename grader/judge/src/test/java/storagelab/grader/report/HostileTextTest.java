package storagelab.grader.report;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.gson.JsonParser;
import java.io.StringReader;
import java.util.List;
import java.util.Random;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import storagelab.grader.model.ExerciseResult;
import storagelab.grader.model.GradeResult;
import storagelab.grader.model.LabResult;
import storagelab.grader.model.TestKind;
import storagelab.grader.model.TestResult;
import storagelab.grader.model.Verdict;
import storagelab.grader.report.ConsoleReport.Ink;

@DisplayName("Text that a submission chose")
final class HostileTextTest {
    private static final char[] ALPHABET =
            "<>&\"'/!-[]= \t\r\n\0\u0007\u001b\u007f\u009f\ud83d\ude00\ud800\udfff\ufffe\uffff\u202e\u2066abc{}\\`%"
                    .toCharArray();

    @Test
    @DisplayName("adds no element, attribute or comment to the page")
    void page() throws Exception {
        String tame = HtmlReport.render(withMessage("harmless"));
        String wild = HtmlReport.render(withMessage(SampleResult.HOSTILE));

        assertThat(elements(parse(wild)), is(elements(parse(tame))));
        assertThat(wild, not(containsString("<script")));
        assertThat(wild, not(containsString("<img")));
        assertThat(messageOnPage(wild), is(SampleResult.HOSTILE));
    }

    @Test
    @DisplayName("whatever it is made of, leaves page and XML well formed and is read back as it was shown")
    void anyText() throws Exception {
        long seed = Long.getLong("seed", 20_261_121);
        Random random = new Random(seed);
        for (int round = 0; round < 300; round++) {
            String text = randomText(random);
            String context = "seed " + seed + ", round " + round;
            assertThat(context, messageOnPage(HtmlReport.render(withMessage(text))), is(PlainText.clean(text)));
            Document junit = parse(JunitReport.render(withMessage(text)));
            String failure = junit.getElementsByTagName("failure").item(0).getTextContent();
            assertThat(context, failure, is(PlainText.clean(text)));
            String json = JsonReport.render(withMessage(text));
            assertThat(context, messageInJson(json), is(PlainText.encodable(text)));
        }
    }

    @Test
    @DisplayName("is code or escaped text in Markdown")
    void markdown() {
        String hostile = "`[x](https://x.example) <img src=x> | **b** @all";
        GradeResult tame = withMessage("");
        GradeResult result = new GradeResult(
                tame.tool(),
                tame.version(),
                tame.seed(),
                tame.jdk(),
                tame.os(),
                hostile,
                tame.sandbox(),
                tame.confined(),
                tame.startedAt(),
                tame.durationMillis(),
                tame.score(),
                tame.maxScore(),
                tame.labs(),
                List.of(hostile),
                tame.command(),
                "");

        String page = MarkdownReport.render(result);

        assertThat(page, containsString("## \\`\\[x\\](https://x.example) \\<img src=x\\> \\| \\*\\*b\\*\\* \\@all: "));
        assertThat(page, containsString("- `'[x](https://x.example) <img src=x> | **b** @all`\n"));
    }

    @Test
    @DisplayName("sends no control sequence to a terminal")
    void terminal() {
        String table = ConsoleReport.render(withMessage("\u001b]0;title\u0007\u009b31m"), Ink.PLAIN, 100);

        assertThat(
                table.chars()
                        .filter(c -> Character.isISOControl(c) && c != '\n')
                        .count(),
                is(0L));
        assertThat(table, containsString("\\u001b]0;title\\u0007\\u009b31m"));
    }

    @Test
    @DisplayName("keeps its line ends and tabs, and emoji stay whole")
    void plainText() {
        assertThat(PlainText.clean("a\r\nb\tc"), is("a\nb\tc"));
        assertThat(PlainText.clean("\ud83d\ude00"), is("\ud83d\ude00"));
        assertThat(PlainText.clean("x\ud83d"), is("x\ufffd"));
        assertThat(PlainText.firstLine("\ud83d\ude00".repeat(40), 20), is("\ud83d\ude00".repeat(8) + " ..."));
        assertThat(PlainText.firstLine("one\ntwo", 20), is("one ..."));
    }

    @Test
    @DisplayName("an element left open is a mistake of the report, and is refused")
    void unbalanced() {
        Markup html = new Markup("<!doctype html>").open("p").text("…");

        assertThrows(IllegalStateException.class, html::toString);
    }

    private static GradeResult withMessage(String message) {
        TestResult test = new TestResult("T.t", TestKind.HIDDEN, "a property", Verdict.FAILED, message, 1, 2, 0, "");
        ExerciseResult exercise = new ExerciseResult("1.1", "Search", 2, 0, Verdict.FAILED, "", List.of(test));
        return SampleResult.result(
                List.of(new LabResult(1, "lab-01", "Logs", 2, 0, List.of(exercise), List.of(), List.of())));
    }

    private static String randomText(Random random) {
        StringBuilder text = new StringBuilder("m");
        int length = random.nextInt(40);
        for (int i = 0; i < length; i++) {
            text.append(ALPHABET[random.nextInt(ALPHABET.length)]);
        }
        return text.append('.').toString();
    }

    private static Document parse(String markup) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
        String xml = markup.replaceFirst("^<!doctype html>", "");
        return factory.newDocumentBuilder().parse(new InputSource(new StringReader(xml)));
    }

    private static String elements(Document document) {
        StringBuilder names = new StringBuilder();
        NodeList all = document.getElementsByTagName("*");
        for (int i = 0; i < all.getLength(); i++) {
            Element element = (Element) all.item(i);
            names.append(element.getTagName())
                    .append(element.getAttributes().getLength())
                    .append(' ');
        }
        return names.toString();
    }

    private static String messageOnPage(String page) throws Exception {
        return parse(page).getElementsByTagName("pre").item(0).getTextContent();
    }

    private static String messageInJson(String json) {
        return JsonParser.parseString(json)
                .getAsJsonObject()
                .getAsJsonArray("labs")
                .get(0)
                .getAsJsonObject()
                .getAsJsonArray("exercises")
                .get(0)
                .getAsJsonObject()
                .getAsJsonArray("tests")
                .get(0)
                .getAsJsonObject()
                .get("message")
                .getAsString();
    }
}
