package storagelab.grader.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import storagelab.grader.grade.ReportWriter;
import storagelab.grader.model.GradeResult;

/** Writes a result in several formats into one directory. */
public final class Reports {
    private Reports() {}

    /**
     * Writes one file a format into {@code directory}, which is made when it is not there; files of the same names are
     * replaced.
     *
     * @return the files, in the order of {@code writers}
     */
    public static List<Path> write(GradeResult result, Path directory, Collection<? extends ReportWriter> writers)
            throws IOException {
        Files.createDirectories(directory);
        List<Path> written = new ArrayList<>();
        for (ReportWriter writer : writers) {
            StringBuilder text = new StringBuilder();
            writer.write(result, text);
            Path file = directory.resolve(writer.fileName());
            Files.write(file, text.toString().getBytes(UTF_8));
            written.add(file);
        }
        return written;
    }
}
