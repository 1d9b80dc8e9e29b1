package storagelab.kin;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.closeTo;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import storagelab.api.Cursor;
import storagelab.api.Durability;
import storagelab.api.KeyRange;
import storagelab.api.Slice;
import storagelab.disk.CrashDisk;
import storagelab.disk.CrashExplorer;
import storagelab.disk.CrashExplorerOptions;
import storagelab.disk.CrashReport;
import storagelab.kin.FullTextIndex.Hit;
import storagelab.kv.CrashSafeStore;
import storagelab.testkit.Seeds;

class FullTextIndexTest {
    private static final String[] WORDS = {"log", "tree", "page", "leaf", "é", "x1"};

    private static Path newDirectory() {
        return CrashDisk.create().root().resolve("store");
    }

    @Test
    @DisplayName("the example of the page: three texts, their entries, and their scores")
    void example() {
        try (CrashSafeStore store = KinStores.btree(newDirectory())) {
            FullTextIndex index = new FullTextIndex(store);
            index.put(1, "The log is a file.", Durability.BUFFERED);
            index.put(2, "A tree is pages, and a page is a tree's.", Durability.BUFFERED);
            index.put(3, "Log, log, log", Durability.BUFFERED);
            assertThat(
                    "the posting of log in text 3",
                    store.get(Slice.copyOf(new byte[] {'p', 'l', 'o', 'g', 0, 0, (byte) 0x80, 0, 0, 0, 0, 0, 0, 3})),
                    is(Optional.of(Slice.copyOf((byte) 3, (byte) 3))));
            assertThat("3 texts, 19 words", store.get(Slice.utf8("s")), is(Optional.of(Slice.copyOf((byte) 3, (byte)
                    19))));
            List<Hit> hits = index.search("log LOG", 10);
            assertThat(hits.stream().map(Hit::id).toList(), is(List.of(3L, 1L)));
            double rarity = Math.log(1 + 1.5 / 2.5);
            double mean = 19.0 / 3;
            assertThat(
                    hits.get(0).score(), is(closeTo(rarity * 3 * 2.2 / (3 + 1.2 * (0.25 + 0.75 * 3 / mean)), 1e-12)));
            assertThat(
                    hits.get(1).score(), is(closeTo(rarity * 1 * 2.2 / (1 + 1.2 * (0.25 + 0.75 * 5 / mean)), 1e-12)));
            assertThat(index.search("page tree", 1).get(0).id(), is(2L));
            assertThat(index.search("?!", 5), is(empty()));
            assertThat(index.search("leaf", 5), is(empty()));
            assertThrows(IllegalArgumentException.class, () -> index.search("log", 0));
        }
    }

    @Test
    @DisplayName("texts that are put, replaced and removed are found as a search through all of them finds them")
    void model() {
        Seeds.check(1, random -> {
            Map<Long, String> texts = new TreeMap<>();
            try (CrashSafeStore store = KinStores.lsm(newDirectory())) {
                FullTextIndex index = new FullTextIndex(store);
                for (int i = 0; i < 50; i++) {
                    long id = random.nextInt(-3, 9);
                    if (random.nextInt(3) == 0) {
                        assertThat(index.remove(id, Durability.BUFFERED), is(texts.remove(id) != null));
                    } else {
                        String text = randomText(random);
                        index.put(id, text, Durability.BUFFERED);
                        texts.put(id, text);
                    }
                    String query = WORDS[random.nextInt(WORDS.length)] + " " + WORDS[random.nextInt(WORDS.length)];
                    check(index, texts, query);
                }
                for (long id : List.copyOf(texts.keySet())) {
                    assertThat(index.remove(id, Durability.BUFFERED), is(true));
                }
                try (Cursor cursor = store.cursor(KeyRange.all())) {
                    cursor.seekToFirst();
                    assertThat("what is left without texts", cursor.key(), is(Slice.utf8("s")));
                    assertThat(cursor.value(), is(Slice.copyOf((byte) 0, (byte) 0)));
                    cursor.next();
                    assertThat(cursor.isValid(), is(false));
                }
            }
        });
    }

