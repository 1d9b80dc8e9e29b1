package storagelab.grader.splice;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;

import java.util.Map;
import storagelab.grader.LabException;
import storagelab.grader.compile.SourceCompiler;

/** Holds a starter against the text expected: every starter must compile, and be its own starter. */
final class StubberChecks {
    static final String EXERCISE =
            "@Exercise(id = \"1.1\", title = \"t\", points = 1, difficulty = Difficulty.EASY, hours = 1)";
    static final String IMPORTS = "import storagelab.course.Difficulty;\nimport storagelab.course.Exercise;\n";
    static final String STARTER_IMPORTS = IMPORTS + "import storagelab.course.ExerciseNotDone;\n";

    private StubberChecks() {}

    /** {@code before} compiles, and its starter is {@code after}. */
    static void stubs(String before, String after) {
        String starter = starter(before);

        assertThat(starter, equalTo(after));
        assertThat("the starter of a starter", starter(starter), equalTo(starter));
        assertThat(SourceCompiler.withOwnClassPath().errors(Map.of("x/T.java", before)), is(empty()));
        assertThat(SourceCompiler.withOwnClassPath().errors(Map.of("x/T.java", starter)), is(empty()));
    }

    private static String starter(String text) {
        return Stubber.starter(SourceFile.parse("A.java", text))
                .orElseThrow(() -> new LabException("no starter", "none"));
    }
}
