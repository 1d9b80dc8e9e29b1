package storagelab.grader.grade;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.SortedMap;
import storagelab.grader.course.Course;
import storagelab.grader.course.CourseCatalog;

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

    /** The starter with these files of the reference in it. */
    static SortedMap<String, String> starterWith(String... solved) {
        SortedMap<String, String> texts = SOURCES.starter();
        for (String path : solved) {
            texts.put(path, SOURCES.reference().getOrDefault(path, ""));
        }
        return texts;
    }
}
