package storagelab.grader.audit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import storagelab.grader.course.ExerciseSpec;
import storagelab.grader.course.Lab;

/**
 * What is mutated in one run: the files of one exercise, or of several that share a file, under their tests.
 *
 * @param exercises ids, in order
 * @param files sources relative to the root of the checkout, in order
 */
record MutationUnit(List<String> exercises, List<String> files) {
    MutationUnit {
        exercises = List.copyOf(exercises);
        files = List.copyOf(files);
    }

    /** Divides the exercises of a lab into units. */
    static List<MutationUnit> of(Lab lab) {
        List<MutationUnit> units = new ArrayList<>();
        for (ExerciseSpec exercise : lab.exercises()) {
            List<String> exercises = new ArrayList<>();
            Set<String> files = new TreeSet<>(exercise.files());
            List<MutationUnit> apart = new ArrayList<>();
            for (MutationUnit unit : units) {
                if (unit.files().stream().anyMatch(exercise.files()::contains)) {
                    exercises.addAll(unit.exercises());
                    files.addAll(unit.files());
                } else {
                    apart.add(unit);
                }
            }
            exercises.add(exercise.id());
            apart.add(new MutationUnit(exercises, List.copyOf(files)));
            units = apart;
        }
        return units;
    }

    /** {@code "1.6"} or {@code "1.6+1.7"}. */
    String name() {
        return String.join("+", exercises);
    }

    /** The top-level classes by file, {@code module} being the directory of the lab. */
    Map<String, String> classesByFile(String module) {
        String prefix = module + "/src/main/java/";
        Map<String, String> classes = new LinkedHashMap<>();
        for (String file : files) {
            if (file.startsWith(prefix)) {
                String path = file.substring(prefix.length(), file.length() - ".java".length());
                classes.put(file, path.replace('/', '.'));
            }
        }
        return classes;
    }

    /** Whether {@code test} belongs to one of the exercises. */
    boolean isTestedBy(AuditTest test) {
        return exercises.stream().anyMatch(test::belongsTo);
    }
}
