package storagelab.grader.collect;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoField;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * The file {@code submission_metadata.yml} of a Gradescope export: which directory is whose, and since when.
 *
 * @param students by directory, such as {@code "submission_98765"}
 */
record GradescopeExport(Map<String, Owner> students) {
    static final String FILE = "submission_metadata.yml";
    private static final int BYTES_MAX = 64 << 20;

    /** {@code 2026-11-20 21:34:26.123456 -08:00}, with or without the fraction. */
    private static final DateTimeFormatter TIME = new DateTimeFormatterBuilder()
            .appendPattern("yyyy-MM-dd[ ]['T']HH:mm:ss")
            .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
            .appendPattern("[ ]")
            .appendOffset("+HH:mm", "Z")
            .toFormatter(Locale.ROOT);

    GradescopeExport {
        students = Map.copyOf(students);
    }

    /**
     * Whose a directory is.
     *
     * @param handles student number, address and name of each member
     */
    record Owner(List<String> handles, Optional<Instant> submittedAt) {
        Owner {
            handles = List.copyOf(handles);
        }
    }

    /** Reads the file. */
    static GradescopeExport read(FileTree tree, FileTree.Entry file) throws IOException {
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(BYTES_MAX);
        options.setMaxAliasesForCollections(10);
        String text = new String(tree.read(file, BYTES_MAX), StandardCharsets.UTF_8);
        Map<String, Owner> students = new java.util.TreeMap<>();
        try {
            Object root = new Yaml(new SafeConstructor(options)).load(text);
            if (root instanceof Map<?, ?> submissions) {
                submissions.forEach((directory, facts) -> students.put(String.valueOf(directory), owner(facts)));
            }
        } catch (YAMLException damaged) {
            throw new IOException(FILE + " is damaged: " + damaged.getMessage(), damaged);
        }
        return new GradescopeExport(students);
    }

    private static Owner owner(@Nullable Object facts) {
        List<String> handles = new ArrayList<>();
        if (facts instanceof Map<?, ?> map) {
            if (map.get(":submitters") instanceof List<?> submitters) {
                for (Object submitter : submitters) {
                    if (submitter instanceof Map<?, ?> person) {
                        for (String key : List.of(":sid", ":email", ":name")) {
                            Object value = person.get(key);
                            if (value != null && !value.toString().isBlank()) {
                                handles.add(value.toString());
                            }
                        }
                    }
                }
            }
            return new Owner(handles, time(map.get(":created_at")));
        }
        return new Owner(handles, Optional.empty());
    }

    private static Optional<Instant> time(@Nullable Object value) {
        if (value instanceof Date date) {
            return Optional.of(date.toInstant());
        }
        try {
            return value == null
                    ? Optional.empty()
                    : Optional.of(OffsetDateTime.parse(value.toString(), TIME).toInstant());
        } catch (DateTimeParseException unknown) {
            return Optional.empty();
        }
    }
}
