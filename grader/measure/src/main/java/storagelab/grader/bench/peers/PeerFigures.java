package storagelab.grader.bench.peers;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import storagelab.grader.bench.engine.EngineWorkload;
import storagelab.grader.bench.engine.PhaseResult;
import storagelab.grader.bench.engine.PhaseResult.Figure;
import storagelab.grader.bench.peers.PeerComparison.Sample;
import storagelab.grader.model.PeersResult.Cell;

/**
 * The figures of all rounds, brought together: medians with the slowest and the fastest round. A measurement is left out if the
 * machine was busy with something else: if the fixed computation beside it was slower than 85 % of the fastest one anywhere.
 * Where that was so in every round, they all count, and the figure is marked.
 */
final class PeerFigures {
    private static final double PACE_MIN = 0.85;
    private static final int PERCENT = 100;

    private final List<Sample> samples;
    private final double bestPace;
    private final List<String> leftOut = new ArrayList<>();
    private final Map<EngineWorkload, Map<String, Cell>> cells = new LinkedHashMap<>();

    PeerFigures(List<Sample> samples) {
        this.samples = List.copyOf(samples);
        bestPace = samples.stream()
                .mapToDouble(sample -> sample.result().pace())
                .filter(Double::isFinite)
                .max()
                .orElse(Double.NaN);
        for (EngineWorkload workload : EngineWorkload.values()) {
            Map<String, List<Sample>> byEngine = new LinkedHashMap<>();
            for (Sample sample : this.samples) {
                if (sample.result().workload() == workload) {
                    byEngine.computeIfAbsent(sample.engine(), name -> new ArrayList<>())
                            .add(sample);
                }
            }
            Map<String, Cell> row = new TreeMap<>();
            byEngine.forEach((engine, own) -> row.put(engine, cell(own)));
            if (!row.isEmpty()) {
                cells.put(workload, row);
            }
        }
    }

    /** By workload and engine. */
    Map<EngineWorkload, Map<String, Cell>> cells() {
        return cells;
    }

    /** What was left out, a few words each. */
    List<String> leftOut() {
        return leftOut;
    }

    /** The figures of {@code engine}; null if it was not measured. */
    @Nullable
    Cell cell(EngineWorkload workload, String engine) {
        return cells.getOrDefault(workload, Map.of()).get(engine);
    }

    private Cell cell(List<Sample> own) {
        for (Sample sample : own) {
            if (!sample.result().problem().isEmpty()) {
                String problem = sample.result().problem();
                return new Cell(Double.NaN, Double.NaN, Double.NaN, false, Map.of(), problem);
            }
        }
        List<Sample> clean = own.stream().filter(this::isClean).toList();
        List<Sample> counted = clean.isEmpty() ? own : clean;
        if (!clean.isEmpty()) {
            own.stream().filter(sample -> !isClean(sample)).forEach(sample -> leftOut.add(describe(sample)));
        }
        double[] rates = counted.stream()
                .mapToDouble(sample -> sample.result().perSecond())
                .toArray();
        Map<String, Double> figures = new TreeMap<>();
        for (Figure figure : Figure.values()) {
            double[] values = counted.stream()
                    .map(sample -> sample.result().figures().get(figure))
                    .filter(value -> value != null)
                    .mapToDouble(Double::doubleValue)
                    .toArray();
            if (values.length > 0) {
                figures.put(figure.name(), median(values));
            }
        }
        double low = Arrays.stream(rates).min().orElse(Double.NaN);
        double high = Arrays.stream(rates).max().orElse(Double.NaN);
        return new Cell(median(rates), low, high, clean.isEmpty(), figures, "");
    }

    private boolean isClean(Sample sample) {
        return sample.result().pace() >= PACE_MIN * bestPace;
    }

    private String describe(Sample sample) {
        PhaseResult result = sample.result();
        return String.format(
                Locale.ROOT,
                "%s of %s in round %d (%.0f %%)",
                result.workload().id(),
                sample.engine(),
                sample.round(),
                PERCENT * result.pace() / bestPace);
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
