package storagelab.grader.hidden.lab04;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static storagelab.grader.hidden.kit.Checks.assertEquals;
import static storagelab.grader.hidden.kit.Checks.assertTrue;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.btree.PageReclaimer;
import storagelab.testkit.Crew;
import storagelab.testkit.Seeds;

/** Exercise 4.13: when the number of a page may be used again. */
@Tag("4.13")
class PageReclaimerHiddenTest {
    private record Page(int number, long born, long freed) {
        boolean isNeededBy(Collection<Long> versions) {
            return versions.stream().anyMatch(version -> born <= version && version < freed);
        }
    }

    private final PageReclaimer reclaimer = new PageReclaimer();

    @Test
    @DisplayName("a page is needed by the versions from the one it was made in to the one before it was given up")
    void edges() {
        reclaimer.hold(5);
        reclaimer.giveUp(10, 5, 6);
        reclaimer.giveUp(11, 4, 6);
        reclaimer.giveUp(12, 6, 7);
        reclaimer.giveUp(13, 3, 5);
        assertEquals(
                List.of(12, 13),
                sorted(reclaimer.takeReusable()),
                "version 5 is held; given up were 10 [5, 6), 11 [4, 6), 12 [6, 7) and 13 [3, 5). May be used again");
        reclaimer.release(5);
        assertEquals(List.of(10, 11), sorted(reclaimer.takeReusable()), "after release(5)");
    }

    @Test
    @DisplayName("a page that was made after an old version which is held is not kept for it")
    void madeAfterTheOldestHolder() {
        reclaimer.hold(1);
        for (int i = 0; i < 50; i++) {
            reclaimer.giveUp(100 + i, 2 + i, 3 + i);
        }
        assertEquals(
                50,
                reclaimer.takeReusable().size(),
                "version 1 is held for long; of 50 pages that were made and given up later, may be used again");
    }

    @Test
    @DisplayName("each page is returned once, and counted and listed until then")
    void once() {
        reclaimer.hold(1);
        reclaimer.giveUp(7, 1, 2);
        reclaimer.giveUp(8, 2, 3);
        assertEquals(1, reclaimer.reusableCount(), "reusableCount() with page 8 needed by nobody");
        assertEquals(
                List.of(7, 8),
                sorted(reclaimer.waiting()),
                "waiting(): page 7 is needed, page 8 was not taken yet; neither may be lost");
        assertEquals(List.of(8), reclaimer.takeReusable(), "takeReusable()");
        assertEquals(List.of(), reclaimer.takeReusable(), "takeReusable() again");
        assertEquals(0, reclaimer.reusableCount(), "reusableCount() after that");
        assertEquals(List.of(7), reclaimer.waiting(), "waiting() after that");
    }

    @Test
    @DisplayName("freed not after born is an IllegalArgumentException")
    void backwards() {
        assertThrows(IllegalArgumentException.class, () -> reclaimer.giveUp(7, 3, 3), "giveUp(7, 3, 3)");
        assertThrows(IllegalArgumentException.class, () -> reclaimer.giveUp(7, 4, 3), "giveUp(7, 4, 3)");
        assertThrows(IllegalStateException.class, () -> reclaimer.release(0), "release(0), which is not held");
    }

    @Test
    @DisplayName("threads hold and release versions while another gives up pages, and no page is lost or comes twice")
    void manyThreads() throws InterruptedException {
        int pages = 30_000;
        AtomicLong version = new AtomicLong(1);
        AtomicBoolean done = new AtomicBoolean();
        List<Integer> taken = new ArrayList<>();
        try (Crew crew = new Crew()) {
            crew.start(3, "reader", () -> {
                while (!done.get() && !crew.hasFailed()) {
                    long held = version.get();
                    reclaimer.hold(held);
                    reclaimer.release(held);
                }
            });
            crew.start("writer", () -> {
                try {
                    for (int page = 0; page < pages && !crew.hasFailed(); page++) {
                        long now = version.get();
                        reclaimer.giveUp(page, now, now + 1);
                        version.set(now + 1);
                        if (page % 100 == 0) {
                            taken.addAll(reclaimer.takeReusable());
                        }
                    }
                } finally {
                    done.set(true);
                }
            });
            crew.join();
        }
        taken.addAll(reclaimer.takeReusable());
        assertEquals(
                pages, taken.size(), "pages that may be used again, of 30,000, when three threads have held versions");
        assertEquals(pages, new TreeSet<>(taken).size(), "different ones among them");
        assertEquals(List.of(), reclaimer.waiting(), "waiting() in the end");
    }

