package storagelab.grader.kv;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import storagelab.api.Slice;
import storagelab.grader.LabException;
import storagelab.grader.cli.Json;

/** Prints entries in the way that the options ask for. */
final class KvOutput {
    private static final Slice TAB = Slice.utf8("\t");
    private static final Slice LINE_FEED = Slice.utf8("\n");

    private final KvSession session;
    private final KvOptions options;

    KvOutput(KvSession session, KvOptions options) {
        this.session = session;
        this.options = options;
    }

    /** Prints the value alone, or the entry as JSON. */
    void value(Slice key, Slice value) {
        PrintWriter out = session.context().out();
        if (options.isJson()) {
            out.println(Json.of(object(key, value)));
        } else if (options.text() != BytesText.RAW) {
            out.println(options.text().print(value));
        } else if (raw(value) && session.process().isOutTerminal()) {
            out.println(); // so that the prompt begins a line
        }
    }

    /**
     * Prints an entry on a line.
     *
     * @return whether there is still a reader of the output
     */
    boolean entry(Slice key, Slice value) {
        PrintWriter out = session.context().out();
        if (options.isJson()) {
            out.println(Json.line(object(key, value)));
        } else if (options.text() == BytesText.RAW) {
            return raw(key, TAB, value, LINE_FEED);
        } else {
            out.println(options.text().print(key) + "\t" + options.text().print(value));
        }
        return !out.checkError();
    }

    private Map<String, Object> object(Slice key, Slice value) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("key", options.text().print(key));
        entry.put("value", options.text().print(value));
        return entry;
    }

    /** Writes bytes as they are, unless they would confuse a terminal. Returns whether they could be written. */
    private boolean raw(Slice... parts) {
        PrintWriter out = session.context().out();
        if (session.process().isOutTerminal()) {
            for (Slice part : parts) {
                checkText(part);
                out.print(part.toUtf8());
            }
            return !out.checkError();
        }
        out.flush();
        try {
            OutputStream bytes = session.process().out();
            for (Slice part : parts) {
                bytes.write(part.toByteArray());
            }
            bytes.flush();
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static void checkText(Slice bytes) {
        if (bytes.equals(TAB) || bytes.equals(LINE_FEED)) {
            return;
        }
        if (BytesText.ESCAPED.print(bytes).replace("\\\\", "").contains("\\x")) {
            throw new LabException(
                    "The bytes are not text that a terminal can show.",
                    "Send the output to a file or a program, or leave --raw out to see them with escapes.");
        }
    }
}
