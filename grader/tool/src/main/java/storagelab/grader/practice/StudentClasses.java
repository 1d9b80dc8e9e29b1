package storagelab.grader.practice;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.commons.io.FilenameUtils;
import storagelab.grader.model.CompileError;
import storagelab.grader.rules.ClassRule.Violation;
import storagelab.grader.rules.CompiledClasses;

/** Applies the rules of grading to a student's own classes, so that {@code lab test} reports a violation before the work is handed in. */
final class StudentClasses {
    private static final String GIVEN =
            "was given by the course and has no exercise; grading uses the course's text of it. Write a class of your own beside it.";

    private StudentClasses() {}

    /**
     * What grading would refuse, by file and line.
     *
     * @param sources the directory of the sources, {@code src/main/java} of a lab
     * @param classes the directory that they were compiled into
     * @param isChanged whether the source with a path from {@code sources} is not as it was handed out
     * @param isGiven whether the source was handed out and has no exercise
     */
    static List<CompileError> refused(
            Path sources, Path classes, Predicate<String> isChanged, Predicate<String> isGiven) throws IOException {
        Set<String> changed = new TreeSet<>();
        Set<String> packages = new TreeSet<>();
        try (Stream<Path> walk = Files.walk(sources)) {
            walk.filter(file -> file.toString().endsWith(".java"))
                    .map(file -> FilenameUtils.separatorsToUnix(
                            sources.relativize(file).toString()))
                    .filter(path -> path.contains("/") && isChanged.test(path))
                    .forEach(path -> {
                        changed.add(path);
                        packages.add(path.substring(0, path.lastIndexOf('/') + 1));
                    });
        }
        List<CompileError> refused = new ArrayList<>();
        changed.stream()
                .filter(isGiven)
                .map(path -> CompileError.refused(path, 0, GIVEN, ""))
                .forEach(refused::add);
        for (Map.Entry<String, Violation> one : CompiledClasses.read(classes, packages)
                .violations(changed::contains)
                .entrySet()) {
            String text = Files.readString(sources.resolve(one.getKey()));
            refused.add(CompileError.refused(
                    one.getKey(), one.getValue().line(), one.getValue().words(), text));
        }
        return refused;
    }
}
