package storagelab.grader.audit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The mutants that no test can kill, because they do what the reference does or because no contract forbids what they
 * do. Each is written down with the reason, in a file that a reviewer can read: one an exercise, {@code 1.4.txt}.
 *
 * <p>Format: {@link Paragraphs}.
 *
 * <pre>
 * mutant: storagelab.search.BinarySearch.indexOf
 * change: changed conditional boundary
 * line: if (low &gt;= high) {
 * because: low == high was ruled out by the caller
 * </pre>
 *
 * <p>A line of source stands for its text, not for its number, so that the list survives edits elsewhere in the file.
 * An entry speaks for every mutant that it describes.
 */
final class EquivalentMutants {
    private static final Set<String> KEYS = Set.of("mutant", "change", "line", "because");

    private final List<Entry> entries;

    private EquivalentMutants(List<Entry> entries) {
        this.entries = entries;
    }

    /**
     * One mutant, or several of the same description.
     *
     * @param method class and method: {@code "storagelab.search.BinarySearch.indexOf"}
     * @param change what the mutation does, as PIT says it
     * @param line the source line, without indentation
     * @param because why nobody can notice
     */
    record Entry(String method, String change, String line, String because) {
        boolean describes(Mutant mutant) {
            return method.equals(mutant.qualifiedMethod())
                    && change.equals(mutant.description())
                    && line.equals(mutant.sourceLine());
        }

        String describe() {
            return "%s, %s, at: %s".formatted(method, change, line);
        }
    }

    /** Reads the files of {@code exercises} in {@code directory}; one that has none has no such mutants. */
    static EquivalentMutants read(Path directory, List<String> exercises) throws IOException {
        StringBuilder texts = new StringBuilder();
        for (String exercise : exercises) {
            Path file = directory.resolve(exercise + ".txt");
            if (Files.exists(file)) {
                texts.append(Files.readString(file)).append("\n\n");
            }
        }
        return parse(texts.toString());
    }

    /**
     * Reads the list.
     *
     * @throws IllegalArgumentException if a paragraph lacks a key or has an unknown one
     */
    static EquivalentMutants parse(String text) {
        return new EquivalentMutants(Paragraphs.read(text, KEYS).stream()
                .map(EquivalentMutants::entry)
                .toList());
    }

    private static Entry entry(Map<String, String> paragraph) {
        if (paragraph.size() != KEYS.size()) {
            Set<String> missing = new TreeSet<>(KEYS);
            missing.removeAll(paragraph.keySet());
            throw new IllegalArgumentException(paragraph + " lacks " + missing);
        }
        return new Entry(
                paragraph.getOrDefault("mutant", ""),
                paragraph.getOrDefault("change", ""),
                paragraph.getOrDefault("line", ""),
                paragraph.getOrDefault("because", ""));
    }

    /** The entry that describes {@code mutant}. */
    Optional<Entry> find(Mutant mutant) {
        return entries.stream().filter(entry -> entry.describes(mutant)).findFirst();
    }

    /** Entries that describe none of {@code mutants}: the code they spoke of has changed. */
    List<Entry> stale(List<Mutant> mutants) {
        return entries.stream()
                .filter(entry -> mutants.stream().noneMatch(entry::describes))
                .toList();
    }
}
