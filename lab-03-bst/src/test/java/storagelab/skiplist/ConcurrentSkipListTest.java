package storagelab.skiplist;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.nullValue;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Iterators;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.testkit.Crew;
import storagelab.testkit.Eventually;
import storagelab.testkit.Seeds;

@Tag("3.6")
class ConcurrentSkipListTest {
    private final ConcurrentSkipList<Integer, String> list = new ConcurrentSkipList<>(Comparator.naturalOrder());

    @Test
    @DisplayName("one thread alone finds what a sorted map has")
    void model() {
        Seeds.check(20, random -> {
            ConcurrentSkipList<Integer, String> subject = new ConcurrentSkipList<>(Comparator.naturalOrder());
            TreeMap<Integer, String> model = new TreeMap<>();
            for (int i = 0; i < 200; i++) {
                int key = random.nextInt(100);
                assertThat(
                        "putIfAbsent(" + key + ", …)",
                        subject.putIfAbsent(key, "v" + i),
                        is(model.putIfAbsent(key, "v" + i)));
                int near = random.nextInt(102) - 1;
                assertThat("get(" + near + ")", subject.get(near), is(model.get(near)));
                assertThat("floor(" + near + ")", subject.floor(near), is(model.floorEntry(near)));
                assertThat("ceiling(" + near + ")", subject.ceiling(near), is(model.ceilingEntry(near)));
                assertThat("lower(" + near + ")", subject.lower(near), is(model.lowerEntry(near)));
                assertThat("higher(" + near + ")", subject.higher(near), is(model.higherEntry(near)));
            }
            assertThat("first()", subject.first(), is(model.firstEntry()));
            assertThat("last()", subject.last(), is(model.lastEntry()));
            assertThat("size()", subject.size(), is(model.size()));
            assertThat(
                    "entries()", ImmutableList.copyOf(subject.entries()), is(ImmutableList.copyOf(model.entrySet())));
        });
    }

    @Test
    @DisplayName("a value that is there stays, and is returned")
    void putIfAbsent() {
        assertThat(list.putIfAbsent(1, "first"), is(nullValue()));
        assertThat(list.putIfAbsent(1, "second"), is("first"));
        assertThat(list.get(1), is("first"));
        assertThat(list.size(), is(1));
    }

    @Test
    @DisplayName("a get of 65,536 keys compares with about thirty of them")
    void comparisons() {
        long[] comparisons = {0};
        ConcurrentSkipList<Integer, String> full = new ConcurrentSkipList<>((a, b) -> {
            comparisons[0]++;
            return Integer.compare(a, b);
        });
        for (int i = 0; i < 65_536; i++) {
            full.putIfAbsent(i * 7_919 % 65_536, "");
        }
        comparisons[0] = 0;
        for (int key = 0; key < 65_536; key++) {
            full.get(key);
        }
        assertThat("comparisons of a get, on average", comparisons[0] / 65_536.0, is(lessThan(50.0)));
    }

    /** Example of the task: 20 has found the link from 10 to 40 when 30 is put there. */
    @Test
    @DisplayName("an entry that another thread puts at the same place in the middle of a put is not lost")
    void interleaved() throws InterruptedException {
        CountDownLatch between = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        ConcurrentSkipList<Integer, String> shared = new ConcurrentSkipList<>((a, b) -> {
            if (Thread.currentThread().getName().equals("slow") && Math.max(a, b) == 40) {
                between.countDown();
                awaitQuietly(goOn);
            }
            return Integer.compare(a, b);
        });
        shared.putIfAbsent(10, "");
        shared.putIfAbsent(40, "");
        try (Crew crew = new Crew()) {
            crew.start("slow", () -> shared.putIfAbsent(20, ""));
            Eventually.open("the slow thread compares 20 with 40", between);
            shared.putIfAbsent(30, "");
            goOn.countDown();
            crew.join();
        }
        assertThat(
                "keys after 20 and 30 were put between 10 and 40 at the same time",
                ImmutableList.copyOf(Iterators.transform(shared.entries(), Map.Entry::getKey)),
                contains(10, 20, 30, 40));
    }

    @Test
    @DisplayName("no put of many threads is lost, and of those with one key one wins")
    void manyWriters() throws InterruptedException {
        int threads = 4;
        int keys = 5_000;
        AtomicInteger wins = new AtomicInteger();
        try (Crew crew = new Crew()) {
            crew.start(threads, "writer", () -> {
                for (int i = 0; i < keys; i++) {
                    int key = i * 7_919 % keys;
                    if (list.putIfAbsent(key, Thread.currentThread().getName()) == null) {
                        wins.incrementAndGet();
                    }
                }
            });
            crew.join();
        }
        assertThat("puts that returned null", wins.get(), is(keys));
        assertThat("size()", list.size(), is(keys));
        assertThat("entries that entries() gives", Iterators.size(list.entries()), is(keys));
        for (int key = 0; key < keys; key++) {
            assertThat("floor(" + key + ")", list.floor(key), is(Map.entry(key, String.valueOf(list.get(key)))));
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            Eventually.open("the test lets the slow thread go on", latch);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
