package storagelab.grader.collect;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import storagelab.grader.course.Course;

/**
 * One student's work, as it was found.
 *
 * @param name of the directory or archive, without its ending; unique among those found together
 * @param handles what the platform calls the student, each enough to find the student on a roster: a login, a number, a
 *     name, an address; the submission of a group has those of all its members
 * @param submittedAt when it was handed in, if the platform says so
 * @param isMarkedLate whether the platform says, without a time, that it was late
 * @param origin where its files are
 */
public record Submission(
        String name, List<String> handles, Optional<Instant> submittedAt, boolean isMarkedLate, Origin origin) {
    public Submission {
        handles = List.copyOf(handles);
    }

    /** Where the files of a submission are. */
    @FunctionalInterface
    public interface Origin {
        /** Finds the files. */
        Bundle bundle() throws IOException;
    }

    /** The same submission of a student with another name. */
    public Submission of(String otherName, List<String> otherHandles) {
        return new Submission(otherName, otherHandles, submittedAt, isMarkedLate, origin);
    }

    /** The same under another name. */
    Submission named(String other) {
        return new Submission(other, handles, submittedAt, isMarkedLate, origin);
    }

    /**
     * Unpacks what may be graded of it into memory.
     *
     * @throws IOException if it cannot be read; the message says why, for the student
     */
    public Unpacked unpack(Course course) throws IOException {
        try (Bundle bundle = origin.bundle()) {
            return new Unpacking(course).unpack(bundle);
        }
    }
}
