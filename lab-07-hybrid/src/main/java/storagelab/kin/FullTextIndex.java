package storagelab.kin;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import storagelab.api.Cursor;
import storagelab.api.Durability;
import storagelab.api.KeyRange;
import storagelab.api.Slice;
import storagelab.api.Snapshot;
import storagelab.api.SnapshotStore;
import storagelab.api.WriteBatch;
import storagelab.codec.ByteReader;
import storagelab.codec.ByteWriter;

/**
 * Texts that are found by their words, the best first: an inverted index, and the score BM25.
 *
 * <p>Format, for words and numbers as {@link KeyBytes} writes them:
 *
 * <table>
 * <caption>The entries</caption>
 * <tr><th>key</th><th>value</th></tr>
 * <tr><td>{@code p}, word, number of a text</td><td>a posting: how often the text has the word, and how many words it has; two varints</td></tr>
 * <tr><td>{@code t}, number of a text</td><td>the text, in UTF-8</td></tr>
 * <tr><td>{@code s}</td><td>how many texts there are, and how many words in all of them; two varints</td></tr>
 * </table>
 *
 * <p>The postings of a word are neighbours. A search reads those of its words and nothing else. How many texts have the word is how
 * many postings it reads, so that this is stored nowhere.
 *
 * <p>The score of a text is a sum over the words of the search. With N texts of L words on average, n of which have the word, and a
 * text of l words that has it f times, it is
 *
 * <pre>
 *   ln(1 + (N − n + 0.5) / (n + 0.5)) · f · (k + 1) / (f + k · (1 − b + b · l / L))          k = 1.2, b = 0.75
 * </pre>
 *
 * <p>A word that few texts have says more; the second time in one text says less than the first; a long text has any word more
 * easily.
 *
 * <p>Invariants: putting a text is one batch: the text, its postings, and the two numbers. After a crash a text is found by all
 * of its words or by none, and the averages are those of the texts that are there.
 *
 * <p>Concurrency: safe for many threads. There must be one object over a store, which nothing else writes to.
 */
