package storagelab.grader.cli;

import java.io.StringWriter;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import storagelab.grader.model.CompileError;
import storagelab.grader.model.Verdict;
import storagelab.grader.practice.PracticeResult;

/**
 * What the public tests say, as build servers read it: a suite for each exercise, and one for errors of the compiler. What
 * was not started or is blocked counts as skipped.
 */
final class PracticeJunit {
    private static final String NOT_IN_XML = "[^\\t\\n\\r\\x20-\\uD7FF\\uE000-\\uFFFD\\x{10000}-\\x{10FFFF}]";
    private static final Set<Verdict> SKIPPED = Set.of(Verdict.NOT_STARTED, Verdict.BLOCKED);

    private final XMLStreamWriter xml;

    private PracticeJunit(XMLStreamWriter xml) {
        this.xml = xml;
    }

    /** The file's content, in UTF-8. */
    static String render(PracticeResult result) {
        StringWriter text = new StringWriter();
        try {
            XMLStreamWriter xml = XMLOutputFactory.newFactory().createXMLStreamWriter(text);
            xml.writeStartDocument("UTF-8", "1.0");
            new PracticeJunit(xml).write(result);
            xml.writeEndDocument();
            xml.close();
        } catch (XMLStreamException impossible) {
            throw new AssertionError("writing into memory", impossible);
        }
        return text + "\n";
    }

    private void write(PracticeResult result) throws XMLStreamException {
        open("testsuites", "name", "public tests");
        if (!result.compileErrors().isEmpty()) {
            open("testsuite", "name", "compiler");
            for (CompileError error : result.compileErrors()) {
                open("testcase", "classname", "compiler", "name", error.describe(), "time", "0");
                leaf("error", error.describe(), error.sourceLine());
                xml.writeEndElement();
            }
            xml.writeEndElement();
        }
        for (PracticeResult.Exercise exercise : result.exercises()) {
            suite(exercise);
        }
        xml.writeEndElement();
    }

    private void suite(PracticeResult.Exercise exercise) throws XMLStreamException {
        List<PracticeResult.Test> tests = exercise.tests();
        open(
                "testsuite",
                "name",
                exercise.id() + " " + exercise.title(),
                "tests",
                Integer.toString(tests.size()),
                "failures",
                count(tests, "failure"),
                "errors",
                count(tests, "error"),
                "skipped",
                count(tests, "skipped"));
        for (PracticeResult.Test test : tests) {
            String seconds = String.format(Locale.ROOT, "%.3f", test.millis() / 1_000.0);
            // A dot in the name of a class is read as the end of a package.
            open("testcase", "classname", exercise.id().replace('.', '_'), "name", test.name(), "time", seconds);
            if (test.verdict() != Verdict.PASSED) {
                String place = test.location().isEmpty() ? "" : "\nat " + test.location();
                leaf(element(test.verdict()), test.verdict().describe(), test.message() + place);
            }
            xml.writeEndElement();
        }
        xml.writeEndElement();
    }

    private static String element(Verdict verdict) {
        if (SKIPPED.contains(verdict)) {
            return "skipped";
        }
        return verdict == Verdict.FAILED ? "failure" : "error";
    }

    private static String count(List<PracticeResult.Test> tests, String element) {
        return Long.toString(tests.stream()
                .filter(test -> test.verdict() != Verdict.PASSED)
                .filter(test -> element(test.verdict()).equals(element))
                .count());
    }

    private void open(String name, String... attributes) throws XMLStreamException {
        xml.writeCharacters("\n");
        xml.writeStartElement(name);
        for (int i = 0; i < attributes.length; i += 2) {
            xml.writeAttribute(attributes[i], clean(attributes[i + 1]));
        }
    }

    private void leaf(String name, String message, String text) throws XMLStreamException {
        open(name, "message", message);
        xml.writeCharacters(clean(text));
        xml.writeEndElement();
    }

    private static String clean(String text) {
        return text.replaceAll(NOT_IN_XML, "\uFFFD");
    }
}
