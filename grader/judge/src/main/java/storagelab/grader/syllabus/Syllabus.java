package storagelab.grader.syllabus;

import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import storagelab.grader.LabException;
import storagelab.grader.course.Course;
import storagelab.grader.course.ExerciseSpec;

/**
 * A course as its instructor has set it up in {@code course.toml}.
 *
 * @param title of the course
 * @param seed of every random test; a fresh one for each gradebook if empty
 * @param zone in which due times are meant
 * @param benchmarks whether benchmarks are measured and bring points
 * @param disclosure what students see of hidden tests
 * @param roster the students; empty if every submission is a student's
 * @param assignments in the order of the file; at least one
 */
public record Syllabus(
        String title,
        OptionalLong seed,
        ZoneId zone,
        boolean benchmarks,
        Disclosure disclosure,
        Roster roster,
        List<Assignment> assignments) {
    public Syllabus {
        assignments = List.copyOf(assignments);
        if (assignments.isEmpty()) {
            throw new IllegalArgumentException("a course without an assignment");
        }
    }

    /** What is graded where there is no {@code course.toml}: the exercises with the points that they have in the labs. */
    public static Syllabus plain(Course course, Set<Integer> labs, Set<String> exercises, boolean benchmarks) {
        List<Assignment.Weight> weights = course.exercises()
                .filter(exercise -> labs.isEmpty() || labs.contains(ExerciseSpec.labOf(exercise.id())))
                .filter(exercise -> exercises.isEmpty() || exercises.contains(exercise.id()))
                .map(exercise -> new Assignment.Weight(exercise.id(), exercise.points(), false))
                .toList();
        if (weights.isEmpty()) {
            throw LabException.usage(
                    "None of these exercises is in the labs that were asked for.", "See ./lab status.");
        }
        return new Syllabus(
                "Storage Lab",
                OptionalLong.empty(),
                ZoneId.systemDefault(),
                benchmarks,
                Disclosure.EVERYTHING,
                Roster.none(),
                List.of(new Assignment("all", "All exercises", Optional.empty(), LateRule.none(), weights)));
    }

    /** The same with only some of the assignments; all if {@code ids} is empty. */
    public Syllabus only(Set<String> ids) {
        Set<String> known = assignments.stream().map(Assignment::id).collect(Collectors.toCollection(TreeSet::new));
        for (String id : ids) {
            if (!known.contains(id)) {
                throw LabException.usage(
                        "There is no assignment '" + id + "' in the course.",
                        "There are: " + String.join(", ", known) + ".");
            }
        }
        return with(assignments.stream()
                .filter(assignment -> ids.isEmpty() || ids.contains(assignment.id()))
                .toList());
    }

    /** The same with only some of the exercises; all if {@code ids} is empty. */
    public Syllabus onlyExercises(Set<String> ids) {
        List<Assignment> rest = assignments.stream()
                .map(assignment -> new Assignment(
                        assignment.id(),
                        assignment.title(),
                        assignment.due(),
                        assignment.late(),
                        assignment.exercises().stream()
                                .filter(weight -> ids.isEmpty() || ids.contains(weight.exercise()))
                                .toList()))
                .filter(assignment -> !assignment.exercises().isEmpty())
                .toList();
        if (rest.isEmpty()) {
            throw LabException.usage("None of these exercises is in the assignments.", "See ./lab course check.");
        }
        return with(rest);
    }

    /** The same with another roster. */
    public Syllabus with(Roster other) {
        return new Syllabus(title, seed, zone, benchmarks, disclosure, other, assignments);
    }

    private Syllabus with(List<Assignment> others) {
        return new Syllabus(title, seed, zone, benchmarks, disclosure, roster, others);
    }

    /** Ids of all exercises, in order. */
    public List<String> exercises() {
        return assignments.stream()
                .flatMap(assignment -> assignment.exercises().stream())
                .map(Assignment.Weight::exercise)
                .sorted(Comparator.comparing(id -> id, ExerciseSpec.BY_NUMBER))
                .distinct()
                .toList();
    }

    /** Numbers of all labs that have one of the exercises. */
    public Set<Integer> labs() {
        return exercises().stream().map(ExerciseSpec::labOf).collect(Collectors.toCollection(TreeSet::new));
    }

    /** Whether all exercises of the labs are graded, so that benchmarks can be. */
    public boolean isWholeLabs(Course course) {
        Set<String> graded = Set.copyOf(exercises());
        return course.exercises()
                .filter(exercise -> labs().contains(ExerciseSpec.labOf(exercise.id())))
                .allMatch(exercise -> graded.contains(exercise.id()));
    }
}