public final class FullTextIndex {
    private static final char POSTING = 'p';
    private static final char TEXT = 't';
    private static final Slice STATISTICS = KeyBytes.of('s').toSlice();
    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}]+");
    private static final int WORD_CHARACTERS_MAX = 40; // so that a key stays short
    private static final double K = 1.2;
    private static final double B = 0.75;
    private static final Comparator<Hit> WORST_FIRST = Comparator.comparingDouble(Hit::score)
            .thenComparing(Comparator.comparingLong(Hit::id).reversed());

    private final SnapshotStore store;

    /**
     * A text that was found.
     *
     * @param id the number of the text
     * @param score what the words say together
     */
    public record Hit(long id, double score) {}

    /** What the score needs to know of all texts. */
    private record Statistics(long texts, long words) {
        static Statistics decode(Optional<Slice> bytes) {
            if (bytes.isEmpty()) {
                return new Statistics(0, 0);
            }
            ByteReader in = new ByteReader(bytes.get());
            return new Statistics(in.readVarint64(), in.readVarint64());
        }

        Slice encode() {
            return new ByteWriter(2 * Long.BYTES)
                    .putVarint64(texts)
                    .putVarint64(words)
                    .toSlice();
        }

        double rarity(long textsWithWord) {
            return Math.log(1 + (texts - textsWithWord + 0.5) / (textsWithWord + 0.5));
        }
    }

    /** Texts in {@code store}. */
    public FullTextIndex(SnapshotStore store) {
        this.store = store;
    }

    /**
     * The words of a text, in their order: letters and digits, in lower case. A word ends after 40 characters, and the rest is
     * another word.
     */
    public static List<String> words(String text) {
        List<String> words = new ArrayList<>();
        Matcher matcher = WORD.matcher(text.toLowerCase(Locale.ROOT));
        while (matcher.find()) {
            String word = matcher.group();
            while (word.length() > WORD_CHARACTERS_MAX) {
                int end = word.offsetByCodePoints(0, word.codePointCount(0, WORD_CHARACTERS_MAX));
                words.add(word.substring(0, end));
                word = word.substring(end);
            }
            words.add(word);
        }
        return words;
    }

    /**
     * Stores a text, in place of one with this number.
     *
     * <p>Cost: one batch with an entry for each word of the old and of the new text.
     *
     * @throws IllegalArgumentException if the text has half of a surrogate pair
     */
    public synchronized void put(long id, String text, Durability durability) {
        WriteBatch batch = new WriteBatch();
        Statistics rest = removeFrom(batch, id);
        List<String> words = words(text);
        countWords(words).forEach((word, times) -> {
            Slice posting = new ByteWriter(2 * Integer.BYTES)
                    .putVarint32(times)
                    .putVarint32(words.size())
                    .toSlice();
            batch.put(postings(word).number(id).toSlice(), posting);
        });
        batch.put(textKey(id), KeyBytes.utf8(text));
        batch.put(STATISTICS, new Statistics(rest.texts + 1, rest.words + words.size()).encode());
        store.write(batch, durability);
    }

    /** Removes a text; returns whether there was one. Cost: one batch with an entry for each word. */
    public synchronized boolean remove(long id, Durability durability) {
        WriteBatch batch = new WriteBatch();
        batch.put(STATISTICS, removeFrom(batch, id).encode());
        boolean isThere = batch.operations().size() > 1;
        if (isThere) {
            store.write(batch, durability);
        }
        return isThere;
    }

    /** Deletes what there is of a text; returns the statistics of the others. */
    private Statistics removeFrom(WriteBatch batch, long id) {
        Statistics all = Statistics.decode(store.get(STATISTICS));
        Optional<Slice> old = store.get(textKey(id));
        if (old.isEmpty()) {
            return all;
        }
        List<String> words = words(old.get().toUtf8());
        batch.delete(textKey(id));
        for (String word : countWords(words).keySet()) {
            batch.delete(postings(word).number(id).toSlice());
        }
        return new Statistics(all.texts - 1, all.words - words.size());
    }

    /** The text with this number. */
    public Optional<String> text(long id) {
        return store.get(textKey(id)).map(Slice::toUtf8);
    }

    /**
     * The texts that have at least one of the words, those with the highest scores first, and of equal scores those with the
     * smaller numbers.
     *
     * <p>Cost: the postings of all words; memory for each text that has one of them.
     *
     * @param limit at most so many, at least 1
     */
    public List<Hit> search(String query, int limit) {
        if (limit < 1) {
            throw new IllegalArgumentException("the best " + limit + " texts");
        }
        Map<Long, Double> scores = new HashMap<>();
        Set<String> words = new TreeSet<>(words(query));
        try (Snapshot now = store.snapshot()) {
            Statistics statistics = Statistics.decode(now.get(STATISTICS));
            for (String word : words) {
                addScores(now, statistics, word, scores);
            }
        }
        PriorityQueue<Hit> best = new PriorityQueue<>(WORST_FIRST);
        scores.forEach((id, score) -> {
            best.add(new Hit(id, score));
            if (best.size() > limit) {
                best.remove();
            }
        });
        List<Hit> hits = new ArrayList<>(best);
        hits.sort(Collections.reverseOrder(WORST_FIRST));
        return hits;
    }

    private static void addScores(Snapshot now, Statistics statistics, String word, Map<Long, Double> scores) {
        record Posting(long id, int times, int words) {}
        List<Posting> postings = new ArrayList<>();
        try (Cursor cursor = now.cursor(KeyRange.prefix(postings(word).toSlice()))) {
            for (cursor.seekToFirst(); cursor.isValid(); cursor.next()) {
                ByteReader in = new ByteReader(cursor.value());
                long id = KeyBytes.numberAt(cursor.key(), cursor.key().length() - Long.BYTES);
                postings.add(new Posting(id, in.readVarint32(), in.readVarint32()));
            }
        }
        double rarity = statistics.rarity(postings.size());
        double meanWords = (double) statistics.words / statistics.texts;
        for (Posting posting : postings) {
            double length = 1 - B + B * posting.words / meanWords;
            double score = rarity * posting.times * (K + 1) / (posting.times + K * length);
            scores.merge(posting.id, score, Double::sum);
        }
    }

    private static Map<String, Integer> countWords(List<String> words) {
        Map<String, Integer> counts = new TreeMap<>();
        words.forEach(word -> counts.merge(word, 1, Integer::sum));
        return counts;
    }

    private static KeyBytes postings(String word) {
        return KeyBytes.of(POSTING).text(word);
    }

    private static Slice textKey(long id) {
        return KeyBytes.of(TEXT).number(id).toSlice();
    }
}
