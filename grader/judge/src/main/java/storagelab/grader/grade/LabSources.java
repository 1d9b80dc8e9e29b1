package storagelab.grader.grade;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import storagelab.grader.compile.JavaSources;
import storagelab.grader.course.ExerciseSpec;
import storagelab.grader.course.Lab;
import storagelab.grader.splice.SourceFile;
import storagelab.grader.splice.Stubber;

/**
 * The sources of one lab as the course knows them: the reference, and the starter that is made from it. Texts are keyed
 * by their path from {@code src/main/java}.
 */
public final class LabSources {
    /** Where a lab's own code is, below its module. */
    public static final String MAIN = "src/main/java";

    private static final String TESTS = "src/test/java";

    /** How the names of packages begin that belong to the course, to the JDK and to libraries. */
    private static final Set<String> OTHERS =
            Set.of("storagelab", "java", "javax", "jdk", "sun", "com", "org", "net", "io", "kotlin", "scala");

    private final Lab lab;
    private final SortedMap<String, String> reference;
    private final SortedMap<String, String> starter;
    private final Set<String> tests;

    private LabSources(
            Lab lab, SortedMap<String, String> reference, SortedMap<String, String> starter, Set<String> tests) {
        this.lab = lab;
        this.reference = reference;
        this.starter = starter;
        this.tests = tests;
    }

    /** Reads the lab from a checkout. */
    public static LabSources read(Path home, Lab lab) throws IOException {
        SortedMap<String, String> reference =
                JavaSources.read(home.resolve(lab.module()).resolve(MAIN));
        SortedMap<String, String> starter = new TreeMap<>(reference);
        List<SourceFile.Source> marked = new ArrayList<>();
        reference.forEach((path, text) -> {
            if (Stubber.isMarked(text)) {
                marked.add(new SourceFile.Source(path, text));
            }
        });
        for (SourceFile file : SourceFile.parseAll(marked)) {
            Stubber.starter(file)
                    .ifPresentOrElse(text -> starter.put(file.name(), text), () -> starter.remove(file.name()));
        }
        Set<String> tests =
                JavaSources.read(home.resolve(lab.module()).resolve(TESTS)).keySet();
        return new LabSources(lab, reference, starter, tests);
    }

    /** The lab. */
    public Lab lab() {
        return lab;
    }

    /** The complete lab. */
    public SortedMap<String, String> reference() {
        return new TreeMap<>(reference);
    }

    /** The lab as handed out. */
    public SortedMap<String, String> starter() {
        return new TreeMap<>(starter);
    }

    /**
     * Whether a student may write the file. Of the files that were handed out, these are the ones with an exercise: everything else, such
     * as the contracts, the records of a package and the disk that forgets, is the course's own. A new file may be in a package that
     * has an exercise, in a new package below one, or in a package of the student's own.
     */
    public boolean isEditable(String path) {
        Set<String> exerciseFiles = exerciseFiles();
        if (starter.containsKey(path)) {
            return exerciseFiles.contains(path);
        }
        Set<String> exercisePackages =
                exerciseFiles.stream().map(LabSources::directory).collect(Collectors.toCollection(TreeSet::new));
        String directory = directory(path);
        if (exercisePackages.contains(directory)) {
            return true;
        }
        boolean given =
                starter.keySet().stream().anyMatch(other -> directory(other).equals(directory));
        return !given
                && (exercisePackages.stream().anyMatch(mine -> directory.startsWith(mine + "/"))
                        || !OTHERS.contains(directory.split("/", 2)[0]));
    }

    /** The files of all exercises, by path from {@code src/main/java}. */
    public Set<String> exerciseFiles() {
        return lab.exercises().stream()
                .flatMap(exercise -> exercise.files().stream())
                .map(LabSources::sourcePath)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Whether the file is in the lab as it is handed out. */
    public boolean isGiven(String path) {
        return starter.containsKey(path);
    }

    /**
     * Whether a class of the public tests comes from a source with this path. It would take the place of a class of the submission with the
     * same name.
     */
    boolean isTest(String path) {
        return tests.contains(path);
    }

    /** The path from {@code src/main/java} of a file that the course names from its root. */
    public static String sourcePath(String courseFile) {
        int at = courseFile.indexOf(MAIN + "/");
        return at < 0 ? courseFile : courseFile.substring(at + MAIN.length() + 1);
    }

    /** The exercises whose code is in one of the files. */
    public Map<String, String> exercisesIn(Set<String> paths) {
        Map<String, String> found = new TreeMap<>();
        for (ExerciseSpec exercise : lab.exercises()) {
            for (String file : exercise.files()) {
                if (paths.contains(sourcePath(file))) {
                    found.putIfAbsent(exercise.id(), sourcePath(file));
                }
            }
        }
        return found;
    }

    /**
     * Whether all code of an exercise is, up to white space, the reference's, and the exercise had something to do.
     *
     * @param texts what was submitted
     */
    public boolean isReference(ExerciseSpec exercise, Map<String, String> texts) {
        for (String file : exercise.files()) {
            String path = sourcePath(file);
            String complete = reference.getOrDefault(path, "");
            String given = texts.getOrDefault(path, "");
            if (given.equals(starter.get(path)) || complete.isEmpty()) {
                return false;
            }
            String unmarked = Stubber.unmarked(SourceFile.parse(path, complete));
            if (!squeezed(given).equals(squeezed(complete)) && !squeezed(given).equals(squeezed(unmarked))) {
                return false;
            }
        }
        return true;
    }

    /**
     * How much of an exercise is the reference's. A file that also has one of the exercises {@code unlocked} is left out, since the reference
     * was put into it.
     *
     * @param texts what was submitted
     */
    Likeness likeness(ExerciseSpec exercise, Map<String, String> texts, Set<String> unlocked) {
        Likeness sum = new Likeness(0, 0);
        for (String file : exercise.files()) {
            boolean hasUnlocked = lab.exercises().stream()
                    .anyMatch(other ->
                            unlocked.contains(other.id()) && other.files().contains(file));
            String path = sourcePath(file);
            if (!hasUnlocked) {
                sum = sum.plus(Likeness.of(
                        texts.getOrDefault(path, ""),
                        starter.getOrDefault(path, ""),
                        reference.getOrDefault(path, "")));
            }
        }
        return sum;
    }

    private static String squeezed(String text) {
        return text.replaceAll("\\s+", "");
    }

    private static String directory(String path) {
        return path.contains("/") ? path.substring(0, path.lastIndexOf('/')) : "";
    }
}
