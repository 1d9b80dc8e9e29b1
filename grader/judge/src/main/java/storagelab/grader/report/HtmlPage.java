package storagelab.grader.report;

import com.google.common.io.Resources;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * The beginning and the end of a page of the grader's: without scripts, network or further files, which it also forbids itself by a
 * content security policy.
 */
public final class HtmlPage {
    private static final String POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'";

    private HtmlPage() {}

    /** A page up to the beginning of its body. */
    public static Markup open(String title) {
        Markup html = new Markup("<!doctype html>");
        html.open("html", "lang", "en").newline().open("head").newline();
        html.empty("meta", "charset", "utf-8").newline();
        html.empty("meta", "http-equiv", "Content-Security-Policy", "content", POLICY)
                .newline();
        html.empty("meta", "name", "viewport", "content", "width=device-width, initial-scale=1")
                .newline();
        html.empty("meta", "name", "color-scheme", "content", "light dark").newline();
        html.leaf("title", title).newline();
        html.style(styleSheet()).close().newline();
        return html.open("body").newline();
    }

    /** The whole text of a page whose body is at its end. */
    public static String close(Markup html) {
        return html.close().close().newline().toString();
    }

    private static String styleSheet() {
        try {
            return Resources.toString(Resources.getResource(HtmlPage.class, "report.css"), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("the style sheet of the report", e);
        }
    }
}
