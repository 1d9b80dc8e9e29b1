package storagelab.experiment;

import java.util.List;

/**
 * What an experiment found.
 *
 * @param table every number that was measured
 * @param plots one or two pictures of them
 * @param answer what the reader was asked to predict: the number, or the index of the option that turned out right
 * @param observation what was seen, in a sentence or two with the numbers of this run
 */
public record ExperimentResult(ResultTable table, List<Plot> plots, double answer, String observation) {
    /** Copies the plots. */
    public ExperimentResult {
        plots = List.copyOf(plots);
        if (plots.isEmpty()) {
            throw new IllegalArgumentException("a result without a plot");
        }
    }
}
