package storagelab.grader.run;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Which tests to run.
 *
 * @param classes binary names of test classes
 * @param tags a test runs if it carries one of these; all run if there are none
 * @param skip unique ids of test methods to leave out
 */
public record TestSelection(List<String> classes, List<String> tags, List<String> skip) {
    public TestSelection {
        classes = List.copyOf(classes);
        tags = List.copyOf(tags);
        skip = List.copyOf(skip);
    }

    /** Every test of the classes that belongs to the exercise. */
    public static TestSelection ofExercise(List<String> classes, String exercise) {
        return new TestSelection(classes, List.of(exercise), List.of());
    }

    TestSelection without(List<String> uniqueIds) {
        List<String> all = new ArrayList<>(skip);
        all.addAll(uniqueIds);
        return new TestSelection(classes, tags, all);
    }

    void writeTo(DataOutputStream out) throws IOException {
        Wire.writeTexts(out, classes);
        Wire.writeTexts(out, tags);
        Wire.writeTexts(out, skip);
    }

    static TestSelection readFrom(DataInputStream in) throws IOException {
        List<String> classes = Wire.readTexts(in);
        List<String> tags = Wire.readTexts(in);
        return new TestSelection(classes, tags, Wire.readTexts(in));
    }
}
