package storagelab.grader.audit;

import com.google.common.collect.ImmutableSortedSet;
import com.google.common.collect.Sets;
import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import storagelab.grader.compile.SourceCompiler;
import storagelab.grader.course.Lab;
import storagelab.grader.run.PlannedTest;

/**
 * One run of PIT, the mutation engine, in a JVM of its own: it changes the byte code of the given classes one
 * instruction at a time and runs the tests against each change until one fails.
 *
 * @param classPath directories first, for PIT neither mutates nor finds tests in jars
 * @param classes binary names of the top-level classes to mutate
 * @param left names of methods to leave alone
 * @param testClasses binary names
 * @param tags a test runs if it carries one of these
 * @param seed of random tests, so that each mutant meets the same tests
 */
record PitRun(
        List<Path> classPath,
        Set<String> classes,
        Set<String> left,
        Set<String> testClasses,
        Set<String> tags,
        long seed) {
    private static final String MAIN = "org.pitest.mutationtest.commandline.MutationCoverageReport";
    private static final String REPORT = "mutations.xml";
    private static final String HIDDEN = PlannedTest.HIDDEN_PACKAGE;

    /** A mutant is taken for an endless loop when a test takes this much longer than it did on the reference. */
    private static final double TIMEOUT_FACTOR = 2.0;

    private static final int TIMEOUT_MILLIS = 3_000;

    PitRun {
        classPath = List.copyOf(classPath);
        classes = ImmutableSortedSet.copyOf(classes);
        left = ImmutableSortedSet.copyOf(left);
        testClasses = ImmutableSortedSet.copyOf(testClasses);
        tags = ImmutableSortedSet.copyOf(tags);
    }

    /** A run over {@code classes} of {@code lab} under {@code tests}. */
    static PitRun of(AuditScope scope, Lab lab, Set<String> classes, List<AuditTest> tests) throws IOException {
        List<Path> classPath = new ArrayList<>(scope.classes(lab));
        classPath.addAll(scope.testClasses(lab));
        classPath.addAll(scope.graderClasses(lab));
        classPath.addAll(scope.libraries());
        Set<String> testClasses = tests.stream().map(AuditTest::className).collect(Collectors.toSet());
        Set<String> tags =
                tests.stream().flatMap(test -> test.exercises().stream()).collect(Collectors.toSet());
        return new PitRun(classPath, classes, Set.of(), testClasses, tags, scope.seed());
    }

    /** The same, with more methods left alone. */
    PitRun leaving(Set<String> methods) {
        return new PitRun(classPath, classes, Sets.union(left, methods), testClasses, tags, seed);
    }

    /** The same for the same classes under the same tests: of the labs, the test kit and the hidden tests of the run. */
    String hash() throws IOException {
        Hasher hasher = Hashing.sha256().newHasher();
        hasher.putUnencodedChars(classes + " " + left + " " + testClasses + " " + tags + " " + seed);
        for (Path directory : classPath) {
            if (Files.isDirectory(directory)) {
                putClasses(hasher, directory);
            }
        }
        return hasher.hash().toString().substring(0, 16);
    }

    private void putClasses(Hasher hasher, Path directory) throws IOException {
        for (Path file : LabTree.filesBelow(directory, ".class")) {
            String name =
                    directory.relativize(file).toString().replace('\\', '/').replace('/', '.');
            if (matters(name.substring(0, name.length() - ".class".length()))) {
                hasher.putUnencodedChars(name);
                hasher.putBytes(Files.readAllBytes(file));
            }
        }
    }

    /** Whether what a mutant meets can depend on the class. */
    private boolean matters(String className) {
        if (className.contains(".experiment.") || !className.startsWith("storagelab.")) {
            return false;
        }
        boolean isTest = className.matches(".*Test(\\$.*)?");
        boolean isOfTheRun =
                testClasses.stream().anyMatch(test -> className.equals(test) || className.startsWith(test + "$"));
        boolean isTool = className.startsWith("storagelab.grader.") && !className.startsWith(HIDDEN);
        return isOfTheRun || (!isTest && !isTool);
    }

    /**
     * Runs it.
     *
     * @param engine the jars of PIT
     * @param sources root of the sources of the classes
     * @param directory for the report; its working directory
     * @return the report
     * @throws IOException if PIT gave up, with what it said last
     */
    Path execute(List<Path> engine, Path sources, Path directory) throws IOException, InterruptedException {
        Path log = directory.resolve("pit.log");
        List<Path> launch = new ArrayList<>(engine);
        launch.addAll(classPath);
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-cp",
                SourceCompiler.joined(launch),
                MAIN));
        command.addAll(options(sources, directory));
        Process process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            int exit = process.waitFor();
            Path report = directory.resolve(REPORT);
            if (exit != 0 || !Files.exists(report)) {
                throw new IOException("PIT ended with exit code " + exit + ": " + lastWords(log));
            }
            return report;
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    private List<String> options(Path sources, Path directory) {
        List<String> options = new ArrayList<>();
        add(options, "--reportDir", directory.toString());
        add(options, "--sourceDirs", sources.toString());
        add(options, "--targetClasses", commas(classes.stream().flatMap(name -> Stream.of(name, name + "$*"))));
        add(
                options,
                "--mutableCodePaths",
                commas(classPath.stream().filter(Files::isDirectory).map(Path::toString)));
        add(options, "--targetTests", String.join(",", testClasses));
        add(options, "--includedGroups", String.join(",", tags));
        if (!left.isEmpty()) {
            add(options, "--excludedMethods", String.join(",", left));
        }
        add(options, "--outputFormats", "XML");
        add(
                options,
                "--threads",
                Integer.toString(Math.max(1, Runtime.getRuntime().availableProcessors())));
        add(options, "--timeoutConst", Integer.toString(TIMEOUT_MILLIS));
        add(options, "--timeoutFactor", Double.toString(TIMEOUT_FACTOR));
        add(options, "--jvmArgs", "-Xmx512m,-ea,-XX:TieredStopAtLevel=1,-XX:+UseSerialGC,-Dseed=" + seed);
        add(options, "--failWhenNoMutations", "false");
        return options;
    }

    private static void add(List<String> options, String name, String value) {
        options.add(name);
        options.add(value);
    }

    private static String commas(Stream<String> names) {
        return String.join(",", names.toList());
    }

    /** Why a run ended early: the first test that failed without a mutation, the first exception, or the last line. */
    static String lastWords(Path log) throws IOException {
        List<String> lines = Files.readAllLines(log);
        return lines.stream()
                .filter(line -> line.contains("Exception") || line.contains("did not pass") || line.contains("Error"))
                .findFirst()
                .orElse(lines.isEmpty() ? "no output" : lines.get(lines.size() - 1))
                .strip();
    }
}
