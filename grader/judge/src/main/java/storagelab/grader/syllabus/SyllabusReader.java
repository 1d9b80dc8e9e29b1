package storagelab.grader.syllabus;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.tomlj.Toml;
import org.tomlj.TomlArray;
import org.tomlj.TomlInvalidTypeException;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlPosition;
import org.tomlj.TomlTable;
import storagelab.grader.LabException;
import storagelab.grader.course.Course;
import storagelab.grader.course.ExerciseSpec;

/** Reads {@code course.toml}. All that is wrong with it is said at once, each with its line. */
public final class SyllabusReader {
    private static final Set<String> TOP =
            Set.of("title", "seed", "timezone", "roster", "students-see", "benchmarks", "late", "assignment");
    private static final Set<String> ASSIGNMENT =
            Set.of("id", "title", "lab", "exercises", "due", "points", "extra-credit", "weights", "late");
    private static final Set<String> LATE =
            Set.of("grace-minutes", "free-days", "percent-per-day", "percent-at-most", "closes-after-days");

    private final Path file;
    private final Course course;
    private final List<String> problems = new ArrayList<>();

    private SyllabusReader(Path file, Course course) {
        this.file = file;
        this.course = course;
    }

    /**
     * Reads {@code file}, and the roster that it names.
     *
     * @throws LabException if something is wrong with them
     */
    public static Syllabus read(Path file, Course course) {
        SyllabusReader reader = new SyllabusReader(file, course);
        TomlParseResult toml;
        try {
            toml = Toml.parse(Files.readString(file));
        } catch (IOException unreadable) {
            throw new LabException(file + " cannot be read.", "./lab course example prints a file to begin with.");
        }
        toml.errors().forEach(error -> reader.problem(error.position(), error.getMessage()));
        reader.refuseProblems();
        try {
            Syllabus syllabus = reader.syllabus(toml);
            reader.refuseProblems();
            return syllabus;
        } catch (TomlInvalidTypeException wrongType) {
            reader.problem(null, wrongType.getMessage());
            throw reader.refusal();
        }
    }

    private void refuseProblems() {
        if (!problems.isEmpty()) {
            throw refusal();
        }
    }

    private LabException refusal() {
        return new LabException(
                String.join(System.lineSeparator(), problems),
                "Correct " + (problems.size() == 1 ? "it" : "them")
                        + "; ./lab course example prints a file that explains itself.");
    }

    private void problem(@Nullable TomlPosition position, @Nullable String what) {
        String line = position == null ? "" : ":" + position.line();
        problems.add(file.getFileName() + line + ": " + what + ".");
    }

    private Syllabus syllabus(TomlTable top) {
        refuseUnknown(top, TOP);
        ZoneId zone = zone(top);
        LateRule late = late(top.getTable("late"), LateRule.none());
        List<Assignment> assignments = new ArrayList<>();
        TomlArray tables = top.getArray("assignment");
        for (int i = 0; tables != null && i < tables.size(); i++) {
            assignments.add(assignment(tables.getTable(i), tables.inputPositionOf(i), zone, late));
        }
        if (assignments.isEmpty()) {
            problem(null, "there is no [[assignment]]");
            throw refusal();
        }
        refuseTwice(assignments);
        String roster = top.getString("roster");
        return new Syllabus(
                top.getString("title", () -> "Storage Lab"),
                top.contains("seed") ? OptionalLong.of(top.getLong("seed", () -> 0)) : OptionalLong.empty(),
                zone,
                top.getBoolean("benchmarks", () -> false),
                disclosure(top),
                roster == null ? Roster.none() : Roster.read(file.resolveSibling(roster), zone),
                assignments);
    }

    private void refuseUnknown(TomlTable table, Set<String> known) {
        for (String key : table.keySet()) {
            if (!known.contains(key)) {
                problem(
                        table.inputPositionOf(List.of(key)),
                        "there is no setting '" + key + "' here; there are "
                                + String.join(", ", known.stream().sorted().toList()));
            }
        }
    }

