package storagelab.grader.audit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads lists that people write: paragraphs of {@code key: value} lines, with an empty line between two paragraphs.
 * Lines that begin with {@code #} are comments.
 */
final class Paragraphs {
    private Paragraphs() {}

    /**
     * The paragraphs of {@code text}, each with its values by key.
     *
     * @throws IllegalArgumentException if a line has none of {@code keys}, or a paragraph has one twice
     */
    static List<Map<String, String>> read(String text, Set<String> keys) {
        List<Map<String, String>> paragraphs = new ArrayList<>();
        Map<String, String> paragraph = new LinkedHashMap<>();
        for (String line : (text + "\n\n").lines().map(String::strip).toList()) {
            if (line.isEmpty()) {
                if (!paragraph.isEmpty()) {
                    paragraphs.add(Map.copyOf(paragraph));
                    paragraph.clear();
                }
            } else if (!line.startsWith("#")) {
                int colon = line.indexOf(": ");
                String key = colon < 0 ? line : line.substring(0, colon);
                if (colon < 0 || !keys.contains(key) || paragraph.containsKey(key)) {
                    throw new IllegalArgumentException("the line does not begin with one of "
                            + keys.stream().sorted().toList() + ", or its paragraph has that key twice: " + line);
                }
                paragraph.put(key, line.substring(colon + 2).strip());
            }
        }
        return paragraphs;
    }
}
