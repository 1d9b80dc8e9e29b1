package storagelab.grader.audit;

import java.util.ArrayList;
import java.util.List;
import storagelab.grader.splice.SpliceException;

/**
 * A change of a source text by its lines: in each of some places, old lines are replaced by new ones.
 *
 * <p>Format: one or more hunks, separated by lines {@code @@}. A line of a hunk that begins with {@code -} is taken out,
 * one that begins with {@code +} is put in, and one that begins with a space stays and says where the place is. What
 * follows the first character is the whole line, with its indentation; a line without any character is an empty line that
 * stays. The lines of a hunk that were there before, in their order, must occur exactly once in the text: a change that
 * fits nowhere, or in two places, is an error, so that no refactoring of the text can make it a change of something else.
 *
 * <pre>
 * @@
 * -            while (turn != first) {
 * +            if (turn != first) {
 * </pre>
 *
 * @param hunks in the order of their places
 */
record ZooEdit(List<Hunk> hunks) {
    private static final String SEPARATOR = "@@";

    ZooEdit {
        hunks = List.copyOf(hunks);
    }

    /**
     * Lines that change.
     *
     * @param before what is there, context included
     * @param after what is there instead
     */
    record Hunk(List<String> before, List<String> after) {
        Hunk {
            before = List.copyOf(before);
            after = List.copyOf(after);
        }
    }

    /** Whether the text is an edit and not Java: its first line that is not a comment separates hunks. */
    static boolean isEdit(String text) {
        return text.lines()
                .filter(line -> !line.startsWith("//") && !line.isBlank())
                .findFirst()
                .filter(SEPARATOR::equals)
                .isPresent();
    }

    /**
     * Reads an edit; lines before the first separator are its head and not looked at.
     *
     * @throws IllegalArgumentException if a line begins with another character, or a hunk changes nothing or names no line
     */
    static ZooEdit parse(String text) {
        List<Hunk> hunks = new ArrayList<>();
        List<String> before = new ArrayList<>();
        List<String> after = new ArrayList<>();
        List<String> body =
                text.lines().dropWhile(line -> !line.equals(SEPARATOR)).skip(1).toList();
        for (String line : body) {
            if (line.equals(SEPARATOR)) {
                hunks.add(hunk(before, after));
                before.clear();
                after.clear();
                continue;
            }
            char kind = line.isEmpty() ? ' ' : line.charAt(0);
            String content = line.isEmpty() ? "" : line.substring(1);
            if (kind != '-' && kind != '+' && kind != ' ') {
                throw new IllegalArgumentException("a line of an edit begins with '-', '+' or a space, not: " + line);
            }
            if (kind != '+') {
                before.add(content);
            }
            if (kind != '-') {
                after.add(content);
            }
        }
        hunks.add(hunk(before, after));
        return new ZooEdit(hunks);
    }

    private static Hunk hunk(List<String> before, List<String> after) {
        if (before.isEmpty() || before.equals(after)) {
            throw new IllegalArgumentException("an edit has a hunk that changes nothing or names no line: " + before);
        }
        return new Hunk(before, after);
    }

    /**
     * The text with every hunk's new lines.
     *
     * @throws SpliceException if the old lines of a hunk are not there exactly once, or not after those of the hunk before
     */
    String applyTo(String text) {
        List<String> lines = text.lines().toList();
        List<String> changed = new ArrayList<>();
        int done = 0;
        for (Hunk hunk : hunks) {
            int place = placeOf(hunk, lines);
            if (place < done) {
                throw new SpliceException("hunks overlap or are not in the order of their places, at: "
                        + hunk.before().get(0).strip());
            }
            changed.addAll(lines.subList(done, place));
            changed.addAll(hunk.after());
            done = place + hunk.before().size();
        }
        changed.addAll(lines.subList(done, lines.size()));
        return String.join("\n", changed) + "\n";
    }

    private static int placeOf(Hunk hunk, List<String> lines) {
        int size = hunk.before().size();
        int place = -1;
        for (int i = 0; i + size <= lines.size(); i++) {
            if (lines.subList(i, i + size).equals(hunk.before())) {
                if (place >= 0) {
                    throw new SpliceException("these lines are in the text more than once, in lines " + (place + 1)
                            + " and " + (i + 1) + ": " + describe(hunk));
                }
                place = i;
            }
        }
        if (place < 0) {
            throw new SpliceException("these lines are not in the text: " + describe(hunk));
        }
        return place;
    }

    private static String describe(Hunk hunk) {
        return String.join(" / ", hunk.before().stream().map(String::strip).toList());
    }
}
