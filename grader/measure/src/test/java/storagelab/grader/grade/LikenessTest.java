package storagelab.grader.grade;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import storagelab.grader.course.ExerciseSpec;

/** Copies of the reference are recognised when their names, comments and lines were changed, and other code is not. */
class LikenessTest {
    private static final String LOG = SampleLab.RECORD_LOG;
    private static final String REFERENCE = SampleLab.SOURCES.reference().getOrDefault(LOG, "");
    private static final String STARTER = SampleLab.SOURCES.starter().getOrDefault(LOG, "");

    private static Likeness of(String submitted) {
        return Likeness.of(submitted, STARTER, REFERENCE);
    }

    @Test
    void aCopyIsTheReferenceAltogether() {
        assertThat(of(REFERENCE).percent(), is(100L));
        assertThat(of(REFERENCE).isStriking(), is(true));
    }

    @Test
    void whatWasHandedOutIsNobodysOwn() {
        assertThat(of(STARTER), is(new Likeness(0, 0)));
        assertThat(of(STARTER).isStriking(), is(false));
    }

    @Test
    void otherNamesCommentsAndLinesChangeNothing() {
        String changed = REFERENCE
                .replaceAll("(?s)/\\*\\*.*?\\*/", "/* mine */")
                .replaceAll("\\bbuffer\\b", "b")
                .replaceAll("\\boffset\\b", "position")
                .replace("\n", " // note\n\n");
        assertThat(of(changed).percent(), is(100L));
    }

    @Test
    void aVariableThatNobodyUsesHidesLittle() {
        String changed = REFERENCE.replaceAll("(?m)\\) (throws \\w+ )?\\{$", "$0 int nobody = 0;");
        assertThat(changed.equals(REFERENCE), is(false));
        assertThat(of(changed).percent(), greaterThanOrEqualTo(70L));
        assertThat(of(changed).isStriking(), is(true));
    }

    @Test
    void noFileOfTheLabIsLikeAnotherOne() {
        Map<String, String> texts = new TreeMap<>(SampleLab.SOURCES.reference());
        List<String> files = new ArrayList<>(SampleLab.SOURCES.exerciseFiles());
        for (String mine : files) {
            for (String other : files) {
                Likeness likeness = Likeness.of(
                        texts.getOrDefault(mine, ""),
                        SampleLab.SOURCES.starter().getOrDefault(other, ""),
                        texts.getOrDefault(other, ""));
                if (!mine.equals(other)) {
                    assertThat(mine + " and " + other, likeness.percent(), is(lessThan(50L)));
                }
            }
        }
    }

    @Test
    void aFileThatHasAnUnlockedExerciseIsLeftOut() {
        ExerciseSpec exercise = SampleLab.COURSE.lab(1).exercises().stream()
                .filter(one -> one.files().stream().anyMatch(file -> file.endsWith(LOG)))
                .findFirst()
                .orElseThrow();
        Map<String, String> texts = SampleLab.SOURCES.reference();
        assertThat(SampleLab.SOURCES.likeness(exercise, texts, Set.of()).isStriking(), is(true));
        assertThat(SampleLab.SOURCES.likeness(exercise, texts, Set.of(exercise.id())), is(new Likeness(0, 0)));
    }

    @Test
    void noTextIsTooOddToBeTakenApart() {
        for (String odd : List.of(
                "\"" + "\\\\".repeat(100_000),
                "/*".repeat(100_000),
                "\"\"\"" + "\"".repeat(100_001),
                "'\\",
                "\\u0022 \uD83D")) {
            assertThat(of(odd).isStriking(), is(false));
        }
    }
}
