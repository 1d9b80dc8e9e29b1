package storagelab.grader.gradebook;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.closeTo;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import storagelab.grader.batch.Graded;
import storagelab.grader.syllabus.Assignment;
import storagelab.grader.syllabus.Disclosure;
import storagelab.grader.syllabus.LateRule;
import storagelab.grader.syllabus.Roster;
import storagelab.grader.syllabus.Student;
import storagelab.grader.syllabus.Syllabus;

/** Whose grades are what. */
class GradebookTest {
    private static final Instant DUE = Instant.parse("2026-11-20T12:00:00Z");

    private static Student student(String id, int extraDays, String... handles) {
        return new Student(id, "Name of " + id, "A", List.of(handles), Optional.empty(), extraDays);
    }

    /** 1.1 is worth 10, and 1.2, on top, 5; ten percent a day. */
    private static Syllabus syllabus(Student... students) {
        return new Syllabus(
                "Databases",
                OptionalLong.of(7),
                ZoneOffset.UTC,
                false,
                Disclosure.EVERYTHING,
                new Roster(List.of(students)),
                List.of(new Assignment(
                        "one",
                        "One",
                        Optional.of(DUE),
                        new LateRule(0, 0, 10, 50, 0),
                        List.of(new Assignment.Weight("1.1", 10, false), new Assignment.Weight("1.2", 5, true)))));
    }

