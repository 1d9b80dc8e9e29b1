package storagelab.grader.audit;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasItem;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The audit of a small course")
@Tag("same-on-every-jdk")
class AuditChecksTest {
    @TempDir
    private Path home;

    private MiniCourse course;

    @BeforeEach
    void writeCourse() throws IOException {
        course = new MiniCourse(home);
    }

    @Test
    @DisplayName("finds nothing where everything holds")
    void holds() throws Exception {
        for (String check : List.of("complete", "reference", "starter", "not-started", "missing", "needs")) {
            assertEquals(List.of(), course.audit(check).findings(), check);
        }
        CheckResult zoo = course.audit("zoo");
        assertEquals(List.of(), zoo.findings());
        assertEquals(3, zoo.counts().get(Count.ZOO_CAUGHT));
        assertEquals(1, zoo.counts().get(Count.ZOO_ACCEPTED));
        CheckResult flakes = course.audit("flakes");
        assertEquals(List.of(), flakes.findings());
        assertEquals(4, flakes.counts().get(Count.RUNS));
        assertEquals(0, flakes.counts().get(Count.FLAKES));
    }

    @Test
    @DisplayName("misses hints, a line of the README, a display name and a second exercise on a test")
    void incomplete() throws Exception {
        course.delete(MiniCourse.HINTS);
        course.replace(MiniCourse.README, "| 100 |", "| 3 |");
        course.replace(MiniCourse.HIDDEN_TEST, "@DisplayName(\"seven and five is twelve\")", "@Tag(\"1.2\")");

        assertFinds(
                "complete",
                "there is no 1.1.md with hints",
                "the README's row of exercise 1.1 does not say '100'",
                "hidden test AdderHiddenTest.adds belongs to [1.1, 1.2] and not to one exercise",
                "hidden test AdderHiddenTest.adds has no display name that says its property");
    }

    @Test
    @DisplayName("misses points, a heading, the page of guarantees and the experiments of a lab")
    void incompleteLab() throws Exception {
        course.replace(MiniCourse.REFERENCE, "points = 100", "points = 99");
        course.replace(MiniCourse.README, "## The story", "## A story");
        course.delete(MiniCourse.GUARANTEES);
        course.delete(MiniCourse.EXPERIMENTS);

        assertFinds(
                "complete",
                "the exercises of lab 1 bring 99 points and not 100",
                "heading 2 of the README of lab 1 is not 'The story'",
                "there is no notes/guarantees/lab-01.md",
                "lab 1 registers no experiment");
    }

    @Test
    @DisplayName("lets a lab in preparation have fewer points, says so, and does not let it have more")
    void labInPreparation() throws Exception {
        course.replace(MiniCourse.README, "# Lab 1: mini\n", "# Lab 1: mini\n\n**In preparation:** more exercises.\n");
        course.replace(MiniCourse.README, "| 100 |", "| 40 |");
        course.replace(MiniCourse.REFERENCE, "points = 100", "points = 40");

        CheckResult complete = course.audit("complete");
        assertEquals(List.of(), complete.findings());
        assertThat(
                complete.notes(),
                hasItem(
                        "the exercises of lab 1 bring 40 points and not 100: it is in preparation, as its README says"));

        course.replace(MiniCourse.README, "| 40 |", "| 140 |");
        course.replace(MiniCourse.REFERENCE, "points = 40", "points = 140");
        assertFinds("complete", "the exercises of lab 1 bring 140 points and not 100");
    }

    @Test
    @DisplayName("sees a reference that fails its own tests")
    void wrongReference() throws Exception {
        course.replace(MiniCourse.REFERENCE, "a + b", "a - b");

        assertFinds(
                "reference", "hidden test AdderHiddenTest.adds failed: the sum of 7 and 5", "public test AdderTest");
    }

    @Test
    @DisplayName("sees a mark @Solution on what the starter does not have anyway")
    void idleMark() throws Exception {
        course.replace(MiniCourse.REFERENCE, "private Adder() {}", """
                private Adder() {}

                    @storagelab.course.ExercisePart("1.1")
                    static final class Part {
                        @Solution
                        private int sum;
                    }
                """);
        course.replace(
                MiniCourse.REFERENCE, "course.Exercise;", "course.Exercise;\nimport storagelab.course.Solution;");

        assertFinds("starter", "Adder.java, line 12: what is marked @Solution is not in the starter without the mark");
    }

    @Test
    @DisplayName("sees a starter that does not compile, because something needs what only the solution has")
    void starterDoesNotCompile() throws Exception {
        course.replace(
                MiniCourse.REFERENCE,
                "private Adder() {}",
                "@storagelab.course.Solution static int helper() { return 1; }\n"
                        + "    public static int given() { return helper(); }");

        assertFinds("starter", "the starter: Adder.java");
    }

    @Test
    @DisplayName("sees a test that passes on the starter, and one that fails there for another reason")
    void testThatAsksNothing() throws Exception {
        course.replace(MiniCourse.HIDDEN_TEST, "assertEquals(12, Adder.add(7, 5), \"the sum of 7 and 5\");", "");
        course.replace(MiniCourse.PUBLIC_TEST, "Adder.add(2, 2)", "5");

        assertFinds(
                "not-started",
                "hidden test AdderHiddenTest.adds on the starter: passed",
                "public test AdderTest.adds on the starter: failed");
        assertFinds("missing", "hidden test AdderHiddenTest.adds passes without exercise 1.1");
    }

