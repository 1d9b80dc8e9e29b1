package storagelab.grader.batch;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import storagelab.grader.collect.Submission;
import storagelab.grader.model.GradeResult;

/**
 * A submission with its result, as a gradebook keeps it in a file. Times are texts of ISO 8601 there.
 *
 * @param name of the submission
 * @param handles what the platform calls the student
 * @param submitted when it was handed in; null if the platform does not say so
 * @param isMarkedLate whether the platform says, without a time, that it was late
 * @param content SHA-256 of what was graded; empty if it could not be unpacked
 * @param key SHA-256 of {@code content}, of the course and the tool, and of the settings: with the same key, the result is the same
 * @param gradedAt when the result was found
 * @param result what was found
 * @param fingerprint of the student's own text, as {@link Fingerprint} makes it
 */
public record Graded(
        String name,
        List<String> handles,
        @Nullable String submitted,
        boolean isMarkedLate,
        String content,
        String key,
        String gradedAt,
        GradeResult result,
        List<Long> fingerprint) {
    public Graded {
        handles = List.copyOf(handles);
        fingerprint = List.copyOf(fingerprint);
    }

    /** When it was handed in, if that is known. */
    public Optional<Instant> submittedAt() {
        return Optional.ofNullable(submitted).map(Instant::parse);
    }

    /** Whether every exercise passed. */
    boolean hasFullMarks() {
        return result.isGraded() && result.score() >= result.maxScore();
    }

    /**
     * The same result for another submission with the same content.
     *
     * @param command what reproduces it there
     */
    Graded of(Submission other, String command) {
        return new Graded(
                other.name(),
                other.handles(),
                other.submittedAt().map(Instant::toString).orElse(null),
                other.isMarkedLate(),
                content,
                key,
                gradedAt,
                result.of(other.name(), command),
                fingerprint);
    }
}