    private ZoneId zone(TomlTable top) {
        String name = top.getString("timezone");
        try {
            return name == null ? ZoneId.systemDefault() : ZoneId.of(name);
        } catch (DateTimeException unknown) {
            problem(top.inputPositionOf("timezone"), "'" + name + "' is not a time zone such as Europe/Berlin");
            return ZoneId.systemDefault();
        }
    }

    private Disclosure disclosure(TomlTable top) {
        String word = top.getString("students-see", Disclosure.EVERYTHING::word);
        Optional<Disclosure> found = Disclosure.named(word);
        if (found.isEmpty()) {
            problem(
                    top.inputPositionOf("students-see"),
                    "students-see is everything, names or counts, and not '" + word + "'");
        }
        return found.orElse(Disclosure.EVERYTHING);
    }

    private LateRule late(@Nullable TomlTable table, LateRule standard) {
        if (table == null) {
            return standard;
        }
        refuseUnknown(table, LATE);
        try {
            return new LateRule(
                    (int) number(table, "grace-minutes", standard.graceMinutes()),
                    (int) number(table, "free-days", standard.freeDays()),
                    number(table, "percent-per-day", standard.percentPerDay()),
                    number(table, "percent-at-most", standard.percentAtMost()),
                    (int) number(table, "closes-after-days", standard.closesAfterDays()));
        } catch (IllegalArgumentException outOfRange) {
            problem(table.inputPositionOf(List.of(table.keySet().iterator().next())), outOfRange.getMessage());
            return standard;
        }
    }

    private double number(TomlTable table, String key, double standard) {
        Object value = table.get(List.of(key));
        if (value == null) {
            return standard;
        }
        if (value instanceof Number number && Double.isFinite(number.doubleValue())) {
            return number.doubleValue();
        }
        problem(table.inputPositionOf(List.of(key)), key + " is a number, and not '" + value + "'");
        return standard;
    }

    private Assignment assignment(TomlTable table, @Nullable TomlPosition position, ZoneId zone, LateRule late) {
        refuseUnknown(table, ASSIGNMENT);
        String id = table.getString("id", () -> "");
        if (!id.matches("[\\w.-]+")) {
            problem(position, "the assignment needs an id, one word such as \"lab-1\"");
        }
        List<ExerciseSpec> exercises = exercises(table, position, id);
        return new Assignment(
                id,
                table.getString("title", () -> id),
                due(table, zone),
                late(table.getTable("late"), late),
                weights(table, exercises));
    }

    private List<ExerciseSpec> exercises(TomlTable table, @Nullable TomlPosition position, String id) {
        TreeMap<String, ExerciseSpec> chosen = new TreeMap<>(ExerciseSpec.BY_NUMBER);
        if (table.contains("lab") == table.contains("exercises")) {
            problem(position, "the assignment '" + id + "' needs either a lab or exercises");
            return List.of();
        }
        if (table.contains("lab")) {
            long lab = (long) number(table, "lab", 0);
            course.exercises()
                    .filter(exercise -> ExerciseSpec.labOf(exercise.id()) == lab)
                    .forEach(exercise -> chosen.put(exercise.id(), exercise));
            if (chosen.isEmpty()) {
                problem(table.inputPositionOf("lab"), "there is no lab " + lab + " with exercises");
            }
        }
        words(table, "exercises")
                .forEach(word -> exercise(table, "exercises", word).ifPresent(exercise -> chosen.put(word, exercise)));
        return List.copyOf(chosen.values());
    }

    private Optional<ExerciseSpec> exercise(TomlTable table, String key, String word) {
        try {
            return Optional.of(course.exercise(word));
        } catch (LabException unknown) {
            String sentence = String.valueOf(unknown.getMessage());
            problem(table.inputPositionOf(List.of(key)), sentence.replaceAll("\\.$", ""));
            return Optional.empty();
        }
    }

