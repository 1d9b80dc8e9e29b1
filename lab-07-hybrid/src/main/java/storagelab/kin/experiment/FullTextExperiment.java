package storagelab.kin.experiment;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import storagelab.api.Durability;
import storagelab.cache.Traces;
import storagelab.experiment.Axis;
import storagelab.experiment.Experiment;
import storagelab.experiment.ExperimentContext;
import storagelab.experiment.ExperimentResult;
import storagelab.experiment.Plot;
import storagelab.experiment.Plot.Style;
import storagelab.experiment.Prediction;
import storagelab.experiment.Quantity;
import storagelab.experiment.ResultTable;
import storagelab.kin.FullTextIndex;
import storagelab.kv.CrashSafeStore;
import storagelab.recovery.DurableOptions;
import storagelab.recovery.EngineKind;

/**
 * Texts of words that are as frequent as those of a language. Searches for frequent and rare words are counted in entries and
 * bytes.
 */
public final class FullTextExperiment implements Experiment {
    private static final int VOCABULARY = 10_000;
    private static final int WORDS = 100; // of a text
    private static final List<Integer> RANKS = List.of(1, 10, 100, 1_000, 3_000);
    private static final int PREDICTED = 100;

    /** For the service loader. */
    public FullTextExperiment() {}

    @Override
    public String id() {
        return "7.full-text";
    }

    @Override
    public String question() {
        return "What does a search for words read?";
    }

    @Override
    public Prediction prediction() {
        return new Prediction.Amount(
                "Each of 2,000 texts has 100 words. Words are as frequent as those of a language: the hundredth comes a hundred times less "
                        + "often than the first. How many times as many bytes as the index does a search through all texts read, for the "
                        + "hundredth word?",
                "times as many");
    }

    /** What one search has read. */
    private record Search(int rank, int found, Stored read, Stored scan) {
        double times() {
            return (double) scan.bytes() / read.bytes();
        }
    }

    @Override
    public ExperimentResult run(ExperimentContext context) {
        int texts = context.pick(2_000, 500);
        SplittableRandom random = new SplittableRandom(context.seed());
        List<Search> searches = new ArrayList<>();
        Stored postings;
        try (CrashSafeStore store =
                CrashSafeStore.open(context.directory().resolve("texts"), DurableOptions.defaults(EngineKind.LSM))) {
            CountingStore counting = new CountingStore(store);
            FullTextIndex index = new FullTextIndex(counting);
            int[] words = Traces.zipf(VOCABULARY, texts * WORDS, random);
            for (int text = 0; text < texts; text++) {
                if (text % 100 == 0) {
                    context.progress("storing texts", (double) text / texts);
                }
                StringBuilder line = new StringBuilder();
                for (int i = text * WORDS; i < (text + 1) * WORDS; i++) {
                    line.append(word(words[i])).append(' ');
                }
                index.put(text, line.toString(), Durability.BUFFERED);
            }
            Stored scan = Stored.in(store, "t");
            postings = Stored.in(store, "p");
            List<String> byFrequency = byFrequency(words);
            Stored unused = counting.takeRead(); // by the puts
            for (int rank : RANKS) {
                String word = byFrequency.get(rank - 1);
                int found = index.search(word, texts).size();
                Stored read = counting.takeRead();
                if (found == 0) {
                    throw new AssertionError(word + " is in no text");
                }
                searches.add(new Search(rank, found, read, scan));
            }
        }
        double answer = find(searches, PREDICTED).times();
        return new ExperimentResult(
                table(texts, searches), plots(searches), answer, observation(texts, searches, postings));
    }

    /** The words that are there, the most frequent first. */
    private static List<String> byFrequency(int[] words) {
        int[] times = new int[VOCABULARY];
        for (int word : words) {
            times[word]++;
        }
        return IntStream.range(0, VOCABULARY)
                .filter(word -> times[word] > 0)
                .boxed()
                .sorted(Comparator.<Integer>comparingInt(word -> times[word])
                        .reversed()
                        .thenComparing(Comparator.naturalOrder()))
                .map(FullTextExperiment::word)
                .toList();
    }

    private static String word(int number) {
        return "word" + number;
    }

    private static Search find(List<Search> searches, int rank) {
        return searches.stream()
                .filter(search -> search.rank == rank)
                .findFirst()
                .orElseThrow();
    }

    private static ResultTable table(int texts, List<Search> searches) {
        ResultTable.Builder table = ResultTable.builder()
                .column("texts")
                .column("word, by frequency")
                .column("texts with it")
                .column("read by the index", "entries")
                .column("read by the index", "bytes")
                .column("read by a scan", "bytes")
                .column("times as many");
        searches.forEach(search -> table.row(
                texts,
                search.rank,
                search.found,
                search.read.entries(),
                search.read.bytes(),
                search.scan.bytes(),
                search.times()));
        return table.build();
    }

    private static List<Plot> plots(List<Search> searches) {
        Plot.SeriesBuilder index = Plot.Series.named("the index");
        Plot.SeriesBuilder scan = Plot.Series.named("a scan of all texts");
        for (Search search : searches) {
            index.add(search.rank, (double) search.read.bytes());
            scan.add(search.rank, (double) search.scan.bytes());
        }
        return List.of(new Plot.Curves(
                "Bytes that a search for one word reads",
                Axis.logarithmic("the word, by frequency", ""),
                Axis.logarithmic("read", "bytes"),
                List.of(index.as(Style.MARKS_AND_LINE), scan.as(Style.MARKS_AND_LINE))));
    }

    private static String observation(int texts, List<Search> searches, Stored postings) {
        Search usual = find(searches, PREDICTED);
        Search first = searches.get(0);
        return "Of " + Quantity.number(texts) + " texts, " + usual.found
                + " have the hundredth word. The index read " + Quantity.number((double) usual.read.entries())
                + " entries of "
                + Quantity.number((double) usual.read.bytes()) + " bytes for it, and a scan of all texts "
                + Quantity.number((double) usual.scan.bytes()) + ", " + Quantity.number(usual.times())
                + " times as many. The first word is in " + first.found + " texts, and the index read "
                + Quantity.number((double) first.read.bytes()) + " bytes. All postings take "
                + Quantity.number((double) postings.bytes()) + " bytes, "
                + Quantity.number((double) postings.bytes() / first.scan.bytes()) + " times as many as the texts.";
    }
}
