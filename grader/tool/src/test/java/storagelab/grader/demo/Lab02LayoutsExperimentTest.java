package storagelab.grader.demo;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static storagelab.grader.demo.ReferenceExperiments.run;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import storagelab.experiment.ExperimentResult;

/** The experiment about layouts. It checks every answer of every layout itself; how fast they are depends on the machine. */
class Lab02LayoutsExperimentTest {
    @TempDir
    private Path directory;

    @Test
    void everyLayoutFindsTheSamePlacesAtEverySize() throws IOException {
        ExperimentResult result = run("2.layouts", directory);
        assertThat(result.table().rows(), hasSize(5));
        assertThat(result.table().rows().get(4).get(0), is("256000"));
        assertThat(result.answer(), greaterThanOrEqualTo(1.0));
        assertThat(result.observation(), containsString("block tree"));
    }
}