    private List<String> words(TomlTable table, String key) {
        TomlArray array = table.getArray(key);
        List<String> words = new ArrayList<>();
        for (int i = 0; array != null && i < array.size(); i++) {
            if (array.get(i) instanceof String word) {
                words.add(word);
            } else {
                problem(array.inputPositionOf(i), key + " has texts in it, such as \"1.4\"");
            }
        }
        return words;
    }

    private List<Assignment.Weight> weights(TomlTable table, List<ExerciseSpec> exercises) {
        Set<String> extra = new HashSet<>(words(table, "extra-credit"));
        TomlTable own = table.getTable("weights");
        Set<String> ids = new HashSet<>(exercises.stream().map(ExerciseSpec::id).toList());
        for (String id : extra) {
            if (!ids.contains(id)) {
                problem(table.inputPositionOf("extra-credit"), "the exercise " + id + " is not in the assignment");
            }
        }
        for (String id : own == null ? Set.<String>of() : own.keySet()) {
            if (!ids.contains(id)) {
                problem(own.inputPositionOf(List.of(id)), "the exercise " + id + " is not in the assignment");
            }
        }
        List<Assignment.Weight> weights = new ArrayList<>();
        for (ExerciseSpec exercise : exercises) {
            double points = own == null ? exercise.points() : number(own, exercise.id(), exercise.points());
            if (points < 0) {
                problem(
                        own == null ? null : own.inputPositionOf(List.of(exercise.id())),
                        exercise.id() + " has less than 0 points");
            }
            weights.add(new Assignment.Weight(exercise.id(), points, extra.contains(exercise.id())));
        }
        return scaled(table, weights);
    }

    /** The weights, such that those without extra credit add up to {@code points}. */
    private List<Assignment.Weight> scaled(TomlTable table, List<Assignment.Weight> weights) {
        double sum = weights.stream()
                .filter(weight -> !weight.isExtraCredit())
                .mapToDouble(Assignment.Weight::points)
                .sum();
        double points = number(table, "points", sum);
        if (points == sum) {
            return weights;
        }
        if (!(points > 0) || sum == 0) {
            problem(table.inputPositionOf("points"), "points must be above 0, and some exercise must have some");
            return weights;
        }
        return weights.stream()
                .map(weight -> new Assignment.Weight(
                        weight.exercise(), weight.points() * points / sum, weight.isExtraCredit()))
                .toList();
    }

    private Optional<Instant> due(TomlTable table, ZoneId zone) {
        Object due = table.get("due");
        if (due == null) {
            return Optional.empty();
        }
        if (due instanceof OffsetDateTime time) {
            return Optional.of(time.toInstant());
        }
        if (due instanceof LocalDateTime time) {
            return Optional.of(time.atZone(zone).toInstant());
        }
        if (due instanceof LocalDate day) {
            return Optional.of(day.atTime(LocalTime.of(23, 59, 59)).atZone(zone).toInstant());
        }
        problem(table.inputPositionOf("due"), "due is a time without quotes, such as 2026-11-20T23:59:00");
        return Optional.empty();
    }

    private void refuseTwice(List<Assignment> assignments) {
        Set<String> ids = new HashSet<>();
        TreeMap<String, String> taken = new TreeMap<>(Comparator.naturalOrder());
        for (Assignment assignment : assignments) {
            if (!ids.add(assignment.id())) {
                problem(null, "there are two assignments '" + assignment.id() + "'");
            }
            for (Assignment.Weight weight : assignment.exercises()) {
                String before = taken.putIfAbsent(weight.exercise(), assignment.id());
                if (before != null) {
                    problem(
                            null,
                            "the exercise " + weight.exercise() + " is in '" + before + "' and in '" + assignment.id()
                                    + "'");
                }
            }
        }
    }
}