    private static String randomText(Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(12); i > 0; i--) {
            text.append(
                            random.nextBoolean()
                                    ? WORDS[random.nextInt(WORDS.length)]
                                    : WORDS[0].toUpperCase(java.util.Locale.ROOT))
                    .append(random.nextBoolean() ? ", " : " ");
        }
        return text.toString();
    }

    /** Compares a search with the formula, applied to every text. */
    private static void check(FullTextIndex index, Map<Long, String> texts, String query) {
        double mean = texts.values().stream()
                .mapToInt(text -> FullTextIndex.words(text).size())
                .average()
                .orElse(0);
        Map<Long, Double> scores = new TreeMap<>();
        for (String word : FullTextIndex.words(query).stream().distinct().toList()) {
            long with = texts.values().stream()
                    .filter(text -> FullTextIndex.words(text).contains(word))
                    .count();
            texts.forEach((id, text) -> {
                List<String> words = FullTextIndex.words(text);
                long times = words.stream().filter(word::equals).count();
                if (times > 0) {
                    double score = Math.log(1 + (texts.size() - with + 0.5) / (with + 0.5));
                    score *= times * 2.2 / (times + 1.2 * (0.25 + 0.75 * words.size() / mean));
                    scores.merge(id, score, Double::sum);
                }
            });
        }
        List<Hit> hits = index.search(query, 100);
        assertThat(query, hits.size(), is(scores.size()));
        double last = Double.POSITIVE_INFINITY;
        for (Hit hit : hits) {
            assertThat(
                    query + " in " + hit.id(),
                    hit.score(),
                    is(closeTo(Objects.requireNonNull(scores.get(hit.id())), 1e-9)));
            assertThat("the order", hit.score() <= last, is(true));
            last = hit.score();
            assertThat(index.text(hit.id()), is(Optional.ofNullable(texts.get(hit.id()))));
        }
        if (hits.size() > 1) {
            assertThat("the best of " + query, index.search(query, 1), is(hits.subList(0, 1)));
        }
    }

    @Test
    @DisplayName("words are letters and digits, and a long one is cut, never within a character")
    void words() {
        assertThat(FullTextIndex.words("It's 7.5 °C — naïve!"), is(List.of("it", "s", "7", "5", "c", "naïve")));
        String clef = "𐐷"; // a letter of two UTF-16 units
        List<String> cut = FullTextIndex.words("a" + clef.repeat(50));
        assertThat(String.join("", cut), is("a" + clef.repeat(50)));
        for (String word : cut) {
            assertThat(word.codePoints().noneMatch(c -> c >= 0xd800 && c < 0xe000), is(true));
        }
    }

    @Test
    @DisplayName("whenever the power is cut, a text is found by all of its words or by none, and the counts are right")
    void everyCrash() {
        Seeds.check(1, random -> {
            List<String> texts = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                texts.add("all " + randomText(random));
            }
            CrashReport report = CrashExplorer.explore(
                    CrashExplorerOptions.defaults().withSeed(random.nextLong()).withStride(4),
                    disk -> {
                        try (CrashSafeStore store = KinStores.btree(disk.root().resolve("store"))) {
                            FullTextIndex index = new FullTextIndex(store);
                            for (int i = 0; i < texts.size(); i++) {
                                index.put(i % 4, texts.get(i), Durability.SYNCED);
                                disk.ack(i);
                            }
                        }
                    },
                    crash -> {
                        try (CrashSafeStore store = KinStores.btree(crash.root().resolve("store"))) {
                            crash.recovered();
                            FullTextIndex index = new FullTextIndex(store);
                            Map<Long, String> found = new TreeMap<>();
                            for (long id = 0; id < 4; id++) {
                                Optional<String> text = index.text(id);
                                if (text.isPresent()) {
                                    found.put(id, text.get());
                                }
                            }
                            int acknowledged = crash.acknowledged().size();
                            assertThat(
                                    "the texts after " + acknowledged + " puts",
                                    found.equals(after(texts, acknowledged))
                                            || found.equals(after(texts, acknowledged + 1)),
                                    is(true));
                            check(index, found, "all log");
                            check(index, found, "tree leaf");
                        }
                    });
            assertThat("crashes tried", report.images(), is(greaterThan(30L)));
        });
    }

    private static Map<Long, String> after(List<String> texts, int puts) {
        Map<Long, String> there = new TreeMap<>();
        for (int i = 0; i < Math.min(puts, texts.size()); i++) {
            there.put(i % 4L, texts.get(i));
        }
        return there;
    }
}
