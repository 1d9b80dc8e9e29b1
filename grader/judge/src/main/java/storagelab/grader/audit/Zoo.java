package storagelab.grader.audit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.commons.io.FilenameUtils;
import org.jspecify.annotations.Nullable;
import storagelab.grader.compile.SourceCompiler;
import storagelab.grader.course.ExerciseSpec;
import storagelab.grader.course.Lab;
import storagelab.grader.splice.SpliceException;
import storagelab.grader.splice.SyntaxException;

/** The animals of a lab's exercises, and how to put one in the place of the reference. */
final class Zoo {
    private final AuditScope scope;
    private final Lab lab;
    private final List<ZooAnimal> animals;

    private Zoo(AuditScope scope, Lab lab, List<ZooAnimal> animals) {
        this.scope = scope;
        this.lab = lab;
        this.animals = List.copyOf(animals);
    }

    /** The animals of the exercises of {@code lab} that are looked at; files that are none become findings. */
    static Zoo read(AuditScope scope, Lab lab, CheckResult.Builder result) throws IOException {
        List<ZooAnimal> animals = new ArrayList<>();
        Path directory = scope.material(lab).resolve("zoo");
        for (ExerciseSpec exercise : scope.exercises(lab)) {
            Set<String> names = new HashSet<>();
            for (Path file : files(directory.resolve(exercise.id()))) {
                try {
                    String name = FilenameUtils.getBaseName(file.toString());
                    ZooAnimal animal = ZooAnimal.parse(name, Files.readString(file));
                    if (!names.add(name)) {
                        result.finding(animal.describe() + " is there twice: an edit and a Java file have this name");
                        continue;
                    }
                    animals.add(animal);
                    if (!animal.exercise().equals(exercise.id())) {
                        result.finding(
                                "%s is in the directory of exercise %s".formatted(animal.describe(), exercise.id()));
                    }
                } catch (IllegalArgumentException wrongHead) {
                    result.finding(exercise.id() + " " + wrongHead.getMessage());
                }
            }
        }
        Zoo zoo = new Zoo(scope, lab, animals);
        for (ZooAnimal animal : animals) {
            if (animal.on().isPresent() && zoo.lineage(animal).size() == 1) {
                result.finding("%s does not fit: no animal of its type that stands on the reference is called %s"
                        .formatted(animal.describe(), animal.on().get()));
            }
        }
        return zoo;
    }

    private static List<Path> files(Path directory) throws IOException {
        List<Path> files = new ArrayList<>(LabTree.filesBelow(directory, ".java"));
        files.addAll(LabTree.filesBelow(directory, ".edit"));
        return files.stream().sorted().toList();
    }

    List<ZooAnimal> animals() {
        return animals;
    }

    /** The animal of {@code exercise} with that name. */
    Optional<ZooAnimal> find(String exercise, String name) {
        return animals.stream()
                .filter(animal ->
                        animal.exercise().equals(exercise) && animal.name().equals(name))
                .findFirst();
    }

    /** The animal that {@code animal} is a change of, if there is one, and itself. */
    private List<ZooAnimal> lineage(ZooAnimal animal) {
        Stream<ZooAnimal> below = animals.stream().filter(animal::isOn);
        return Stream.concat(below, Stream.of(animal)).toList();
    }

    /**
     * The source file of an animal's type with the animal in the place of the reference's members or lines; none, and a
     * finding, if it does not fit there.
     */
    Optional<String> source(ZooAnimal animal, CheckResult.Builder result) throws IOException {
        String path = pathOf(animal);
        Path reference = scope.tree(lab).mainSources().resolve(path);
        if (!Files.exists(reference)) {
            misfit(animal, "the reference has no file " + path, result);
            return Optional.empty();
        }
        try {
            String text = Files.readString(reference);
            for (ZooAnimal step : lineage(animal)) {
                text = step.applyTo(path, text);
            }
            return Optional.of(text);
        } catch (SpliceException | SyntaxException misfit) {
            misfit(animal, misfit.getMessage(), result);
            return Optional.empty();
        }
    }

    /**
     * Where the classes of the changed source are; none, and a finding, if {@code animal} does not fit.
     *
     * @param place of the files, below the audit's work directory
     */
    Optional<Path> compiled(ZooAnimal animal, String place, CheckResult.Builder result) throws IOException {
        Optional<String> source = source(animal, result);
        if (source.isEmpty()) {
            return Optional.empty();
        }
        Path root = scope.freshDirectory(place);
        Path changed = root.resolve("source").resolve(pathOf(animal));
        Files.createDirectories(changed.resolveSibling("."));
        Files.writeString(changed, source.get());
        Path classes = root.resolve("classes");
        List<Path> classPath = new ArrayList<>(scope.classes(lab));
        classPath.addAll(scope.libraries());
        List<String> errors = new SourceCompiler(classPath).compile(List.of(changed), classes);
        errors.forEach(error -> misfit(animal, error, result));
        return errors.isEmpty() ? Optional.of(classes) : Optional.empty();
    }

    /**
     * A bench with the lab in which {@code animal} stands in the place of the reference; none, and a finding, if it does
     * not fit there.
     *
     * @param place of the bench's files, below the audit's work directory
     */
    Optional<TestBench> bench(ZooAnimal animal, String place, CheckResult.Builder result) throws IOException {
        Optional<Path> classes = compiled(animal, place, result);
        if (classes.isEmpty()) {
            return Optional.empty();
        }
        List<Path> version = new ArrayList<>(List.of(classes.get()));
        version.addAll(scope.classes(lab));
        return Optional.of(TestBench.of(
                scope,
                lab,
                version,
                scope.testClasses(lab),
                place + "/work-" + animal.exercise() + "-" + animal.name()));
    }

    /** The path of the changed source from the root of the sources. */
    static String pathOf(ZooAnimal animal) {
        return animal.type().replace('.', '/') + ".java";
    }

    private static void misfit(ZooAnimal animal, @Nullable String why, CheckResult.Builder result) {
        result.finding(animal.describe() + " does not fit: " + why);
    }
}
