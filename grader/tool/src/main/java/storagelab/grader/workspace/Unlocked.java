package storagelab.grader.workspace;

import java.nio.file.Path;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import storagelab.grader.course.ExerciseSpec;

/** The exercises whose code was taken from the reference, with the time it happened. Immutable. */
public final class Unlocked {
    private static final Pattern ID = Pattern.compile("[1-9][0-9]?\\.[1-9][0-9]?");

    private final @Nullable SortedMap<String, String> exercises;

    private Unlocked(SortedMap<String, String> exercises) {
        this.exercises = exercises;
    }

    /** Nothing was taken. */
    public static Unlocked none() {
        return new Unlocked(new TreeMap<>(ExerciseSpec.BY_NUMBER));
    }

    /** Reads the record; what is not the id of an exercise is left out. */
    static Unlocked read(Path file) {
        Unlocked read = JsonFile.read(file, none(), Unlocked.class);
        SortedMap<String, String> genuine = new TreeMap<>(ExerciseSpec.BY_NUMBER);
        if (read.exercises != null) {
            read.exercises.forEach((id, at) -> {
                if (ID.matcher(id).matches()) {
                    genuine.put(id, at);
                }
            });
        }
        return new Unlocked(genuine);
    }

    void write(Path file) {
        JsonFile.write(file, this);
    }

    /** Whether {@code exercise} was taken. */
    public boolean contains(String exercise) {
        return copy().containsKey(exercise);
    }

    /** The ids of all that were taken, in order. */
    public SortedSet<String> ids() {
        SortedSet<String> ids = new TreeSet<>(ExerciseSpec.BY_NUMBER);
        ids.addAll(copy().keySet());
        return ids;
    }

    /** This and {@code exercise}, taken {@code at} an ISO-8601 time. */
    public Unlocked with(String exercise, String at) {
        SortedMap<String, String> changed = copy();
        changed.putIfAbsent(exercise, at);
        return new Unlocked(changed);
    }

    private SortedMap<String, String> copy() {
        SortedMap<String, String> copy = new TreeMap<>(ExerciseSpec.BY_NUMBER);
        if (exercises != null) {
            copy.putAll(exercises);
        }
        return copy;
    }
}
