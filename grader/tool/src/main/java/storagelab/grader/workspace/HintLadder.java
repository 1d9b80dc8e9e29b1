package storagelab.grader.workspace;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The hints of one exercise, from a nudge to nearly the answer. In the file each begins with a heading of the second
 * level ({@code ## }); what stands before the first such heading is for authors.
 */
public record HintLadder(List<String> hints) {
    public HintLadder {
        hints = List.copyOf(hints);
    }

    /** Reads the ladder in {@code file}; one without rungs if there is no such file. */
    public static HintLadder read(Path file) {
        if (!Files.exists(file)) {
            return new HintLadder(List.of());
        }
        try {
            return parse(Files.readString(file));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    static HintLadder parse(String text) {
        List<String> hints = new ArrayList<>();
        StringBuilder hint = new StringBuilder();
        boolean inHint = false;
        for (String line : text.lines().toList()) {
            if (line.startsWith("## ")) {
                if (inHint) {
                    hints.add(hint.toString().strip());
                }
                hint.setLength(0);
                inHint = true;
                hint.append(line.substring(3));
            } else {
                hint.append(line);
            }
            hint.append('\n');
        }
        if (inHint) {
            hints.add(hint.toString().strip());
        }
        return new HintLadder(hints);
    }
}
