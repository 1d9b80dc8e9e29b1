package storagelab.grader.workspace;

import java.nio.file.Path;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import storagelab.grader.course.ExerciseSpec;

/**
 * What a student has tried: the last verdict of each exercise's public tests, and how many of its hints were read.
 * Immutable; every change makes a new one.
 */
public final class Progress {
    private final @Nullable SortedMap<String, Verdict> tests;
    private final @Nullable SortedMap<String, Integer> hints;

    private Progress(SortedMap<String, Verdict> tests, SortedMap<String, Integer> hints) {
        this.tests = tests;
        this.hints = hints;
    }

    /**
     * The outcome of running an exercise's public tests.
     *
     * @param passed tests that passed
     * @param total tests there were
     * @param sourceHash what {@link SourceHash} gave for the exercise's files at the time
     * @param at when, in ISO-8601
     */
    public record Verdict(int passed, int total, String sourceHash, String at) {
        /** Whether every test passed. */
        public boolean allPassed() {
            return total > 0 && passed == total;
        }
    }

    /** Nothing tried yet. */
    public static Progress empty() {
        return new Progress(new TreeMap<>(ExerciseSpec.BY_NUMBER), new TreeMap<>(ExerciseSpec.BY_NUMBER));
    }

    static Progress read(Path file) {
        return JsonFile.read(file, empty(), Progress.class);
    }

    void write(Path file) {
        JsonFile.write(file, this);
    }

    /** The last verdict of {@code exercise}. */
    public Optional<Verdict> verdict(String exercise) {
        return Optional.ofNullable(copy(tests).get(exercise));
    }

    /** How many hints of {@code exercise} were read. */
    public int hintsRead(String exercise) {
        return copy(hints).getOrDefault(exercise, 0);
    }

    /** This, with the verdict of {@code exercise} replaced. */
    public Progress with(String exercise, Verdict verdict) {
        SortedMap<String, Verdict> changed = copy(tests);
        changed.put(exercise, verdict);
        return new Progress(changed, copy(hints));
    }

    /** This, with {@code count} hints of {@code exercise} read. */
    public Progress withHintsRead(String exercise, int count) {
        SortedMap<String, Integer> changed = copy(hints);
        changed.put(exercise, count);
        return new Progress(copy(tests), changed);
    }

    private static <T> SortedMap<String, T> copy(@Nullable SortedMap<String, T> map) {
        SortedMap<String, T> copy = new TreeMap<>(ExerciseSpec.BY_NUMBER);
        if (map != null) {
            copy.putAll(map);
        }
        return copy;
    }
}
