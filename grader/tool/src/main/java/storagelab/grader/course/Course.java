package storagelab.grader.course;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonParseException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import storagelab.grader.LabException;

/**
 * All labs, in order, whether published or not.
 *
 * <p>In a checkout it is read from the sources ({@link CourseCatalog}); in a workspace from {@code .lab/course.json}.
 */
public record Course(List<Lab> labs) {
    private static final Gson GSON =
            new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

    public Course {
        labs = List.copyOf(labs);
    }

    /** Every exercise of every published lab, in order. */
    public Stream<ExerciseSpec> exercises() {
        return labs.stream().flatMap(lab -> lab.exercises().stream());
    }

    /** The lab with this number; a usage error that names those there are if there is none. */
    public Lab lab(int number) {
        return labs.stream()
                .filter(lab -> lab.number() == number)
                .findFirst()
                .orElseThrow(() -> LabException.usage(
                        "There is no lab %d. There are labs %d to %d."
                                .formatted(
                                        number,
                                        labs.get(0).number(),
                                        labs.get(labs.size() - 1).number()),
                        "See ./lab status."));
    }

    /** The exercise with this id; a usage error that names those there are if there is none. */
    public ExerciseSpec exercise(String id) {
        return exercises()
                .filter(exercise -> exercise.id().equals(id))
                .findFirst()
                .orElseThrow(() -> noSuchExercise(id));
    }

    /** What {@code word} means on the command line: {@code "1"} all exercises of lab 1, {@code "1.4"} that one. */
    public List<ExerciseSpec> select(String word) {
        if (ExerciseSpec.isId(word)) {
            return List.of(exercise(word));
        }
        if (!word.matches("[1-9]\\d?")) {
            throw LabException.usage(
                    "'" + word + "' is neither a lab, such as 1, nor an exercise, such as 1.4.", "See ./lab status.");
        }
        Lab lab = lab(Integer.parseInt(word));
        if (!lab.published()) {
            throw LabException.usage("Lab " + word + " is not yet published.", "See ./lab status for those that are.");
        }
        return lab.exercises();
    }

    private LabException noSuchExercise(String id) {
        if (!ExerciseSpec.isId(id)) {
            return LabException.usage(
                    "'" + id + "' is not an exercise; exercises look like 1.4.", "See ./lab status for all of them.");
        }
        Lab lab = lab(ExerciseSpec.labOf(id));
        if (!lab.published()) {
            return LabException.usage(
                    "There is no exercise " + id + ": lab " + lab.number() + " is not yet published.",
                    "See ./lab status.");
        }
        return LabException.usage(
                "There is no exercise %s. Lab %d has %s to %s."
                        .formatted(
                                id,
                                lab.number(),
                                lab.exercises().get(0).id(),
                                lab.exercises().get(lab.exercises().size() - 1).id()),
                "See ./lab status.");
    }

    /** As JSON, for {@code .lab/course.json}. */
    public String toJson() {
        return GSON.toJson(this) + "\n";
    }

    /** Reads what {@link #toJson} wrote. */
    public static Course read(Path json) {
        try {
            return GSON.fromJson(Files.readString(json), Course.class);
        } catch (JsonParseException damaged) {
            throw new LabException(
                    json + " is damaged: " + damaged.getMessage() + ".",
                    "Make a new workspace with ./lab start DIR and copy its .lab/course.json here.");
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
