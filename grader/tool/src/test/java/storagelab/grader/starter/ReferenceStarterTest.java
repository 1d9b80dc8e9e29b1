package storagelab.grader.starter;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;
import storagelab.grader.course.Course;
import storagelab.grader.course.CourseCatalog;
import storagelab.grader.course.Lab;
import storagelab.grader.splice.SourceFile;
import storagelab.grader.splice.Stubber;

/** The starters of the labs there are. */
class ReferenceStarterTest {
    private static final Path HOME = Path.of("../..").toAbsolutePath().normalize();

    @Test
    void everyExerciseHasCodeAndAStarterThatIsItsOwnStarter() {
        Course course = CourseCatalog.scan(HOME);
        List<String> unchanged = new ArrayList<>();
        for (Lab lab : course.labs()) {
            SortedMap<String, String> sources = Starter.of(HOME, lab.module()).sources();
            assertThat(Starter.of(HOME, lab.module()).sources(), equalTo(sources));
            lab.exercises()
                    .forEach(exercise -> exercise.files().forEach(path -> {
                        String text = String.valueOf(sources.get(path));
                        SourceFile starter = SourceFile.parse(path, text);
                        assertThat(path, Stubber.starter(starter).orElse(""), equalTo(text));
                        assertThat(path, text, not(containsString("@Solution")));
                        if (!text.contains("new ExerciseNotDone(\"" + exercise.id() + "\")")) {
                            unchanged.add(exercise.id() + " in " + path);
                        }
                    }));
        }
        assertThat("exercises with nothing to write", unchanged, empty());
    }
}
