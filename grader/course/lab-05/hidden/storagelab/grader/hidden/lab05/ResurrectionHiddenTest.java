package storagelab.grader.hidden.lab05;

import static storagelab.grader.hidden.kit.Checks.assertEquals;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.testkit.Seeds;
import storagelab.testkit.lsm.KeptEntries;

/** Exercise 5.13: nobody sees a merge, whatever is merged with what. */
@Tag("5.13")
class ResurrectionHiddenTest {
    @Test
    @DisplayName(
            "whatever is merged in whatever order: nothing comes back from the dead, every snapshot sees what it saw")
    void nothingComesBack() {
        Seeds.check(150, random -> {
            MergedWorld world = new MergedWorld(random);
            for (int step = 0; step < 80; step++) {
                world.step();
            }
        });
    }

    @Test
    @DisplayName(
            "a merge of everything without a snapshot leaves one entry of each key that is alive, and nothing else")
    void nothingIsLeft() {
        Seeds.check(50, random -> {
            MergedWorld world = new MergedWorld(random);
            for (int step = 0; step < 40; step++) {
                world.step();
            }
            assertEquals(
                    KeptEntries.describe(world.alive()),
                    KeptEntries.describe(world.mergeAll()),
                    "what is left when all tables were merged without a snapshot");
        });
    }
}