    @Test
    @DisplayName("waiting() has every page, also one whose version another thread releases at this moment")
    void waitingBesideARelease() throws InterruptedException {
        int rounds = 300;
        int others = 3_000; // pages that may be used again: it takes a while to list them
        AtomicInteger asked = new AtomicInteger(-1);
        AtomicInteger released = new AtomicInteger(-1);
        try (Crew crew = new Crew()) {
            crew.start("a thread that releases", () -> {
                for (int round = 0; round < rounds && !crew.hasFailed(); round++) {
                    for (int spin = 0; asked.get() < round && !crew.hasFailed(); spin++) {
                        spinOrYield(spin);
                    }
                    for (int spin = 0; spin < round % 100; spin++) { // now sooner, now later during waiting()
                        Thread.onSpinWait();
                    }
                    reclaimer.release(round);
                    released.set(round);
                }
            });
            crew.start("a thread that asks", () -> {
                for (int round = 0; round < rounds && !crew.hasFailed(); round++) {
                    if (round == 0) {
                        for (int page = 0; page < others; page++) {
                            reclaimer.giveUp(1_000_000 + page, 1, 2);
                        }
                    }
                    reclaimer.hold(round);
                    reclaimer.giveUp(round, round, round + 1);
                    asked.set(round);
                    for (int look = 0; released.get() < round && !crew.hasFailed(); look++) {
                        spinOrYield(look);
                        assertEquals(
                                others + round + 1,
                                reclaimer.waiting().size(),
                                "pages of waiting() while another thread releases the version that page " + round
                                        + " waits for: no page is needed any more, and none was taken");
                    }
                }
            });
            crew.join();
        }
    }

    /** Waits for a thread that is about to go on; if it has no processor, lets it have this one. */
    private static void spinOrYield(int spins) {
        if (spins < 100) {
            Thread.onSpinWait();
        } else {
            Thread.yield();
        }
    }

    @Test
    @DisplayName("random holds, releases and pages: always exactly those that no held version needs")
    void model() {
        Seeds.check(40, random -> {
            PageReclaimer tested = new PageReclaimer();
            List<Long> held = new ArrayList<>();
            List<Page> pages = new ArrayList<>();
            long version = 2;
            for (int step = 0; step < 300; step++) {
                int dice = random.nextInt(10);
                if (dice < 2) {
                    tested.hold(version);
                    held.add(version);
                } else if (dice < 4 && !held.isEmpty()) {
                    tested.release(held.remove(random.nextInt(held.size())));
                } else if (dice < 8) {
                    Page page = new Page(1000 + step, 1 + random.nextInt((int) version - 1), version);
                    tested.giveUp(page.number, page.born, page.freed);
                    pages.add(page);
                } else {
                    version++;
                }
                if (random.nextInt(3) == 0) {
                    compare(tested, held, pages, random);
                }
            }
        });
    }

    private static void compare(PageReclaimer tested, List<Long> held, List<Page> pages, Random random) {
        TreeSet<Integer> all = new TreeSet<>();
        pages.forEach(page -> all.add(page.number));
        assertEquals(all, new TreeSet<>(tested.waiting()), "waiting() with " + held + " held");
        if (random.nextBoolean()) {
            return;
        }
        TreeSet<Integer> expected = new TreeSet<>();
        for (Iterator<Page> it = pages.iterator(); it.hasNext(); ) {
            Page page = it.next();
            if (!page.isNeededBy(held)) {
                expected.add(page.number);
                it.remove();
            }
        }
        List<Integer> taken = tested.takeReusable();
        assertEquals(expected, new TreeSet<>(taken), "takeReusable() with " + held + " held");
        assertTrue(taken.size() == expected.size(), "takeReusable() has a page twice: " + taken);
    }

    private static List<Integer> sorted(List<Integer> pages) {
        return pages.stream().sorted().toList();
    }
}
