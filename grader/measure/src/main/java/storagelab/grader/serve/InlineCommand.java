package storagelab.grader.serve;

import java.util.ArrayList;
import java.util.List;
import storagelab.api.Slice;
import storagelab.codec.ByteWriter;

/**
 * Takes a line apart that was typed into a terminal: words with blanks between them, in quotes if they have blanks.
 * Within double quotes, {@code \n \r \t \b \a \xNN} and a backslash before any other character are escapes; within single ones
 * only {@code \'} is.
 */
final class InlineCommand {
    private final Slice line;
    private int at;

    private InlineCommand(Slice line) {
        this.line = line;
    }

    /**
     * The words of {@code line}.
     *
     * @throws ProtocolException if quotes do not match, or something follows a closing one immediately
     */
    static Slice[] split(Slice line) {
        InlineCommand command = new InlineCommand(line);
        List<Slice> words = new ArrayList<>();
        while (command.skipBlanks()) {
            words.add(command.word());
        }
        return words.toArray(new Slice[0]);
    }

    private boolean skipBlanks() {
        while (at < line.length() && isBlank(line.byteAt(at))) {
            at++;
        }
        return at < line.length();
    }

    private static boolean isBlank(byte one) {
        return one == ' ' || (one >= '\t' && one <= '\r') || one == 0;
    }

    private Slice word() {
        ByteWriter word = new ByteWriter(16);
        while (at < line.length() && !isBlank(line.byteAt(at))) {
            byte one = line.byteAt(at++);
            if (one == '"' || one == '\'') {
                quoted(one, word);
                if (at < line.length() && !isBlank(line.byteAt(at))) {
                    throw unbalanced();
                }
                break;
            }
            word.putByte(one);
        }
        return Slice.wrap(word.toSlice().toByteArray());
    }

    private void quoted(byte quote, ByteWriter word) {
        while (at < line.length()) {
            byte one = line.byteAt(at++);
            if (one == quote) {
                return;
            }
            if (one != '\\' || at == line.length() || (quote == '\'' && line.byteAt(at) != '\'')) {
                word.putByte(one);
            } else {
                word.putByte(quote == '"' ? escaped() : line.byteAt(at++));
            }
        }
        throw unbalanced();
    }

    private int escaped() {
        byte kind = line.byteAt(at++);
        if (kind == 'x' && at + 2 <= line.length()) {
            int high = Character.digit(line.byteAt(at), 16);
            int low = Character.digit(line.byteAt(at + 1), 16);
            if (high >= 0 && low >= 0) {
                at += 2;
                return high << 4 | low;
            }
        }
        int control = "nrtba".indexOf(kind);
        return control < 0 ? kind : "\n\r\t\b\007".charAt(control);
    }

    private static ProtocolException unbalanced() {
        return new ProtocolException("unbalanced quotes in request");
    }
}
