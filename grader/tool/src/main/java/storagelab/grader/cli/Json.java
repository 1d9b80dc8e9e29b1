package storagelab.grader.cli;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;

/** What {@code --json} prints: nulls included, characters as they are, indented unless it is a line of many. */
public final class Json {
    private static final Gson GSON = new GsonBuilder()
            .setPrettyPrinting()
            .serializeNulls()
            .disableHtmlEscaping()
            .create();

    private static final Gson LINES =
            new GsonBuilder().serializeNulls().disableHtmlEscaping().create();

    private Json() {}

    /** {@code value}, indented over several lines. */
    public static String of(Object value) {
        return GSON.toJson(value);
    }

    /** {@code value} on one line. */
    public static String line(Object value) {
        return LINES.toJson(value);
    }
}
