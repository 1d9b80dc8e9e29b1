package storagelab.grader.audit;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasItem;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Contract coverage of a small course")
@Tag("same-on-every-jdk")
class ContractsCheckTest {
    private static final String ROW = """
            at: Adder.add(int, int)

            says: The sum of two numbers.
            test: AdderHiddenTest.adds
            wrong: Minus
            """;

    @TempDir
    private Path home;

    private MiniCourse course;

    @BeforeEach
    void writeCourse() throws IOException {
        course = new MiniCourse(home);
        course.write(MiniCourse.CONTRACTS, ROW);
    }

    @Test
    @DisplayName("holds where each promise has a test that its wrong solution fails")
    void holds() throws Exception {
        CheckResult result = audit();

        assertEquals(List.of(), result.findings());
        assertEquals(1, result.counts().get(Count.PROMISES));
        assertEquals(1, result.counts().get(Count.PROMISES_HELD));
        assertEquals(List.of("lab 1: 1 promises, 1 held by a test, 0 untestable, 0 without a row"), result.notes());
    }

    @Test
    @DisplayName("takes a public test as well as a hidden one")
    void publicTest() throws Exception {
        course.replace(MiniCourse.CONTRACTS, "AdderHiddenTest", "AdderTest");

        assertEquals(List.of(), audit().findings());
    }

    @Test
    @DisplayName("takes a reason in the place of a test")
    void untestable() throws Exception {
        course.write(MiniCourse.CONTRACTS, """
                at: Adder.add(int, int)

                says: The sum of two numbers.
                because: arithmetic is known
                """);
        CheckResult result = audit();

        assertEquals(List.of(), result.findings());
        assertEquals(1, result.counts().get(Count.PROMISES_UNTESTABLE));
    }

    @Test
    @DisplayName("sees a new promise and a sentence that was changed")
    void changedStatement() throws Exception {
        course.replace(
                MiniCourse.REFERENCE,
                "/** The sum of two numbers. */",
                "/** The sum of two integers. It never overflows. Numbers are fun. */");

        assertFinds(
                "1.1, Adder.add(int, int) has no row for: The sum of two integers.",
                "1.1, Adder.add(int, int) has no row for: It never overflows.",
                "1.1, Adder.add(int, int) does not promise (any more): The sum of two numbers.");
        assertEquals(3, audit().findings().size());
    }

    @Test
    @DisplayName("sees a row whose test or wrong solution does not exist, or is a right solution")
    void unknownNames() throws Exception {
        course.write(
                MiniCourse.CONTRACTS,
                ROW
                        + rowWith("AdderHiddenTest.subtracts", "Minus")
                        + rowWith("AdderHiddenTest.adds", "Plus")
                        + rowWith("AdderHiddenTest.adds", "Negated"));

        assertFinds(
                "1.1 has no test AdderHiddenTest.subtracts, which is to hold: The sum of two numbers.",
                "1.1 has no wrong solution Plus, which is to break: The sum of two numbers.",
                "1.1 has no wrong solution Negated, which is to break: The sum of two numbers.");
    }

    @Test
    @DisplayName("sees a test that its own wrong solution passes")
    void testThatDoesNotHold() throws Exception {
        course.animal("Minus", "caught", "return a == 7 ? a + b : a - b;");

        assertFinds("1.1 Minus (it says return a == 7 ? a + b : a - b;) passes AdderHiddenTest.adds");
    }

    @Test
    @DisplayName("sees a row without a test and without a reason")
    void rowWithoutTest() throws Exception {
        course.write(MiniCourse.CONTRACTS, "at: Adder.add(int, int)\n\nsays: The sum of two numbers.\nwrong: Minus\n");

        assertFinds("the contract table of 1.1: a row has 'says:', 'test:' and 'wrong:', or 'says:' and 'because:'");
    }

    @Test
    @DisplayName("counts the promises of an older lab that has no tables, and does not object")
    void olderLab() throws Exception {
        course.delete(MiniCourse.CONTRACTS);
        CheckResult result = course.audit(new ContractsCheck(Set.of(1)));

        assertEquals(List.of(), result.findings());
        assertEquals(1, result.counts().get(Count.PROMISES_OPEN));
    }

    private static String rowWith(String test, String wrong) {
        return "\nsays: The sum of two numbers.\ntest: %s\nwrong: %s\n".formatted(test, wrong);
    }

    private CheckResult audit() throws IOException, InterruptedException {
        return course.audit(new ContractsCheck(Set.of()));
    }

    private void assertFinds(String... beginnings) throws Exception {
        CheckResult result = audit();
        for (String beginning : beginnings) {
            assertThat(result.findings(), hasItem(containsString(beginning)));
        }
    }
}
