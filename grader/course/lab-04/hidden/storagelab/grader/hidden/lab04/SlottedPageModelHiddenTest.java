package storagelab.grader.hidden.lab04;

import static storagelab.grader.hidden.kit.Checks.assertEquals;
import static storagelab.grader.hidden.kit.Checks.assertTrue;

import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.api.Slice;
import storagelab.course.ExerciseNotDone;
import storagelab.page.PageLayout;
import storagelab.page.SlottedPage;
import storagelab.testkit.Crew;
import storagelab.testkit.Seeds;
import storagelab.testkit.tree.RandomKeys;
import storagelab.testkit.tree.SlottedPageBytes;

/** Exercise 4.6: random operations beside a sorted map, and pages that are looked at while they change. */
@Tag("4.6")
class SlottedPageModelHiddenTest {
    @Test
    @DisplayName(
            "after every random operation the page has what a sorted map has, and its bytes are as the format says")
    void model() {
        for (RandomKeys sort : RandomKeys.values()) {
            Seeds.check(4, random -> {
                int pageBytes = 1024 << random.nextInt(2);
                SlottedPage page = SlottedPage.format(new byte[pageBytes], PageLayout.LEAF);
                TreeMap<Slice, Slice> right = new TreeMap<>();
                int prefix = 0;
                for (int i = 0; i < 150; i++) {
                    Slice key = right.isEmpty() || random.nextInt(3) > 0 ? sort.next(random) : known(right, random);
                    boolean added = change(page, right, key, random);
                    if (added) {
                        prefix = prefixAfter(prefix, key, right);
                    }
                    String when = "after operation " + i + " with " + key;
                    assertEquals(right, SlottedPageBytes.checked(page.bytes()), "what the bytes have " + when);
                    int used = right.entrySet().stream()
                            .mapToInt(cell -> SlottedPage.cellBytes(
                                    cell.getKey().length(), cell.getValue().length()))
                            .sum();
                    assertEquals(right.size(), page.count(), "count() " + when);
                    assertEquals(used, page.usedBytes(), "usedBytes() " + when);
                    assertEquals(pageBytes - 36 - used, page.freeBytes(), "freeBytes() " + when);
                    if (!right.isEmpty()) {
                        assertEquals(prefix, page.prefixLength(), "prefixLength() " + when);
                    }
                }
            });
        }
    }

    private static Slice known(TreeMap<Slice, Slice> right, Random random) {
        return right.keySet().stream()
                .skip(random.nextInt(right.size()))
                .findFirst()
                .orElseThrow();
    }

    /** Whether a key was added. */
    private static boolean change(SlottedPage page, TreeMap<Slice, Slice> right, Slice key, Random random) {
        int below = right.headMap(key).size();
        Slice old = right.get(key);
        assertEquals(old == null ? -below - 1 : below, page.find(key), "find(" + key + ")");
        assertEquals(old == null ? -1 : below, page.indexOf(key), "indexOf(" + key + ")");
        if (old != null && random.nextBoolean()) {
            page.remove(below);
            right.remove(key);
            return false;
        }
        byte[] bytes = new byte[random.nextInt(1 + random.nextInt(200))];
        random.nextBytes(bytes);
        Slice payload = Slice.wrap(bytes);
        int needed = SlottedPage.cellBytes(key.length(), payload.length())
                - (old == null ? 0 : SlottedPage.cellBytes(key.length(), old.length()));
        boolean fits = needed <= page.freeBytes();
        boolean done = old == null ? page.insert(below, key, payload) : page.replace(below, payload);
        assertTrue(done == fits, (done ? "there was room" : "there was no room") + " for " + needed + " bytes more");
        if (done) {
            right.put(key, payload);
        }
        return done && old == null;
    }

    private static int prefixAfter(int prefix, Slice added, TreeMap<Slice, Slice> right) {
        Slice first = right.firstKey();
        Slice last = right.lastKey();
        if (right.size() == 1) {
            return added.length();
        }
        if (!added.equals(first) && !added.equals(last)) {
            return prefix;
        }
        int same = 0;
        while (same < prefix
                && same < first.length()
                && same < last.length()
                && first.byteAt(same) == last.byteAt(same)) {
            same++;
        }
        return same;
    }

    @Test
    @DisplayName("on torn and on random pages find, indexOf, key and payload end, with anything or a RuntimeException")
    void torn() throws InterruptedException {
        Crew.mustEnd(
                "a search in a page that is torn, or nothing but noise, has to end",
                () -> Seeds.check(300, random -> {
                    SlottedPage page = SlottedPage.format(new byte[1024], PageLayout.LEAF);
                    for (int i = 0; i < 40; i++) {
                        byte[] before = page.bytes().clone();
                        change(page, random);
                        int from = random.nextInt(1024);
                        System.arraycopy(page.bytes(), from, before, from, random.nextInt(1024 - from));
                        ask(before, random);
                    }
                    byte[] noise = page.bytes().clone();
                    for (int i = random.nextInt(1024); i < 1024; i += 1 + random.nextInt(40)) {
                        noise[i] = (byte) (random.nextBoolean() ? -1 : random.nextInt());
                    }
                    ask(noise, random);
                    random.nextBytes(noise);
                    ask(noise, random);
                }));
    }

    private static void change(SlottedPage page, Random random) {
        Slice key = Slice.utf8("key" + random.nextInt(30));
        int found = page.find(key);
        if (found < 0) {
            page.insert(-found - 1, key, Slice.wrap(new byte[random.nextInt(120)]));
        } else if (random.nextBoolean()) {
            page.remove(found);
        } else {
            page.replace(found, Slice.wrap(new byte[random.nextInt(200)]));
        }
    }

    private static void ask(byte[] bytes, Random random) {
        SlottedPage page = new SlottedPage(bytes);
        Slice key = Slice.utf8("key" + random.nextInt(30));
        int index = random.nextInt(30);
        ask(() -> page.find(key), "find(" + key + ")");
        ask(() -> page.indexOf(key), "indexOf(" + key + ")");
        ask(() -> page.key(index).toByteArray(), "key(" + index + ")");
        ask(() -> page.payload(index).toByteArray(), "payload(" + index + ")");
    }

    private static void ask(Runnable question, String what) {
        try {
            question.run();
        } catch (ExerciseNotDone e) {
            throw e;
        } catch (RuntimeException answer) {
            assertTrue(answer.getClass() != RuntimeException.class, what + " of a torn page threw " + answer);
        } catch (Error e) {
            throw new AssertionError(what + " of a torn page threw " + e, e);
        }
    }
}
