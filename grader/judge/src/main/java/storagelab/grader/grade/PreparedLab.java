package storagelab.grader.grade;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.apache.commons.io.FilenameUtils;
import storagelab.grader.course.Lab;
import storagelab.grader.starter.CourseVersion;

/**
 * What grading knows of a lab before it has seen a submission. It is the same for all submissions, and to find it out takes longer
 * than to compile one.
 *
 * @param sources the reference and the starter
 * @param tests the tests that count
 * @param version of what students get of it; empty where the sources of the public tests are not, as in a copy that only grades
 */
record PreparedLab(LabSources sources, GradedTests tests, String version) {

    /**
     * The labs of one checkout, each prepared when it is first asked for.
     *
     * <p>Concurrency: may be shared by threads; a lab is then perhaps prepared twice.
     */
    static final class Shelf {
        private final Path home;
        private final Map<Integer, PreparedLab> labs = new ConcurrentHashMap<>();

        Shelf(Path home) {
            this.home = home;
        }

        PreparedLab of(Lab lab) throws IOException {
            PreparedLab known = labs.get(lab.number());
            if (known != null) {
                return known;
            }
            LabSources sources = LabSources.read(home, lab);
            PreparedLab prepared = new PreparedLab(sources, GradedTests.of(home, lab), version(sources, lab));
            labs.put(lab.number(), prepared);
            return prepared;
        }

        private String version(LabSources sources, Lab lab) throws IOException {
            SortedMap<String, String> texts = new TreeMap<>();
            String module = lab.module() + "/";
            sources.starter().forEach((path, text) -> texts.put(module + LabSources.MAIN + "/" + path, text));
            SortedMap<String, byte[]> tests = new TreeMap<>();
            Path folder = home.resolve(lab.module()).resolve("src/test");
            if (!Files.isDirectory(folder)) {
                return "";
            }
            try (Stream<Path> walk = Files.walk(folder)) {
                for (Path file : walk.filter(Files::isRegularFile).toList()) {
                    tests.put(
                            FilenameUtils.separatorsToUnix(home.relativize(file).toString()), Files.readAllBytes(file));
                }
            }
            return CourseVersion.of(texts, tests);
        }
    }
}
