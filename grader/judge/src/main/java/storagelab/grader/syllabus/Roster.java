package storagelab.grader.syllabus;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.apache.commons.io.input.BOMInputStream;
import storagelab.grader.LabException;

/**
 * The students of a course, from a CSV file with a header.
 *
 * <table>
 * <caption>Columns</caption>
 * <tr><td>{@code student}</td><td>required: the unique name that the gradebook uses, such as a number or a login</td></tr>
 * <tr><td>{@code name}</td><td>for people</td></tr>
 * <tr><td>{@code section}</td><td>group or tutor</td></tr>
 * <tr><td>{@code submitted}</td><td>when the student handed in, such as {@code 2026-11-20T21:15}</td></tr>
 * <tr><td>{@code extra days}</td><td>an extension, in days</td></tr>
 * <tr><td>any other</td><td>what a platform calls the student, such as a login or an address</td></tr>
 * </table>
 *
 * @param students in the order of the file
 */
public record Roster(List<Student> students) {
    private static final Set<String> KNOWN = Set.of("section", "submitted", "extra days");

    public Roster {
        students = List.copyOf(students);
    }

    /** No students are known. */
    public static Roster none() {
        return new Roster(List.of());
    }

    /**
     * Reads a file.
     *
     * @param zone of times without one
     * @throws LabException if it cannot be read, or a row of it is wrong
     */
    public static Roster read(Path file, ZoneId zone) {
        CSVFormat format = CSVFormat.DEFAULT
                .builder()
                .setHeader()
                .setSkipHeaderRecord(true)
                .setIgnoreHeaderCase(true)
                .setTrim(true)
                .setIgnoreEmptyLines(true)
                .get();
        Map<String, Student> students = new LinkedHashMap<>();
        try (Reader text = new java.io.InputStreamReader(
                        BOMInputStream.builder()
                                .setInputStream(Files.newInputStream(file))
                                .get(),
                        StandardCharsets.UTF_8);
                CSVParser rows =
                        CSVParser.builder().setReader(text).setFormat(format).get()) {
            List<String> columns = rows.getHeaderNames();
            if (columns.stream().noneMatch("student"::equalsIgnoreCase)) {
                throw wrong(file, 1, "there is no column 'student'; there are: " + String.join(", ", columns));
            }
            for (CSVRecord row : rows) {
                Student student = student(file, rows.getCurrentLineNumber(), columns, row, zone);
                if (students.putIfAbsent(student.id(), student) != null) {
                    throw wrong(file, rows.getCurrentLineNumber(), "the student " + student.id() + " is there twice");
                }
            }
        } catch (IOException | UncheckedIOException | IllegalArgumentException unreadable) {
            throw new LabException(
                    "The roster " + file + " cannot be read: " + unreadable.getMessage() + ".",
                    "It is a CSV file in UTF-8 whose first line names the columns.");
        }
        return new Roster(List.copyOf(students.values()));
    }

    private static Student student(Path file, long line, List<String> columns, CSVRecord row, ZoneId zone) {
        String id = cell(row, columns, "student");
        if (id.isEmpty()) {
            throw wrong(file, line, "the column 'student' is empty");
        }
        Set<String> handles = new LinkedHashSet<>();
        handles.add(id);
        for (String column : columns) {
            if (!KNOWN.contains(column.toLowerCase(Locale.ROOT))
                    && !cell(row, columns, column).isEmpty()) {
                handles.add(cell(row, columns, column));
            }
        }
        String extra = cell(row, columns, "extra days");
        if (!extra.matches("\\d{0,4}")) {
            throw wrong(file, line, "'" + extra + "' is not a number of extra days");
        }
        return new Student(
                id,
                cell(row, columns, "name"),
                cell(row, columns, "section"),
                new ArrayList<>(handles),
                time(file, line, cell(row, columns, "submitted"), zone),
                extra.isEmpty() ? 0 : Integer.parseInt(extra));
    }

    private static String cell(CSVRecord row, List<String> columns, String column) {
        return columns.stream().anyMatch(column::equalsIgnoreCase) && row.isSet(column) ? row.get(column) : "";
    }

    private static Optional<Instant> time(Path file, long line, String text, ZoneId zone) {
        if (text.isEmpty()) {
            return Optional.empty();
        }
        String iso = text.replace(' ', 'T');
        try {
            return Optional.of(OffsetDateTime.parse(iso).toInstant());
        } catch (DateTimeParseException withoutOffset) {
            try {
                return Optional.of(LocalDateTime.parse(iso).atZone(zone).toInstant());
            } catch (DateTimeParseException notATime) {
                throw wrong(file, line, "'" + text + "' is not a time such as 2026-11-20T21:15");
            }
        }
    }

    private static LabException wrong(Path file, long line, String what) {
        return new LabException(
                "The roster is wrong at " + file + ":" + line + ": " + what + ".", "Correct it and try again.");
    }

    /**
     * The students that have one of these handles. Upper and lower case are the same, and so are names with and without
     * spaces.
     */
    public List<Student> matching(List<String> handles) {
        Set<String> wanted = new LinkedHashSet<>();
        handles.forEach(handle -> wanted.add(squeezed(handle)));
        return students.stream()
                .filter(student ->
                        student.handles().stream().map(Roster::squeezed).anyMatch(wanted::contains))
                .toList();
    }

    private static String squeezed(String handle) {
        return handle.toLowerCase(Locale.ROOT).replaceAll("[\\s,]+", "");
    }
}
