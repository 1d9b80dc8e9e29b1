package storagelab.grader.splice;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Replacements to make in one text. They may come in any order; one inside another is dropped, as its text goes anyway.
 */
final class Edits {
    private final List<Edit> edits = new ArrayList<>();

    private record Edit(int start, int end, String replacement) {}

    /** Puts {@code replacement} where {@code [start, end)} was. */
    void replace(int start, int end, String replacement) {
        edits.add(new Edit(start, end, replacement));
    }

    /** Takes {@code [start, end)} out. */
    void remove(int start, int end) {
        replace(start, end, "");
    }

    /** Puts {@code inserted} before the character at {@code at}. */
    void insert(int at, String inserted) {
        replace(at, at, inserted);
    }

    boolean isEmpty() {
        return edits.isEmpty();
    }

    /** The text with every replacement made. */
    String apply(String text) {
        List<Edit> ordered = new ArrayList<>(edits);
        ordered.sort(Comparator.comparingInt(Edit::start).thenComparing(Edit::end, Comparator.reverseOrder()));
        StringBuilder result = new StringBuilder(text.length());
        int done = 0;
        for (Edit edit : ordered) {
            if (edit.start < done) {
                if (edit.end > done) {
                    if (!edit.replacement.isEmpty()) {
                        throw new AssertionError("replacements overlap at offset " + edit.start);
                    }
                    done = edit.end;
                }
                continue;
            }
            result.append(text, done, edit.start).append(edit.replacement);
            done = edit.end;
        }
        return result.append(text, done, text.length()).toString();
    }
}
