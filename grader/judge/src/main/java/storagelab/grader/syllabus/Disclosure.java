package storagelab.grader.syllabus;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How much of the hidden tests a student's report shows. */
public enum Disclosure {
    /** Names, verdicts and messages. */
    EVERYTHING,
    /** Names and verdicts, without messages. */
    NAMES,
    /** How many passed. */
    COUNTS;

    /** The word in {@code course.toml}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The one that is called {@code word}. */
    static Optional<Disclosure> named(String word) {
        return Arrays.stream(values()).filter(each -> each.word().equals(word)).findFirst();
    }
}