    private static GradebookRow row(Gradebook gradebook, String id) {
        return gradebook.rows().stream()
                .filter(row -> row.student().id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private static Graded handedIn(String name, String at, double part) {
        return SampleGraded.of(name, List.of(name), at, part, List.of());
    }

    @Test
    void pointsAreWeighedAndLatenessTakesItsPart() {
        Syllabus syllabus = syllabus(student("s1", 0, "ada"), student("s2", 2, "ben"), student("s3", 0, "cem"));
        Gradebook gradebook = Gradebook.of(
                syllabus,
                List.of(
                        handedIn("ada", "2026-11-22T11:00:00Z", 0.5),
                        handedIn("ben", "2026-11-22T11:00:00Z", 0.5),
                        handedIn("cem", "2026-11-20T11:00:00Z", 1)));
        GradebookRow late = row(gradebook, "s1");
        assertThat(late.points().values(), contains(5.0, 2.5));
        assertThat(late.raw(), is(7.5));
        assertThat(late.daysLate(), is(2));
        assertThat(late.total(), closeTo(6, 1e-9));
        assertThat(late.max(), is(10.0));
        assertThat("with two days more", row(gradebook, "s2").total(), is(7.5));
        assertThat("extra credit is on top", row(gradebook, "s3").total(), is(15.0));
    }

    @Test
    void studentsWithoutWorkAreMissingAndWorkWithoutStudentIsFlagged() {
        Gradebook gradebook = Gradebook.of(
                syllabus(student("s1", 0, "ada"), student("s2", 0, "ben")),
                List.of(handedIn("ada", "2026-11-20T11:00:00Z", 1), handedIn("zoe", "2026-11-20T11:00:00Z", 1)));
        assertThat(gradebook.rows().stream().map(row -> row.student().id()).toList(), contains("s1", "s2", "zoe"));
        assertThat(row(gradebook, "s2").status(), is(GradebookRow.Status.MISSING));
        assertThat(row(gradebook, "s2").total(), is(0.0));
        assertThat(row(gradebook, "s2").max(), is(10.0));
        assertThat(row(gradebook, "zoe").flags(), hasItem("not on the roster"));
        assertThat(row(gradebook, "s1").flags(), is(empty()));
    }

    @Test
    void theLatestSubmissionCounts() {
        Syllabus syllabus = syllabus(student("s1", 0, "ada", "ada-again"));
        for (List<Graded> order : List.of(
                List.of(handedIn("ada", "2026-11-20T11:00:00Z", 1), handedIn("ada-again", "2026-11-19T11:00:00Z", 0)),
                List.of(
                        handedIn("ada-again", "2026-11-19T11:00:00Z", 0),
                        handedIn("ada", "2026-11-20T11:00:00Z", 1)))) {
            GradebookRow row = row(Gradebook.of(syllabus, order), "s1");
            assertThat(row.submission(), is("ada"));
            assertThat(row.total(), is(15.0));
            assertThat(row.flags(), contains("the student has another submission, which does not count: ada-again"));
        }
    }

    @Test
    void groupsShareTheirSubmission() {
        Graded group = SampleGraded.of("team", List.of("ada", "ben"), "2026-11-20T11:00:00Z", 1, List.of());
        Gradebook gradebook = Gradebook.of(syllabus(student("s1", 0, "ada"), student("s2", 0, "ben")), List.of(group));
        assertThat(row(gradebook, "s1").total(), is(15.0));
        assertThat(row(gradebook, "s2").total(), is(15.0));
        assertThat(gradebook.rows().size(), is(2));
    }

    @Test
    void timeThatIsNotKnownIsFlaggedAndCostsNothing() {
        Gradebook gradebook = Gradebook.of(syllabus(student("s1", 0, "ada")), List.of(SampleGraded.of("ada", 1)));
        GradebookRow row = row(gradebook, "s1");
        assertThat(row.total(), is(15.0));
        assertThat(row.flags(), hasItem(startsWith("when it was handed in is not known")));
    }

    @Test
    void whatWasNotGradedHasNoZero() {
        Gradebook gradebook = Gradebook.of(
                syllabus(student("s1", 0, "ada"), student("s2", 0, "=ben")),
                List.of(SampleGraded.notGraded("ada", "the machine was too busy")));
        assertThat(row(gradebook, "s1").status(), is(GradebookRow.Status.NOT_GRADED));
        List<String> lines = GradesCsv.render(gradebook).lines().toList();
        assertThat(
                lines.get(0),
                is("student,name,section,submission,submitted,status,1.1,1.2,raw,days late,final,max,flags"));
        assertThat(lines.get(1), startsWith("s1,Name of s1,A,ada,,not graded,,,,0,,10.00,"));
        assertThat(lines.get(2), startsWith("s2,Name of s2,A,,,missing,0.00,0.00,0.00,0,0.00,10.00,"));
    }

    @Test
    void cellsOfTheTableAreNoFormulas() {
        Gradebook gradebook = Gradebook.of(
                syllabus(), List.of(SampleGraded.of("=HYPERLINK(1)", 1), SampleGraded.of("@x\u001b[31m", 1)));
        String csv = GradesCsv.render(gradebook);
        assertThat(csv, containsString("'=HYPERLINK(1),"));
        assertThat(csv, containsString("'@x [31m,"));
        assertThat(csv, not(containsString("\u001b")));
    }

    @Test
    void statisticsCountWhatFails() {
        List<ExerciseStatistics> all = ExerciseStatistics.of(List.of(
                SampleGraded.result("a", 0.5, "", List.of()),
                SampleGraded.result("b", 0.5, "", List.of()),
                SampleGraded.result("c", 1, "", List.of())));
        assertThat(all.stream().map(ExerciseStatistics::id).toList(), contains("1.1", "1.2"));
        ExerciseStatistics first = all.get(0);
        assertThat(first.count(), is(3));
        assertThat(first.meanPart(), closeTo(2 / 3.0, 1e-9));
        assertThat(first.failing().size(), is(1));
        assertThat(first.failing().get(0).name(), is("counts its probes"));
        assertThat(first.failing().get(0).failures(), is(2));
        assertThat(first.failing().get(0).messages(), contains(new ExerciseStatistics.Message(SampleGraded.SECRET, 2)));
    }

    @Test
    void pageSaysWhatThereIs() {
        Syllabus syllabus = syllabus(student("s1", 0, "ada"), student("s2", 0, "ben"), student("s3", 0, "cem"));
        Gradebook gradebook = Gradebook.of(
                syllabus,
                List.of(
                        handedIn("ada", "2026-11-22T11:00:00Z", 0.5),
                        SampleGraded.notGraded("ben", "<script>alert(1)</script>")));
        String page = GradebookPage.render(
                gradebook, new GradebookPage.Facts(7, "./lab grade-all subs --seed 7", List.of("one note")));
        assertThat(page, containsString("3 students · 1 graded · 1 not graded · 1 missing"));
        assertThat(page, containsString("&lt;script&gt;alert(1)"));
        assertThat(page, not(containsString("<script")));
        assertThat(page, containsString("href=\"details/s1/report.html\""));
        assertThat(page, containsString("href=\"reports/s1/report.html\""));
        assertThat(page, containsString("2 days, −1.5"));
        assertThat(page, containsString("one note"));
    }
}
