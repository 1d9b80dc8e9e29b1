package storagelab.grader.grade;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.SortedMap;
import storagelab.grader.compile.Libraries;
import storagelab.grader.course.Course;
import storagelab.grader.course.CourseCatalog;
import storagelab.grader.rules.ClassRules;
import storagelab.grader.rules.SubmissionRules;
import storagelab.grader.run.Sandbox;
import storagelab.grader.run.Sandboxes;

/** Lab 1 of this checkout, for submissions that are made from it. */
final class SampleLab {
    static final Path HOME = Path.of("../..").toAbsolutePath().normalize();
    static final Course COURSE = CourseCatalog.scan(HOME);
    static final LabSources SOURCES = read();

    static final String BINARY_SEARCH = "storagelab/search/BinarySearch.java";
    static final String RECORD_LOG = "storagelab/sortedlog/RecordLog.java";

    private SampleLab() {}

    private static LabSources read() {
        try {
            return LabSources.read(HOME, COURSE.lab(1));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Grading in a sandbox, without benchmarks. */
    static GradeContext context() throws IOException, InterruptedException {
        return context(Sandboxes.confined(), ClassRules::violations, Optional.empty());
    }

    /** Grading in {@code sandbox}, with {@code rules} and {@code benchmarks}. */
    static GradeContext context(Sandbox sandbox, SubmissionRules rules, Optional<Benchmarks> benchmarks)
            throws IOException, InterruptedException {
        return new GradeContext(
                HOME, COURSE, Libraries.ofThisTool(), sandbox, rules, benchmarks, what -> {}, InstantSource.system());
    }

    /** The starter with these files of the reference in it. */
    static SortedMap<String, String> starterWith(String... solved) {
        SortedMap<String, String> texts = SOURCES.starter();
        for (String path : solved) {
            texts.put(path, SOURCES.reference().getOrDefault(path, ""));
        }
        return texts;
    }
}
