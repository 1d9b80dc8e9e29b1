package storagelab.grader.workspace;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HintLadderTest {
    @Test
    void eachHeadingOfTheSecondLevelBeginsAHint() {
        HintLadder ladder =
                HintLadder.parse("# Title\n\nFor authors.\n\n## First\n\nText.\n\n### Inside\n\n## Second\nMore.\n");

        assertThat(ladder.hints(), contains("First\n\nText.\n\n### Inside", "Second\nMore."));
    }

    @Test
    void withoutAFileThereAreNoHints(@TempDir Path folder) {
        assertThat(HintLadder.read(folder.resolve("1.1.md")).hints(), empty());
    }
}
