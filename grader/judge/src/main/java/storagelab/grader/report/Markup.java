package storagelab.grader.report;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * A builder of XML, and of HTML that is also XML. Text and attribute values are escaped on the way in and there is no
 * way to add them unescaped, so what a submission wrote can't become an element.
 *
 * <p>Invariants: every element opened is closed in order ({@link #toString} refuses otherwise); names of elements and
 * attributes come from the caller's own source code.
 */
public final class Markup {
    private final StringBuilder out = new StringBuilder(1 << 14);
    private final Deque<String> open = new ArrayDeque<>();
    private boolean inStartTag;

    /** Starts with a line of the caller's own, such as a document type. */
    Markup(String prologue) {
        out.append(prologue).append('\n');
    }

    /** Opens an element with the attributes given as name, value, name, value … */
    public Markup open(String name, String... attributes) {
        if (attributes.length % 2 != 0) {
            throw new IllegalArgumentException("an attribute of <" + name + "> has no value");
        }
        endStartTag();
        out.append('<').append(name);
        for (int i = 0; i < attributes.length; i += 2) {
            out.append(' ').append(attributes[i]).append("=\"");
            escape(attributes[i + 1], true);
            out.append('"');
        }
        open.push(name);
        inStartTag = true;
        return this;
    }

    /** Adds text to the element that is open. */
    public Markup text(String text) {
        endStartTag();
        escape(text, false);
        return this;
    }

    /** Closes the innermost element. */
    public Markup close() {
        endStartTag();
        out.append("</").append(open.pop()).append('>');
        return this;
    }

    /** An element with nothing but text in it. */
    public Markup leaf(String name, String text, String... attributes) {
        return open(name, attributes).text(text).close();
    }

    /** An element with nothing in it, written {@code <name/>}. */
    public Markup empty(String name, String... attributes) {
        open(name, attributes);
        inStartTag = false;
        open.pop();
        out.append("/>");
        return this;
    }

    /** A line end, for the reader of the source. */
    public Markup newline() {
        endStartTag();
        out.append('\n');
        return this;
    }

    /**
     * A style sheet of the grader's own.
     *
     * @throws IllegalArgumentException if it could end the element it stands in
     */
    public Markup style(String css) {
        if (css.contains("<")) {
            throw new IllegalArgumentException("a style sheet with a '<'");
        }
        open("style");
        endStartTag();
        out.append(css);
        return close();
    }

    private void endStartTag() {
        if (inStartTag) {
            out.append('>');
            inStartTag = false;
        }
    }

    private void escape(String text, boolean inAttribute) {
        String clean = PlainText.clean(text);
        for (int i = 0; i < clean.length(); i++) {
            char c = clean.charAt(i);
            switch (c) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&quot;");
                case '\'' -> out.append("&#39;");
                case '\n' -> out.append(inAttribute ? "&#10;" : "\n");
                case '\t' -> out.append(inAttribute ? "&#9;" : "\t");
                default -> out.append(c);
            }
        }
    }

    /** The document. */
    @Override
    public String toString() {
        if (!open.isEmpty()) {
            throw new IllegalStateException("<" + open.peek() + "> is still open");
        }
        return out.toString();
    }
}