    @Test
    @DisplayName(
            "sees a wrong solution that is not caught, a right one that is not accepted, and one that does not fit")
    void badZoo() throws Exception {
        course.animal("Zero", "caught", "return b + a;");
        course.animal("Negated", "accepted", "return a * b;");
        course.replace(MiniCourse.ZOO + "Twice.java", "add(int a", "sum(int a");
        course.replace(MiniCourse.ZOO + "Minus.java", "a - b;", "a + c;");

        assertFinds(
                "zoo",
                "1.1 Zero (it says return b + a;) is wrong and passes every test",
                "1.1 Negated (it says return a * b;) is right and is not accepted by hidden test AdderHiddenTest.adds",
                "1.1 Twice (it says return a + a;) does not fit: Twice.java",
                "1.1 Minus (it says return a + c;) does not fit: Adder.java");
    }

    @Test
    @DisplayName("the quick half tries one animal of an exercise, and sees of all the others whether they fit")
    void quickZooSeesEveryMisfit() throws Exception {
        for (String name : List.of("Minus", "Twice", "Zero", "Negated")) {
            course.replace(MiniCourse.ZOO + name + ".java", "add(int a", "sum(int a");
        }
        List<String> findings = course.quickAudit("zoo").findings();
        assertEquals(
                4,
                findings.stream()
                        .filter(finding -> finding.contains("does not fit"))
                        .count(),
                findings.toString());
    }

    @Test
    @DisplayName("puts an animal on the one that its head names, and sees one whose name nobody has")
    void animalOnAnother() throws Exception {
        course.write(MiniCourse.ZOO + "Helped.java", MiniCourse.animalText("accepted", """
                    public static int add(int a, int b) {
                        return helped(a, b);
                    }

                    private static int helped(int a, int b) {
                        return a + b;
                    }
                """));
        String unhelpful = MiniCourse.animalText("caught", "private static int helped(int a, int b) { return a; }");
        course.write(MiniCourse.ZOO + "Unhelpful.java", "// on: Helped\n" + unhelpful);
        CheckResult zoo = course.audit("zoo");
        assertEquals(List.of(), zoo.findings());
        assertEquals(4, zoo.counts().get(Count.ZOO_CAUGHT));

        course.write(MiniCourse.ZOO + "Unhelpful.java", "// on: Minus2\n" + unhelpful);
        assertFinds("zoo", "does not fit: no animal of its type that stands on the reference is called Minus2");
    }

    @Test
    @DisplayName("sees an edit that has the name of a Java file")
    void animalIsThereTwice() throws Exception {
        course.write(MiniCourse.ZOO + "Zero.edit", """
                // exercise: 1.1
                // type: storagelab.mini.Adder
                // verdict: caught
                // because: it adds one more
                @@
                -        return theSumOfTheTwoNumbers;
                +        return theSumOfTheTwoNumbers + 1;
                """);
        assertFinds("zoo", "1.1 Zero (it says return 0;) is there twice: an edit and a Java file have this name");
    }

    @Test
    @DisplayName("notes which test ran out of time and was run again, and has the limits that it is given")
    void slowTest() throws Exception {
        course.replace(MiniCourse.HIDDEN_TEST, "@Test", "@Test @org.junit.jupiter.api.Timeout(1)");
        course.replace(
                MiniCourse.REFERENCE,
                "int theSum",
                "for (int i = 0; i >= 0 && a == 7 && !Boolean.getBoolean(\"done\"); i = 0) {}\n        int theSum");
        course.limitsTimes(0.5);
        CheckResult result = course.audit("reference");

        assertThat(
                result.notes(),
                hasItem(containsString("AdderHiddenTest.adds ran out of time and was run again alone: timed out")));
        assertThat(result.findings(), hasItem(containsString("did not end in 2 s of processor time")));
    }

    @Test
    @DisplayName("holds public tests to what hidden ones are held to: they catch, and must accept what is right")
    void publicTestsCount() throws Exception {
        course.animal("Zero", "caught", "return a == 2 ? 0 : a + b;");
        course.animal("Negated", "accepted", "return a == 2 ? 5 : a + b;");

        CheckResult zoo = course.audit("zoo");
        assertEquals(3, zoo.counts().get(Count.ZOO_CAUGHT));
        assertThat(
                zoo.findings(), hasItem(containsString("is right and is not accepted by public test AdderTest.adds")));
        course.replace(MiniCourse.PUBLIC_TEST, "assertEquals(4, Adder.add(2, 2)", "assertEquals(4, 2 + 2");
        assertFinds("missing", "public test AdderTest.adds passes without exercise 1.1");
    }

    @Test
    @DisplayName("wants three wrong solutions and a right one, and a message that says what is wrong")
    void poorZoo() throws Exception {
        course.delete(MiniCourse.ZOO + "Negated.java");
        course.animal("Zero", "caught", "throw new IllegalStateException();");
        course.replace(MiniCourse.ZOO + "Minus.java", "because", "reason");

        assertFinds(
                "zoo",
                "exercise 1.1 has 2 wrong and 0 right solutions; at least 3 and 1 are wanted",
                "and no message says what is wrong; AdderHiddenTest.adds says: IllegalStateException",
                "1.1 Minus: its head has no line '// because:");
    }

    @Test
    @DisplayName("sees a test that fails with some seeds")
    void flakyTest() throws Exception {
        course.replace(MiniCourse.HIDDEN_TEST, "assertEquals(12, ", "assertEquals(11 + Integer.getInteger(\"seed\"), ");

        assertFinds("flakes", "AdderHiddenTest.adds failed with seed 2");
    }

    private void assertFinds(String check, String... beginnings) throws Exception {
        CheckResult result = course.audit(check);
        for (String beginning : beginnings) {
            assertThat(result.findings(), hasItem(containsString(beginning)));
        }
    }
}
