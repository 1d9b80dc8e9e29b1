package storagelab.grader.syllabus;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One row of the roster.
 *
 * @param id unique; what the gradebook calls the student
 * @param name for people; may be empty
 * @param section group or tutor; may be empty
 * @param handles what platforms call the student, {@code id} and {@code name} among them
 * @param submittedAt when the student handed in, if the roster says so
 * @param extraDays beyond each due time
 */
public record Student(
        String id, String name, String section, List<String> handles, Optional<Instant> submittedAt, int extraDays) {
    public Student {
        handles = List.copyOf(handles);
    }

    /** A student of whom nothing is known but the name of a submission. */
    public static Student unknown(String id) {
        return new Student(id, "", "", List.of(id), Optional.empty(), 0);
    }
}
