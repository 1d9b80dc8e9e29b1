package storagelab.grader.kv;

import java.util.ArrayList;
import java.util.List;
import storagelab.grader.LabException;

/**
 * Splits a line of a session into words. Between single or double quotes everything is one word; the quotes are not part of it. A
 * backslash is what it is, since the escapes of keys and values begin with one: {@code put 'two words' "it's\x00"} has the words
 * {@code put}, {@code two words} and {@code it's\x00}.
 */
final class Words {
    private Words() {}

    /**
     * The words of {@code line}.
     *
     * @throws LabException if a quote is not closed
     */
    static List<String> split(String line) {
        List<String> words = new ArrayList<>();
        int at = 0;
        while (at < line.length()) {
            if (Character.isWhitespace(line.charAt(at))) {
                at++;
                continue;
            }
            StringBuilder word = new StringBuilder();
            at = take(line, at, word);
            words.add(word.toString());
        }
        return words;
    }

    /** Takes the word that begins at {@code from}. Returns where it ends. */
    private static int take(String line, int from, StringBuilder word) {
        int at = from;
        while (at < line.length() && !Character.isWhitespace(line.charAt(at))) {
            char character = line.charAt(at);
            if (character != '\'' && character != '"') {
                word.append(character);
                at++;
                continue;
            }
            int end = line.indexOf(character, at + 1);
            if (end < 0) {
                throw LabException.usage(
                        "The quote at character " + (at + 1) + " is not closed.",
                        "Close it, or write a quote that is part of a key as \\x27 or \\x22.");
            }
            word.append(line, at + 1, end);
            at = end + 1;
        }
        return at;
    }
}
