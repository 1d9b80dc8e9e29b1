package storagelab.page;

import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.api.Slice;
import storagelab.course.ExerciseNotDone;
import storagelab.testkit.Crew;
import storagelab.testkit.Seeds;

/** What a reader meets who looks at a page while it is changed. */
@Tag("4.6")
class SlottedPageTornTest {
    @Test
    @DisplayName("searching and reading random bytes ends, with an answer or a RuntimeException")
    void randomBytes() throws InterruptedException {
        Crew.mustEnd(
                "a search in a page of random bytes, or reading it, has to end",
                () -> Seeds.check(2000, random -> {
                    byte[] bytes = new byte[1024];
                    random.nextBytes(bytes);
                    ask(bytes, random);
                }));
    }

    @Test
    @DisplayName("searching and reading a page that is half an old and half a new one ends, in the same way")
    void halfAChange() throws InterruptedException {
        Crew.mustEnd(
                "a search in a torn page, or reading it, has to end",
                () -> Seeds.check(300, random -> {
                    SlottedPage page = SlottedPage.format(new byte[1024], PageLayout.LEAF);
                    for (int i = 0; i < 60; i++) {
                        byte[] before = page.bytes().clone();
                        change(page, random);
                        int torn = random.nextInt(before.length);
                        System.arraycopy(page.bytes(), torn, before, torn, before.length - torn);
                        ask(before, random);
                    }
                }));
    }

    private static void change(SlottedPage page, Random random) {
        Slice key = key(random);
        int found = page.find(key);
        if (found < 0) {
            page.insert(-found - 1, key, Slice.wrap(new byte[random.nextInt(120)]));
        } else if (random.nextBoolean()) {
            page.remove(found);
        } else {
            page.replace(found, Slice.wrap(new byte[random.nextInt(200)]));
        }
    }

    private static Slice key(Random random) {
        return Slice.utf8("key" + random.nextInt(40));
    }

    private static void ask(byte[] bytes, Random random) {
        SlottedPage torn = new SlottedPage(bytes);
        Slice key = key(random);
        int index = random.nextInt(40);
        quietly(() -> torn.find(key));
        quietly(() -> torn.indexOf(key));
        quietly(() -> torn.key(index).toByteArray());
        quietly(() -> torn.payload(index).toByteArray());
    }

    private static void quietly(Runnable question) {
        try {
            question.run();
        } catch (ExerciseNotDone e) {
            throw e;
        } catch (RuntimeException expected) {
            // a page that is being changed has no right answers
        }
    }
}
