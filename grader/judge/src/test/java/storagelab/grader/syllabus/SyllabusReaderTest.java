package storagelab.grader.syllabus;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.closeTo;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.common.io.Resources;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import storagelab.grader.LabException;
import storagelab.grader.cli.CourseCommand;
import storagelab.grader.collect.SmallCourse;
import storagelab.grader.syllabus.Assignment.Weight;

/** Course files, right and wrong. */
class SyllabusReaderTest {
    @TempDir
    Path directory;

    private Syllabus read(String text) throws IOException {
        Path file = directory.resolve("course.toml");
        Files.writeString(file, text);
        return SyllabusReader.read(file, SmallCourse.COURSE);
    }

    private String refusal(String text) {
        return String.valueOf(assertThrows(LabException.class, () -> read(text)).getMessage());
    }

    @Test
    void wholeFile() throws IOException {
        Files.writeString(
                directory.resolve("roster.csv"),
                "\uFEFFStudent,Name,Section,login,Submitted,extra days\n"
                        + "s1,\"Doe, Jane\",A,jdoe,2026-11-20T23:00,2\n"
                        + "s2,Max Roe,B,mroe,,\n");
        Syllabus syllabus = read("""
                title = "Databases"
                seed = 42
                timezone = "Europe/Berlin"
                roster = "roster.csv"
                students-see = "counts"
                benchmarks = true
                [late]
                percent-per-day = 10
                [[assignment]]
                id = "one"
                lab = 1
                due = 2026-11-20T23:59:00
                points = 100
                extra-credit = ["1.2"]
                [[assignment]]
                id = "two"
                title = "Bounds"
                exercises = ["2.1"]
                due = 2026-12-04
                [assignment.weights]
                "2.1" = 7.5
                [assignment.late]
                percent-at-most = 20
                """);
        assertThat(syllabus.title(), is("Databases"));
        assertThat(syllabus.seed(), is(OptionalLong.of(42)));
        assertThat(syllabus.zone(), is(ZoneId.of("Europe/Berlin")));
        assertThat(syllabus.disclosure(), is(Disclosure.COUNTS));
        assertThat(syllabus.benchmarks(), is(true));
        Assignment one = syllabus.assignments().get(0);
        assertThat(one.due(), is(Optional.of(Instant.parse("2026-11-20T22:59:00Z"))));
        assertThat(one.late(), is(new LateRule(0, 0, 10, 100, 0)));
        assertThat(one.exercises(), contains(new Weight("1.1", 100, false), new Weight("1.2", 150, true)));
        assertThat(one.points(), closeTo(100, 1e-9));
        Assignment two = syllabus.assignments().get(1);
        assertThat(two.title(), is("Bounds"));
        assertThat(two.due(), is(Optional.of(Instant.parse("2026-12-04T22:59:59Z"))));
        assertThat(two.late(), is(new LateRule(0, 0, 10, 20, 0)));
        assertThat(two.exercises(), contains(new Weight("2.1", 7.5, false)));
        List<Student> students = syllabus.roster().students();
        assertThat(students.get(0).name(), is("Doe, Jane"));
        assertThat(students.get(0).handles(), contains("s1", "Doe, Jane", "jdoe"));
        assertThat(students.get(0).submittedAt(), is(Optional.of(Instant.parse("2026-11-20T22:00:00Z"))));
        assertThat(students.get(0).extraDays(), is(2));
        assertThat(students.get(1).section(), is("B"));
        assertThat(syllabus.roster().matching(List.of("JDOE")), contains(students.get(0)));
        assertThat(syllabus.roster().matching(List.of("doejane")), contains(students.get(0)));
        assertThat(syllabus.roster().matching(List.of("stranger")).isEmpty(), is(true));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "tilte = \"x\"                             | course.toml:1: there is no setting 'tilte' here",
                "timezone = \"Mars\"                       | 'Mars' is not a time zone",
                "students-see = \"all\"                    | students-see is everything, names or counts, and not 'all'",
                "seed = \"x\"                              | string",
                "title = \"x                               | course.toml:1",
                "late = { percent-per-day = 200 }          | percent-per-day = 200.0 is out of range",
                "late = { days = 2 }                       | there is no setting 'days' here",
                "roster = \"nowhere.csv\"                  | nowhere.csv cannot be read",
            })
    void wrongLines(String line, String words) {
        assertThat(refusal(line + "\n[[assignment]]\nid = \"a\"\nlab = 1\n"), containsString(words));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "lab = 9                                   | there is no lab 9 with exercises",
                "exercises = [\"1.9\"]                     | course.toml:3: There is no exercise 1.9",
                "exercises = [1.1]                         | exercises has texts in it",
                "title = \"x\"                             | needs either a lab or exercises",
                "lab = 1; exercises = [\"1.1\"]            | needs either a lab or exercises",
                "lab = 1; due = \"2026-11-20\"             | due is a time without quotes",
                "lab = 1; points = -3                      | points must be above 0",
                "lab = 1; weights = { \"2.1\" = 3 }        | the exercise 2.1 is not in the assignment",
                "lab = 1; weights = { \"1.1\" = -3 }       | 1.1 has less than 0 points",
                "lab = 1; extra-credit = [\"2.1\"]         | the exercise 2.1 is not in the assignment",
            })
    void wrongAssignments(String lines, String words) {
        assertThat(refusal("[[assignment]]\nid = \"a\"\n" + lines.replace("; ", "\n") + "\n"), containsString(words));
    }

    @Test
    void allProblemsAreNamedAtOnce() {
        String words = refusal("a = 1\nb = 2\n[[assignment]]\nid = \"a\"\nlab = 9\n");
        assertThat(words.lines().count(), is(3L));
    }

    @Test
    void exerciseAndAssignmentOnlyOnce() {
        String words =
                refusal("[[assignment]]\nid = \"a\"\nlab = 1\n[[assignment]]\nid = \"a\"\nexercises = [\"1.1\"]\n");
        assertThat(words, containsString("there are two assignments 'a'"));
        assertThat(words, containsString("the exercise 1.1 is in 'a' and in 'a'"));
        assertThat(refusal("title = \"x\"\n"), containsString("there is no [[assignment]]"));
    }

    @ParameterizedTest
    @CsvSource({
        "'name\nx\n', there is no column 'student'",
        "'student\ns1\ns1\n', the student s1 is there twice",
        "'student,submitted\ns1,yesterday\n', 'yesterday' is not a time",
        "'student,extra days\ns1,two\n', 'two' is not a number of extra days",
    })
    void wrongRosters(String roster, String words) throws IOException {
        Files.writeString(directory.resolve("r.csv"), roster);
        assertThat(
                refusal("roster = \"r.csv\"\n[[assignment]]\nid = \"a\"\nlab = 1\n"),
                containsString(words.replace("'name", "")));
    }

    @Test
    void partsOfACourse() throws IOException {
        Syllabus syllabus =
                read("[[assignment]]\nid = \"a\"\nlab = 1\n[[assignment]]\nid = \"b\"\nexercises = [\"2.1\"]\n");
        assertThat(syllabus.exercises(), contains("1.1", "1.2", "2.1"));
        assertThat(syllabus.only(Set.of("b")).exercises(), contains("2.1"));
        assertThat(syllabus.onlyExercises(Set.of("1.2")).exercises(), contains("1.2"));
        assertThat(syllabus.onlyExercises(Set.of("1.2")).isWholeLabs(SmallCourse.COURSE), is(false));
        assertThat(syllabus.only(Set.of("a")).isWholeLabs(SmallCourse.COURSE), is(true));
        assertThrows(LabException.class, () -> syllabus.only(Set.of("c")));
        assertThrows(LabException.class, () -> syllabus.only(Set.of("a")).onlyExercises(Set.of("2.1")));
    }

    @Test
    void exampleIsRightForTheWholeCourse() throws IOException {
        String example = Resources.toString(
                Resources.getResource(CourseCommand.class, "course-example.toml"), StandardCharsets.UTF_8);
        String small = example.replace("2.7", "2.1");
        Syllabus syllabus = read(small);
        assertThat(syllabus.assignments().size(), is(2));
        assertThat(syllabus.assignments().get(0).late().percentPerDay(), is(10.0));
    }
}
