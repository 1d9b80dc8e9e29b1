package storagelab.grader.skeleton;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.commons.io.FileUtils;
import org.apache.commons.io.IOUtils;
import storagelab.grader.LabException;
import storagelab.grader.course.Course;
import storagelab.grader.course.Lab;

/**
 * Writes the first form of every file of a new exercise. All of them fit each other: an exercise of one method, which
 * compiles, is tested and has its zoo. What the author has to say is marked {@value #MARK}, and the audit's check
 * {@code complete} lists the files that still have that word.
 */
public final class ExerciseSkeleton {
    /** What stands where the author has not yet written anything. */
    public static final String MARK = "TODO";

    /** The files by template. In a path, as in a template, <code>${id}</code> and its like are replaced. */
    private static final Map<String, String> FILES = files();

    private static final Pattern ROW = Pattern.compile("(?m)^\\|\\s*\\d+\\.\\d+\\s*\\|.*\\|[ \\t]*\\R");

    private final Path home;
    private final Lab lab;
    private final NewExercise exercise;
    private final Map<String, String> values;

    private ExerciseSkeleton(Path home, Lab lab, NewExercise exercise) {
        this.home = home;
        this.lab = lab;
        this.exercise = exercise;
        this.values = values(lab, exercise);
    }

    private static Map<String, String> files() {
        String course = "grader/course/lab-${lab}/";
        Map<String, String> files = new LinkedHashMap<>();
        files.put("Reference.java", "${module}/src/main/java/${path}/${type}.java");
        files.put("PublicTest.java", "${module}/src/test/java/${path}/${type}Test.java");
        files.put("hints.md", "${module}/hints/${id}.md");
        files.put("HiddenTest.java", course + "hidden/storagelab/grader/hidden/lab${lab}/${type}HiddenTest.java");
        for (String animal : List.of("Negated", "AlwaysZero", "OneTooMany", "NegatedTwice")) {
            files.put(animal + ".edit", course + "zoo/${id}/" + animal + ".edit");
        }
        files.put("contracts.txt", course + "contracts/${id}.txt");
        return files;
    }

    private static Map<String, String> values(Lab lab, NewExercise exercise) {
        String needs = exercise.needs().isEmpty()
                ? ""
                : ",\n            needs = {\"" + String.join("\", \"", exercise.needs()) + "\"}";
        return Map.of(
                "lab", "%02d".formatted(lab.number()),
                "module", lab.module(),
                "id", exercise.id(),
                "package", exercise.packageName(),
                "path", exercise.packageName().replace('.', '/'),
                "type", exercise.simpleName(),
                "title", exercise.title().replace("\\", "\\\\").replace("\"", "\\\""),
                "points", Integer.toString(exercise.points()),
                "difficulty", exercise.difficulty().name(),
                "hoursAndNeeds", hours(exercise) + needs);
    }

    private static String hours(NewExercise exercise) {
        double hours = exercise.hours();
        return hours == Math.rint(hours) ? Long.toString(Math.round(hours)) : Double.toString(hours);
    }

    /**
     * Writes the files and the README's row; nothing is written if one of the files is there already.
     *
     * @param home the checkout
     * @return the files, relative to {@code home}, in the order in which to fill them in
     * @throws LabException if {@code exercise} cannot be the next of its lab, or a file is in the way
     */
    public static List<Path> write(Path home, Course course, NewExercise exercise) throws IOException {
        return new ExerciseSkeleton(home, exercise.checkIn(course), exercise).write();
    }

    private List<Path> write() throws IOException {
        Path material = Path.of("grader", "course", "lab-%02d".formatted(lab.number()));
        if (!Files.exists(home.resolve(material).resolve("pom.xml"))) {
            throw new LabException(
                    "There is no module " + material + " for what judges lab " + lab.number() + ".",
                    "Copy pom.xml of another lab there, and name the module in grader/course/pom.xml.");
        }
        Map<Path, String> texts = new LinkedHashMap<>();
        for (Map.Entry<String, String> file : FILES.entrySet()) {
            texts.put(Path.of(filled(file.getValue())), filled(template(file.getKey())));
        }
        Path packageInfo = Path.of(filled("${module}/src/main/java/${path}/package-info.java"));
        if (!Files.exists(home.resolve(packageInfo))) {
            texts.put(packageInfo, filled(template("package-info.java")));
        }
        for (Path file : texts.keySet()) {
            if (Files.exists(home.resolve(file))) {
                throw new LabException(
                        file + " is there already, and nothing was written.",
                        "Choose another type. For a method of a type that exists, CONTRIBUTING.md says what to add where.");
            }
        }
        Path readme = Path.of(lab.module(), "README.md");
        String withRow = withRow(readme);
        for (Map.Entry<Path, String> text : texts.entrySet()) {
            FileUtils.writeStringToFile(home.resolve(text.getKey()).toFile(), text.getValue(), StandardCharsets.UTF_8);
        }
        Files.writeString(home.resolve(readme), withRow);
        List<Path> written = new ArrayList<>(texts.keySet());
        written.add(readme);
        return written;
    }

    /** The README with a row for the exercise below the last one of its table of exercises. */
    private String withRow(Path readme) throws IOException {
        String text = Files.readString(home.resolve(readme));
        String row = "| %s | %s: what the student writes | %d | %s | %s | %s |%n"
                .formatted(
                        exercise.id(),
                        MARK,
                        exercise.points(),
                        exercise.difficulty().name().toLowerCase(Locale.ROOT),
                        hours(exercise),
                        String.join(", ", exercise.needs()))
                .replace("|  |", "| |");
        Matcher rows = ROW.matcher(text);
        int end = -1;
        while (rows.find()) {
            end = rows.end();
        }
        if (end < 0) {
            throw new LabException(
                    readme + " has no table of exercises, and nothing was written.",
                    "Give it the table that the README of another lab has, with no rows but the first two, and one row of"
                            + " this exercise: " + row.strip());
        }
        return text.substring(0, end) + row + text.substring(end);
    }

    private String filled(String text) {
        String filled = text;
        for (Map.Entry<String, String> value : values.entrySet()) {
            filled = filled.replace("${" + value.getKey() + "}", value.getValue());
        }
        return filled;
    }

    private static String template(String name) throws IOException {
        return IOUtils.resourceToString("/storagelab/grader/skeleton/" + name + ".template", StandardCharsets.UTF_8);
    }

    /**
     * The files of {@code exercise} that still have text of the skeleton, each with the numbers of the lines.
     *
     * @param files all that belongs to the exercise
     */
    public static List<String> unfinished(List<Path> files) throws IOException {
        List<String> unfinished = new ArrayList<>();
        for (Path file : files) {
            List<String> lines = Files.readAllLines(file);
            String marked = IntStream.rangeClosed(1, lines.size())
                    .filter(number -> lines.get(number - 1).contains(MARK))
                    .mapToObj(Integer::toString)
                    .collect(Collectors.joining(", "));
            if (!marked.isEmpty()) {
                unfinished.add(file.getFileName() + ", line " + marked);
            }
        }
        return unfinished;
    }
}
