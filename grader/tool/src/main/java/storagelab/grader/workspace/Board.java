package storagelab.grader.workspace;

import com.google.common.collect.Streams;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import storagelab.grader.course.Course;
import storagelab.grader.course.ExerciseSpec;
import storagelab.grader.course.Lab;

/**
 * Labs and exercises with how far each is: what {@code lab status} shows.
 *
 * @param labs all labs, published or not
 * @param points of all published exercises
 * @param earned points of the exercises whose public tests pass
 */
public record Board(List<LabRow> labs, int points, int earned) {
    public Board {
        labs = List.copyOf(labs);
    }

    /** How far an exercise is. */
    public enum State {
        /** The text is the starter's. */
        NOT_STARTED,
        /** Somebody wrote something, and the public tests do not all pass or were not run. */
        IN_PROGRESS,
        /** The public tests passed on this very text. */
        PASSED,
        /** The code was taken from the reference. */
        UNLOCKED,
        /** The checkout's own code, which is complete. */
        REFERENCE
    }

    /** A lab; {@code exercises} is empty when it is not yet published. */
    public record LabRow(
            int number, String title, boolean published, int points, int earned, List<ExerciseRow> exercises) {}

    /** An exercise; {@code note} says in words what the state leaves open, or is empty. */
    public record ExerciseRow(String id, String title, int points, State state, String note, List<String> files) {}

    /** The board of a checkout: everything is there. */
    public static Board ofReference(Course course) {
        return build(course, exercise -> row(exercise, State.REFERENCE, ""));
    }

    /** The board of a workspace. */
    public static Board of(Workspace workspace) {
        Progress progress = workspace.progress();
        Unlocked unlocked = workspace.unlocked();
        ExerciseText text = new ExerciseText(workspace);
        return build(workspace.course(), exercise -> {
            if (unlocked.contains(exercise.id())) {
                return row(exercise, State.UNLOCKED, "taken from the reference");
            }
            if (text.isUntouched(exercise)) {
                return row(exercise, State.NOT_STARTED, "");
            }
            return tried(exercise, progress.verdict(exercise.id()), SourceHash.of(workspace.root(), exercise));
        });
    }

    /** The first exercise that is still to do. */
    public Optional<ExerciseRow> next() {
        return rows().filter(Board::isOpen).findFirst();
    }

    /** The next exercise to do for somebody who has just done {@code id}: of what follows in its lab, its lab, all labs. */
    public Optional<ExerciseRow> nextAfter(String id) {
        List<ExerciseRow> ownLab = labs.stream()
                .map(LabRow::exercises)
                .filter(exercises -> exercises.stream().anyMatch(row -> row.id().equals(id)))
                .findFirst()
                .orElse(List.of());
        Stream<ExerciseRow> behind = ownLab.stream().dropWhile(row -> !row.id().equals(id));
        return Streams.concat(behind, ownLab.stream(), rows())
                .filter(Board::isOpen)
                .findFirst();
    }

    private Stream<ExerciseRow> rows() {
        return labs.stream().flatMap(lab -> lab.exercises().stream());
    }

    private static boolean isOpen(ExerciseRow row) {
        return row.state() == State.NOT_STARTED || row.state() == State.IN_PROGRESS;
    }

    private static ExerciseRow tried(ExerciseSpec exercise, Optional<Progress.Verdict> last, String hash) {
        if (last.isEmpty()) {
            return row(exercise, State.IN_PROGRESS, "not tested yet");
        }
        Progress.Verdict verdict = last.get();
        boolean changed = !verdict.sourceHash().equals(hash);
        if (verdict.allPassed() && !changed) {
            return row(exercise, State.PASSED, "");
        }
        String tests = verdict.total() == 0
                ? "no test could run"
                : verdict.passed() + " of " + verdict.total() + " tests passed";
        return row(exercise, State.IN_PROGRESS, changed ? "changed since " + tests : tests);
    }

    private static Board build(Course course, Function<ExerciseSpec, ExerciseRow> toRow) {
        List<LabRow> labs = new ArrayList<>();
        for (Lab lab : course.labs()) {
            List<ExerciseRow> rows = lab.exercises().stream().map(toRow).toList();
            int earned = rows.stream()
                    .filter(row -> row.state() == State.PASSED)
                    .mapToInt(ExerciseRow::points)
                    .sum();
            labs.add(new LabRow(lab.number(), lab.title(), lab.published(), lab.points(), earned, rows));
        }
        return new Board(
                labs,
                labs.stream().mapToInt(LabRow::points).sum(),
                labs.stream().mapToInt(LabRow::earned).sum());
    }

    private static ExerciseRow row(ExerciseSpec exercise, State state, String note) {
        return new ExerciseRow(exercise.id(), exercise.title(), exercise.points(), state, note, exercise.files());
    }
}
