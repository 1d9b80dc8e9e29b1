package storagelab.grader.audit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** Reads the {@code mutations.xml} that PIT writes. */
final class PitReport {
    private final String exercise;
    private final Path sources;
    private final Map<Path, List<String>> lines = new HashMap<>();

    /**
     * A reader.
     *
     * @param exercise whose tests ran
     * @param sources root of the sources that were mutated
     */
    PitReport(String exercise, Path sources) {
        this.exercise = exercise;
        this.sources = sources;
    }

    /** All mutants of the report, in its order. */
    List<Mutant> read(Path xml) throws IOException {
        NodeList nodes;
        try {
            nodes = DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(xml.toFile())
                    .getElementsByTagName("mutation");
        } catch (ParserConfigurationException | SAXException damaged) {
            throw new IOException(xml + " is not a report of PIT", damaged);
        }
        List<Mutant> mutants = new ArrayList<>();
        for (int i = 0; i < nodes.getLength(); i++) {
            mutants.add(mutant((Element) nodes.item(i)));
        }
        return mutants;
    }

    private Mutant mutant(Element element) throws IOException {
        String className = text(element, "mutatedClass");
        int line = Integer.parseInt(text(element, "lineNumber"));
        return new Mutant(
                exercise,
                className,
                text(element, "mutatedMethod"),
                text(element, "index"),
                line,
                sourceLine(className, text(element, "sourceFile"), line),
                text(element, "description"),
                status(element.getAttribute("status")),
                text(element, "killingTest"));
    }

    private static Mutant.Status status(String name) throws IOException {
        for (Mutant.Status status : Mutant.Status.values()) {
            if (status.name().equals(name)) {
                return status;
            }
        }
        throw new IOException("PIT did not finish: a mutant is left as " + name);
    }

    private static String text(Element element, String name) {
        NodeList found = element.getElementsByTagName(name);
        return found.getLength() == 0 ? "" : found.item(0).getTextContent();
    }

    private String sourceLine(String className, String fileName, int line) throws IOException {
        Path file = sources.resolve(
                        className.substring(0, className.lastIndexOf('.')).replace('.', '/'))
                .resolve(fileName);
        if (!lines.containsKey(file)) {
            lines.put(file, Files.readAllLines(file));
        }
        List<String> text = lines.get(file);
        return line >= 1 && line <= text.size() ? text.get(line - 1).strip() : "";
    }
}
