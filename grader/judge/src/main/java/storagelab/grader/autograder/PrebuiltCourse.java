package storagelab.grader.autograder;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import storagelab.grader.LabException;
import storagelab.grader.compile.Libraries;
import storagelab.grader.course.Course;
import storagelab.grader.course.Lab;

/**
 * What {@code lab grade} reads of a checkout and of its build: the reference's sources, the compiled public tests, and the
 * jars of the grader. Labs after the last one that is graded are left out. It holds solutions and hidden tests.
 */
final class PrebuiltCourse {
    /** Where the checkout is in the autograder, and where the jars are. */
    static final String CHECKOUT = "course/";

    private static final String JARS = "lib/";

    /** Parts of the tool that no grading uses: the shell of stores, comparisons of engines, plots. */
    private static final String NOT_FOR_GRADING =
            "(grader-measure|netty|jline|xchart|VectorGraphics2D|archunit|lettuce|jedis|reactor)-.*";

    private static final Pattern OF_A_LAB = Pattern.compile("(?:grader-course-)?lab-(\\d\\d)\\b.*");
    private static final Pattern CLASSES = Pattern.compile("(.*)/target/(test-)?classes");

    private final Path home;
    private final int lastLab;
    private final SortedMap<String, byte[]> files = new TreeMap<>();

    private PrebuiltCourse(Path home, int lastLab) {
        this.home = home;
        this.lastLab = lastLab;
    }

    /**
     * The files, by their path in the autograder.
     *
     * @param home a checkout that is built
     * @param libraries what this tool runs on
     * @param lastLab the number of the last lab that is graded
     */
    static SortedMap<String, byte[]> files(Path home, Course course, Libraries libraries, int lastLab) {
        PrebuiltCourse prebuilt = new PrebuiltCourse(home, lastLab);
        try {
            for (Lab lab : course.labs()) {
                if (lab.number() <= lastLab && lab.published()) {
                    prebuilt.add(lab);
                }
            }
            for (Path entry : libraries.all()) {
                prebuilt.add(entry);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        // By this file the tool knows a checkout.
        prebuilt.files.put(CHECKOUT + "grader/pom.xml", "<project/>\n".getBytes(StandardCharsets.UTF_8));
        return prebuilt.files;
    }

    private void add(Lab lab) throws IOException {
        String module = lab.module();
        Path tests = home.resolve(module).resolve("target/test-classes");
        if (!Files.isDirectory(tests)) {
            throw new LabException(
                    "The public tests of lab " + lab.number() + " are not compiled.",
                    "Delete grader/target/lab.built, and ./lab builds everything again.");
        }
        tree(CHECKOUT + module + "/target/test-classes/", tests);
        tree(CHECKOUT + module + "/src/main/java/", home.resolve(module).resolve("src/main/java"));
        tree(CHECKOUT + module + "/src/test/", home.resolve(module).resolve("src/test")); // part of the lab's version
        files.put(
                CHECKOUT + module + "/README.md",
                Files.readAllBytes(home.resolve(module).resolve("README.md")));
    }

    private void add(Path entry) throws IOException {
        String name = jarName(entry);
        Matcher ofLab = OF_A_LAB.matcher(name);
        boolean isLater = ofLab.matches() && Integer.parseInt(ofLab.group(1)) > lastLab;
        if (!isLater && !name.matches(NOT_FOR_GRADING)) {
            files.put(JARS + name, Files.isDirectory(entry) ? jar(entry) : Files.readAllBytes(entry));
        }
    }

    /** The name of a jar; for a directory of classes, the one that the build would give it. */
    private String jarName(Path entry) {
        Matcher classes = CLASSES.matcher(home.relativize(entry).toString().replace('\\', '/'));
        if (Files.isDirectory(entry) && classes.matches()) {
            return classes.group(1).replace('/', '-') + (classes.group(2) == null ? "-classes.jar" : "-tests.jar");
        }
        return entry.getFileName().toString();
    }

    private static byte[] jar(Path directory) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream jar = new ZipOutputStream(bytes)) {
            for (Path file : regularFiles(directory)) {
                jar.putNextEntry(
                        new ZipEntry(directory.relativize(file).toString().replace('\\', '/')));
                jar.write(Files.readAllBytes(file));
            }
        }
        return bytes.toByteArray();
    }

    private void tree(String prefix, Path folder) throws IOException {
        for (Path file : regularFiles(folder)) {
            files.put(prefix + folder.relativize(file).toString().replace('\\', '/'), Files.readAllBytes(file));
        }
    }

    private static List<Path> regularFiles(Path folder) throws IOException {
        try (Stream<Path> walk = Files.walk(folder)) {
            return walk.filter(Files::isRegularFile).sorted().toList();
        }
    }
}
