package storagelab.grader.batch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import storagelab.grader.collect.Submission;
import storagelab.grader.collect.Unpacked;
import storagelab.grader.course.Course;
import storagelab.grader.grade.GradePipeline;

/**
 * Writes what students have written in the layout that JPlag reads: {@code submissions/NAME/…} and, of the same files as they were
 * handed out, {@code base-code/…}.
 */
public final class SourceExport {
    private static final String SUBMISSIONS = "submissions";
    private static final String BASE_CODE = "base-code";

    private SourceExport() {}

    /**
     * Writes into {@code directory}, which is new or empty.
     *
     * @return how many submissions have sources of their own
     */
    public static int write(GradePipeline pipeline, Course course, List<Submission> submissions, Path directory)
            throws IOException {
        int written = 0;
        Files.createDirectories(directory.resolve(BASE_CODE));
        for (Submission submission : submissions) {
            List<GradePipeline.OwnSource> sources;
            try (Unpacked unpacked = submission.unpack(course)) {
                sources = pipeline.ownSources(unpacked.root());
            } catch (IOException notUnpacked) {
                continue; // it could not be graded either, and its row says why
            }
            Path root = directory.resolve(SUBMISSIONS).resolve(submission.name());
            for (GradePipeline.OwnSource source : sources) {
                write(root.resolve(source.path()), source.text());
                if (!source.starter().isEmpty()) {
                    write(directory.resolve(BASE_CODE).resolve(source.path()), source.starter());
                }
            }
            written += sources.isEmpty() ? 0 : 1;
        }
        return written;
    }

    private static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
