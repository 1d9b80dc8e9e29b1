package storagelab.grader.audit;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A zoo animal")
class ZooAnimalTest {
    private static final String TEXT = """
            // exercise: 1.1
            // type: storagelab.search.BinarySearch
            // verdict: caught
            // because: low + high does not fit an int
            final class BinarySearch {}
            """;

    @Test
    @DisplayName("says in its head where it belongs and what is wrong with it")
    void readsHead() {
        ZooAnimal animal = ZooAnimal.parse("Overflow", TEXT);

        assertTrue(animal.isWrong());
        assertEquals("storagelab.search.BinarySearch", animal.type());
        assertEquals("1.1 Overflow (low + high does not fit an int)", animal.describe());
    }

    @Test
    @DisplayName("without a reason, or with a verdict that does not exist, is refused by name")
    void refusesBadHead() {
        for (String bad : new String[] {TEXT.replace("because", "why"), TEXT.replace("caught", "escaped")}) {
            IllegalArgumentException refused =
                    assertThrows(IllegalArgumentException.class, () -> ZooAnimal.parse("Overflow", bad));
            assertThat(refused.getMessage(), containsString("Overflow"));
        }
    }
}
