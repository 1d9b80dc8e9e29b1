package storagelab.grader.grade;

import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import storagelab.grader.course.Lab;

/**
 * The sources of one lab that are to be graded.
 *
 * @param sources the lab as the course knows it
 * @param texts the whole source of the submission, by path from {@code src/main/java}
 * @param pristine what stands in for a file that does not compile
 * @param refused sources that could not even be read, with the reason in words that follow the name
 * @param missing sources with an exercise that are not in the submission
 */
record LabText(
        LabSources sources,
        SortedMap<String, String> texts,
        SortedMap<String, String> pristine,
        Map<String, String> refused,
        Set<String> missing) {

    /** The reference itself. */
    static LabText ofReference(LabSources sources) {
        SortedMap<String, String> texts = sources.reference();
        return new LabText(sources, texts, texts, Map.of(), Set.of());
    }

    /** What was taken from a submission. */
    static LabText of(LabSources sources, Intake.Taken taken) {
        return new LabText(sources, taken.texts(), sources.starter(), taken.refused(), taken.missing());
    }

    Lab lab() {
        return sources.lab();
    }

    /** Whether a class comes from a source that is not as it was handed out. */
    boolean isStudentClass(String name) {
        String outermost = name.contains("$") ? name.substring(0, name.indexOf('$')) : name;
        return isStudentSource(outermost.replace('.', '/') + ".java");
    }

    /** Whether a source, by its path, is not as it was handed out. */
    boolean isStudentSource(String path) {
        return texts.containsKey(path)
                && !texts.getOrDefault(path, "").equals(sources.starter().get(path));
    }

    /** Whether every exercise is, up to white space and marks, the reference's. */
    boolean isReference() {
        return lab().exercises().stream().allMatch(exercise -> sources.isReference(exercise, texts));
    }
}
