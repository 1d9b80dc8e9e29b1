package storagelab.grader.kv;

import java.util.ArrayList;
import java.util.List;
import org.jline.reader.CompletingParsedLine;
import org.jline.reader.EOFError;
import org.jline.reader.ParsedLine;
import org.jline.reader.Parser;

/** Tells the line editor where the word at the cursor is, and whether a command goes on in another line. */
final class KvParser implements Parser {
    /** A line cut at the cursor: words are separated by spaces, commas and brackets. */
    private record Line(List<String> words, String line, int cursor) implements CompletingParsedLine {
        @Override
        public String word() {
            return words.get(words.size() - 1);
        }

        @Override
        public int wordCursor() {
            return word().length();
        }

        @Override
        public CharSequence escape(CharSequence candidate, boolean complete) {
            return candidate; // names are quoted where they need it before they are offered
        }

        @Override
        public int rawWordCursor() {
            return wordCursor();
        }

        @Override
        public int rawWordLength() {
            return wordCursor();
        }

        @Override
        public int wordIndex() {
            return words.size() - 1;
        }
    }

    @Override
    public ParsedLine parse(String line, int cursor, ParseContext context) {
        if (context == ParseContext.ACCEPT_LINE && !KvInterpreter.isComplete(line)) {
            throw new EOFError(-1, cursor, "the statement has no semicolon yet", ";");
        }
        return new Line(words(line.substring(0, cursor)), line, cursor);
    }

    /** The words up to the cursor; the last is the one that is being typed, perhaps empty. */
    private static List<String> words(String text) {
        List<String> words = new ArrayList<>();
        int begin = 0;
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            if (Character.isWhitespace(character) || ",()=<>".indexOf(character) >= 0) {
                if (i > begin) {
                    words.add(text.substring(begin, i));
                }
                begin = i + 1;
            }
        }
        words.add(text.substring(begin));
        return words;
    }
}
