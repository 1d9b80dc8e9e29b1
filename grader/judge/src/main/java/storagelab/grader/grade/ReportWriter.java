package storagelab.grader.grade;

import java.io.IOException;
import storagelab.grader.model.GradeResult;

/** Writes one form of a grade. The same result always gives the same text. */
public interface ReportWriter {
    /** What {@code --format} calls it: {@code "json"}. */
    String format();

    /** Where it goes below the output directory: {@code "result.json"}. */
    String fileName();

    /** Writes the whole report. */
    void write(GradeResult result, Appendable out) throws IOException;
}
