package storagelab.grader.course;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.Tree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import storagelab.grader.LabException;
import storagelab.grader.splice.Markers;
import storagelab.grader.splice.SourceFile;

/**
 * Reads the course from the sources of a checkout: every {@code @Exercise} of every {@code lab-NN-*} module.
 *
 * <p>Invariants of what it returns: 1. labs and exercises are in the order of their numbers; 2. an id is declared once
 * and starts with the number of its lab; 3. every {@code @ExercisePart} belongs to an exercise of its own lab; 4. an
 * exercise needs only earlier ones.
 */
public final class CourseCatalog {
    private static final Pattern MODULE = Pattern.compile("lab-(\\d\\d)-[a-z0-9-]+");
    private static final Pattern HEADING = Pattern.compile("(?m)^# +(?:Lab \\d+: *)?(.+?)\\s*$");

    private CourseCatalog() {}

    /**
     * The course under {@code home}.
     *
     * @throws LabException if a marker breaks one of the invariants, with the file and line
     */
    public static Course scan(Path home) {
        List<Lab> labs = new ArrayList<>();
        for (Path module : modules(home)) {
            labs.add(scanLab(home, module));
        }
        if (labs.isEmpty()) {
            throw new LabException(
                    "There are no labs in " + home + ".", "Run the lab command of a Storage Lab checkout.");
        }
        Course course = new Course(labs);
        checkNeeds(course);
        return course;
    }

    /** The lab modules of a checkout or workspace, in order. */
    public static List<Path> modules(Path home) {
        try (Stream<Path> entries = Files.list(home)) {
            return entries.filter(Files::isDirectory)
                    .filter(entry ->
                            MODULE.matcher(entry.getFileName().toString()).matches())
                    .sorted()
                    .toList();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static Lab scanLab(Path home, Path module) {
        String name = module.getFileName().toString();
        int number = Integer.parseInt(name.substring(4, 6));
        SortedMap<String, Declaration> declared = new TreeMap<>(ExerciseSpec.BY_NUMBER);
        List<Mark> parts = new ArrayList<>();
        for (SourceFile file : SourceFile.parseAll(markedSources(home, module))) {
            for (ClassTree type : file.types()) {
                collect(file, type, number, declared, parts);
            }
        }
        Map<String, Set<String>> files = new HashMap<>();
        declared.forEach((id, declaration) -> files.put(id, new LinkedHashSet<>(Set.of(declaration.mark.file.name()))));
        for (Mark part : parts) {
            Set<String> known = files.get(part.id);
            if (known == null) {
                throw part.wrong("@ExercisePart(\"" + part.id + "\") belongs to no exercise of lab " + number);
            }
            known.add(part.file.name());
        }
        List<ExerciseSpec> exercises = new ArrayList<>();
        declared.forEach(
                (id, declaration) -> exercises.add(declaration.spec(List.copyOf(files.getOrDefault(id, Set.of())))));
        return new Lab(number, name, title(module, name), !exercises.isEmpty(), exercises);
    }

    /** The sources that can hold a marker: parsing the others would only cost time. */
    private static List<SourceFile.Source> markedSources(Path home, Path module) {
        Path sources = module.resolve("src/main/java");
        if (!Files.isDirectory(sources)) {
            return List.of();
        }
        try (Stream<Path> walk = Files.walk(sources)) {
            List<SourceFile.Source> marked = new ArrayList<>();
            for (Path file : walk.filter(path -> path.toString().endsWith(".java"))
                    .sorted()
                    .toList()) {
                String text = Files.readString(file);
                if (text.contains("@Exercise") || text.contains(".Exercise")) {
                    marked.add(new SourceFile.Source(slashed(home.relativize(file)), text));
                }
            }
            return marked;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static void collect(
            SourceFile file, Tree declaration, int lab, Map<String, Declaration> declared, List<Mark> parts) {
        Markers.annotation(declaration, "ExercisePart")
                .ifPresent(annotation -> parts.add(new Mark(
                        file,
                        annotation,
                        Markers.string(Markers.value(annotation, "value").orElseThrow()))));
        Markers.annotation(declaration, "Exercise").ifPresent(annotation -> {
            Declaration exercise = Declaration.read(file, annotation);
            Mark mark = exercise.mark;
            if (!ExerciseSpec.isId(mark.id) || ExerciseSpec.labOf(mark.id) != lab) {
                throw mark.wrong(
                        "the id \"" + mark.id + "\" should be " + lab + ", a dot and a number, as this is lab " + lab);
            }
            Declaration earlier = declared.put(mark.id, exercise);
            if (earlier != null) {
                throw mark.wrong("exercise " + mark.id + " is already declared in " + earlier.mark.place());
            }
        });
        if (declaration instanceof ClassTree type) {
            for (Tree member : type.getMembers()) {
                collect(file, member, lab, declared, parts);
            }
        }
    }

    private static void checkNeeds(Course course) {
        Set<String> known = new LinkedHashSet<>();
        course.exercises().forEach(exercise -> {
            for (String need : exercise.needs()) {
                if (!known.contains(need)) {
                    throw new LabException(
                            exercise.files().get(0) + ": exercise " + exercise.id() + " needs " + need
                                    + ", which is not an earlier exercise.",
                            "Correct its @Exercise.");
                }
            }
            known.add(exercise.id());
        });
    }

    private static String title(Path module, String fallback) {
        Path readme = module.resolve("README.md");
        try {
            if (Files.exists(readme)) {
                Matcher heading = HEADING.matcher(Files.readString(readme));
                if (heading.find()) {
                    return heading.group(1);
                }
            }
            return fallback;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static String slashed(Path path) {
        return path.toString().replace('\\', '/');
    }

    /** A marker in the sources. */
    private record Mark(SourceFile file, AnnotationTree annotation, String id) {
        String place() {
            return file.name() + ":" + file.lineOf(annotation);
        }

        LabException wrong(String what) {
            return new LabException(place() + ": " + what + ".", "Correct the marker.");
        }
    }

    /** An {@code @Exercise} and what it says. */
    private record Declaration(Mark mark, Map<String, ExpressionTree> values) {
        static Declaration read(SourceFile file, AnnotationTree annotation) {
            Map<String, ExpressionTree> values = new HashMap<>();
            for (String element : List.of("id", "title", "points", "difficulty", "hours", "needs")) {
                Markers.value(annotation, element).ifPresent(value -> values.put(element, value));
            }
            ExpressionTree id = values.get("id");
            return new Declaration(new Mark(file, annotation, id == null ? "" : Markers.string(id)), values);
        }

        ExerciseSpec spec(List<String> files) {
            return new ExerciseSpec(
                    mark.id,
                    get("title", Markers::string),
                    get("points", Markers::number).intValue(),
                    Difficulty.valueOf(get("difficulty", Markers::constant)),
                    get("hours", Markers::number).doubleValue(),
                    values.containsKey("needs") ? get("needs", Markers::strings) : List.of(),
                    files);
        }

        private <T> T get(String element, Function<ExpressionTree, T> read) {
            ExpressionTree value = values.get(element);
            if (value == null) {
                throw mark.wrong("@Exercise without " + element);
            }
            try {
                return read.apply(value);
            } catch (IllegalArgumentException notLiteral) {
                throw mark.wrong(element + " of an @Exercise must be a literal; " + notLiteral.getMessage());
            }
        }
    }
}
