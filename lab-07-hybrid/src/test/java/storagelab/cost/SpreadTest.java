package storagelab.cost;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SpreadTest {
    @Test
    void example() {
        Spread pages = new Spread(1_000, Locality.UNIFORM);
        assertEquals(632.12, pages.touched(1_000), 0.01);
        assertEquals(1_000, pages.requestsToTouch(632.1206), 0.01);
        assertEquals(0.3679, pages.missShare(1_000), 0.0001);
    }

    @Test
    void aHotPartIsTouchedFirst() {
        Spread pages = new Spread(1_000, new Locality(0.1, 0.9));
        // 100·(1 − e^(−9)) + 900·(1 − e^(−1/9))
        assertEquals(99.99 + 94.64, pages.touched(1_000), 0.01);
        assertTrue(pages.missShare(1_000) < 0.1);
    }

    @Test
    void placesThatNoneAsksForAreNeverTouched() {
        Spread pages = new Spread(1_000, new Locality(0.1, 1));
        assertEquals(100, pages.touched(1e9), 1e-6);
        assertEquals(Double.POSITIVE_INFINITY, pages.requestsToTouch(100));
        assertEquals(0, pages.missShare(Double.POSITIVE_INFINITY));
        assertEquals(0, new Spread(0, Locality.UNIFORM).touched(5));
    }

    @Test
    void randomRequestsTouchAboutAsManyPlaces() {
        long seed = Long.getLong("seed", 42);
        Random random = new Random(seed);
        Locality locality = new Locality(0.2, 0.8);
        Set<Integer> touched = new HashSet<>();
        for (int i = 0; i < 2_000; i++) {
            boolean isHot = random.nextDouble() < locality.requestShare();
            touched.add(isHot ? random.nextInt(200) : 200 + random.nextInt(800));
        }
        assertEquals(touched.size(), new Spread(1_000, locality).touched(2_000), 60, "seed " + seed);
    }
}
