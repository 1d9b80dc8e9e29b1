package storagelab.kin;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import storagelab.api.Durability;
import storagelab.disk.CrashDisk;
import storagelab.kv.CrashSafeStore;
import storagelab.testkit.Crew;
import storagelab.testkit.Seeds;

class ShortLinksTest {
    private static final long START = Instant.parse("2026-01-01T00:00:00Z").toEpochMilli();
    private static final int MANY = 1_000_000; // tokens

    private final AtomicLong now = new AtomicLong(START);
    private final InstantSource clock = () -> Instant.ofEpochMilli(now.get());

    private static Path newDirectory() {
        return CrashDisk.create().root().resolve("store");
    }

    private ShortLinks links(CrashSafeStore store, int node) {
        return new ShortLinks(store, new RateLimiter(store, clock, MANY, 1), clock, node);
    }

    @Test
    @DisplayName("the example of the page: the number, the name, and the address")
    void example() {
        try (CrashSafeStore store = KinStores.btree(newDirectory())) {
            ShortLinks links = links(store, 5);
            String name = links.create("ada", "https://example.org/é", Durability.BUFFERED)
                    .orElseThrow();
            assertThat(name, is("0wg9LAqlHIO"));
            long id = (189_388_800_000L << 22) + (5 << 12);
            assertThat(ShortLinks.name(id), is(name));
            assertThat(links.resolve(name), is(Optional.of("https://example.org/é")));
            for (String other :
                    List.of("", "0wg9LAqlHIP", "0wg9LAqlHI", "0wg9LAqlHIO0", "0wg9LAqlHI-", "zzzzzzzzzzz")) {
                assertThat(other, links.resolve(other), is(Optional.empty()));
            }
        }
    }

    @Test
    @DisplayName("numbers rise, whatever the clock does, also beyond 4,096 in a millisecond")
    void idsRise() {
        Seeds.check(3, random -> {
            now.set(START);
            TimeOrderedIds ids = new TimeOrderedIds(clock, random.nextInt(TimeOrderedIds.NODES), 0);
            long last = -1;
            for (int i = 0; i < 10_000; i++) {
                if (random.nextInt(1_000) == 0) {
                    now.addAndGet(random.nextInt(100) - 50);
                }
                long id = ids.next();
                assertThat("a number after " + last, id, is(greaterThan(last)));
                assertThat("names in order", ShortLinks.name(last + 1).compareTo(ShortLinks.name(id)) <= 0, is(true));
                last = id;
            }
        });
        assertThrows(IllegalArgumentException.class, () -> new TimeOrderedIds(clock, TimeOrderedIds.NODES, 0));
        assertThrows(IllegalArgumentException.class, () -> new TimeOrderedIds(clock, -1, 0));
    }

    @Test
    @DisplayName("after a restart with a clock that was set back, no name is given twice, and new ones still come last")
    void clockIsSetBack() {
        Path directory = newDirectory();
        List<String> names = new ArrayList<>();
        for (int session = 0; session < 3; session++) {
            try (CrashSafeStore store = KinStores.lsm(directory)) {
                ShortLinks links = links(store, 0);
                for (int i = 0; i < 20; i++) {
                    names.add(links.create("ada" + session, "a" + names.size(), Durability.BUFFERED)
                            .orElseThrow());
                }
                now.addAndGet(-3_600_000);
            }
        }
        assertThat("in the order of time, and each once", List.copyOf(new TreeSet<>(names)), is(names));
        try (CrashSafeStore store = KinStores.lsm(directory)) {
            for (int i = 0; i < names.size(); i++) {
                assertThat(links(store, 0).resolve(names.get(i)), is(Optional.of("a" + i)));
            }
        }
    }

    @Test
    @DisplayName("the names of several threads and two nodes are all different")
    void threads() throws Exception {
        try (CrashSafeStore store = KinStores.btree(newDirectory());
                Crew crew = new Crew()) {
            Set<String> names = Collections.synchronizedSet(new TreeSet<>());
            List<ShortLinks> nodes = List.of(links(store, 1), links(store, 2));
            AtomicInteger thread = new AtomicInteger();
            crew.start(4, "client", () -> {
                ShortLinks links = nodes.get(thread.getAndIncrement() % 2);
                for (int i = 0; i < 100; i++) {
                    names.add(links.create("c", "a", Durability.BUFFERED).orElseThrow());
                }
            });
            crew.join();
            assertThat(names.size(), is(400));
        }
    }

    @Test
    @DisplayName("a client has its tokens at once, and then one each interval; another one has its own")
    void limiter() {
        try (CrashSafeStore store = KinStores.btree(newDirectory())) {
            RateLimiter limiter = new RateLimiter(store, clock, 3, 1_000);
            ShortLinks links = new ShortLinks(store, limiter, clock, 0);
            for (int i = 0; i < 3; i++) {
                assertThat(links.create("ada", "a", Durability.BUFFERED).isPresent(), is(true));
            }
            assertThat("a fourth", links.create("ada", "a", Durability.BUFFERED), is(Optional.empty()));
            assertThat("another client", limiter.tryAcquire("bob"), is(true));
            now.addAndGet(999);
            assertThat("after 999 ms", limiter.tryAcquire("ada"), is(false));
            now.addAndGet(1);
            assertThat("after 1,000 ms", limiter.tryAcquire("ada"), is(true));
            assertThat("again", limiter.tryAcquire("ada"), is(false));
            assertThat("bob has all tokens again", limiter.forget(), is(1));
            assertThat("ada has not", limiter.tryAcquire("ada"), is(false));
            now.addAndGet(60_000);
            assertThat(limiter.forget(), is(1));
            for (int i = 0; i < 3; i++) {
                assertThat("never more than three", limiter.tryAcquire("ada"), is(true));
            }
            assertThat(limiter.tryAcquire("ada"), is(false));
            now.addAndGet(-3_600_000);
            assertThat("right after the clock was set back", limiter.tryAcquire("ada"), is(false));
            now.addAndGet(1_000);
            assertThat("an interval later", limiter.tryAcquire("ada"), is(true));
        }
    }

    @Test
    @DisplayName("a random client never gets more than its tokens and one for each interval")
    void limiterModel() {
        Seeds.check(3, random -> {
            now.set(START);
            try (CrashSafeStore store = KinStores.lsm(newDirectory())) {
                RateLimiter limiter = new RateLimiter(store, clock, 4, 100);
                double tokens = 4;
                for (int i = 0; i < 300; i++) {
                    long passed = 5L * random.nextInt(30);
                    now.addAndGet(passed);
                    tokens = Math.min(4, tokens + passed / 100.0);
                    boolean isThere = tokens > 1 - 1e-6;
                    assertThat("with " + tokens + " tokens", limiter.tryAcquire("c"), is(isThere));
                    tokens -= isThere ? 1 : 0;
                }
                assertThat(tokens, is(lessThan(4.1)));
            }
        });
    }
}
