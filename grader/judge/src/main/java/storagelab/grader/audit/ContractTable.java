package storagelab.grader.audit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What holds the promises of one exercise's statement, sentence by sentence, in a file {@code 1.1.txt} that a reviewer
 * can read.
 *
 * <p>Format: {@link Paragraphs}. A paragraph with {@code at:} names the declaration above which the following sentences
 * stand. Each other paragraph is a row: the sentence, the test that holds it, and the wrong solution that breaks it and
 * that this test fails. A sentence may have several rows. One that no test can hold has the reason instead.
 *
 * <pre>
 * at: BinarySearch.indexOf(IntSequence, int)
 *
 * says: The index of `target` in `sorted`, or −1 if it is not there.
 * test: BinarySearchHiddenTest.everyTargetOfManySequences
 * wrong: LastElementIsMissed
 *
 * says: Hold on to one invariant: if the target is anywhere, it is in `[low, high)`.
 * because: advice on how to write it; another way is right, too
 * </pre>
 */
final class ContractTable {
    private static final Set<String> KEYS = Set.of("at", "says", "test", "wrong", "because");
    private static final Set<Set<String>> ROWS = Set.of(Set.of("says", "test", "wrong"), Set.of("says", "because"));

    private ContractTable() {}

    /**
     * One row.
     *
     * @param promise the sentence
     * @param test simple class name, dot, method name; empty if no test can hold the sentence
     * @param wrong name of the wrong solution; empty if no test can hold the sentence
     */
    record Row(Promise promise, String test, String wrong) {
        /** Whether a test holds the sentence. */
        boolean isTested() {
            return !test.isEmpty();
        }
    }

    /** The rows of {@code exercise}; none if {@code directory} has no table of it. */
    static List<Row> read(Path directory, String exercise) throws IOException {
        Path file = directory.resolve(exercise + ".txt");
        return Files.exists(file) ? parse(exercise, Files.readString(file)) : List.of();
    }

    /**
     * Reads a table.
     *
     * @throws IllegalArgumentException if a paragraph is neither a place nor a row, with its exercise and text
     */
    static List<Row> parse(String exercise, String text) {
        List<Row> rows = new ArrayList<>();
        String place = "";
        try {
            for (Map<String, String> paragraph : Paragraphs.read(text, KEYS)) {
                if (paragraph.keySet().equals(Set.of("at"))) {
                    place = paragraph.getOrDefault("at", "");
                } else if (place.isEmpty()) {
                    throw new IllegalArgumentException("there is no 'at:' before " + paragraph);
                } else if (!ROWS.contains(paragraph.keySet())) {
                    throw new IllegalArgumentException(
                            "a row has 'says:', 'test:' and 'wrong:', or 'says:' and 'because:', not " + paragraph);
                } else {
                    Promise promise = new Promise(exercise, place, paragraph.getOrDefault("says", ""));
                    rows.add(new Row(promise, paragraph.getOrDefault("test", ""), paragraph.getOrDefault("wrong", "")));
                }
            }
        } catch (IllegalArgumentException malformed) {
            throw new IllegalArgumentException("the contract table of " + exercise + ": " + malformed.getMessage());
        }
        return rows;
    }
}
