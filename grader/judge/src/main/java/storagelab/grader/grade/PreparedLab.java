package storagelab.grader.grade;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import storagelab.grader.course.Lab;

/**
 * What grading knows of a lab before it has seen a submission. It is the same for all submissions, and to find it out takes longer
 * than to compile one.
 *
 * @param sources the reference and the starter
 * @param tests the tests that count
 */
record PreparedLab(LabSources sources, GradedTests tests) {

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
            PreparedLab prepared = new PreparedLab(LabSources.read(home, lab), GradedTests.of(home, lab));
            labs.put(lab.number(), prepared);
            return prepared;
        }
    }
}
