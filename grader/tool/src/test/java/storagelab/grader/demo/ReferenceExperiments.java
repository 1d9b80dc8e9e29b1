package storagelab.grader.demo;

import com.google.common.collect.Iterables;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.ServiceLoader;
import storagelab.experiment.Experiment;
import storagelab.experiment.ExperimentContext.Scale;
import storagelab.experiment.ExperimentResult;
import storagelab.experiment.ResultTable;

/** The experiments that the labs register, run at the quick scale with a fixed seed, and their tables by column. */
final class ReferenceExperiments {
    private ReferenceExperiments() {}

    /** The experiments of one lab, in the order in which it registers them. */
    static List<Experiment> ofLab(int number) {
        return ServiceLoader.load(Experiment.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(experiment -> experiment.id().startsWith(number + "."))
                .toList();
    }

    /** What experiment {@code id} finds out, with {@code directory} for its files. */
    static ExperimentResult run(String id, Path directory) throws IOException {
        Experiment experiment = ServiceLoader.load(Experiment.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(one -> one.id().equals(id))
                .findFirst()
                .orElseThrow();
        return experiment.run(new LiveContext(directory, 42, Scale.QUICK, new LiveContext.ProgressLine.Silent()));
    }

    /** The cells below the column called {@code name}, which may have its unit with it. */
    static List<String> texts(ResultTable table, String name) {
        int index = Iterables.indexOf(
                table.columns(),
                column -> column.name().equals(name) || column.title().equals(name));
        return table.rows().stream().map(row -> row.get(index)).toList();
    }

    /** The cells below the column called {@code name}, as numbers. */
    static List<Double> column(ResultTable table, String name) {
        return texts(table, name).stream().map(Double::valueOf).toList();
    }
}
