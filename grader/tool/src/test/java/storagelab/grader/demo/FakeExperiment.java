package storagelab.grader.demo;

import java.util.List;
import java.util.Optional;
import storagelab.course.ExerciseNotDone;
import storagelab.experiment.Axis;
import storagelab.experiment.Experiment;
import storagelab.experiment.ExperimentContext;
import storagelab.experiment.ExperimentResult;
import storagelab.experiment.Plot;
import storagelab.experiment.Prediction;
import storagelab.experiment.ResultTable;

/** An experiment with known numbers, or one that stops with an exception. */
record FakeExperiment(String id, Optional<RuntimeException> failure) implements Experiment {
    static FakeExperiment working() {
        return new FakeExperiment("9.fake", Optional.empty());
    }

    static FakeExperiment blockedBy(String exerciseId) {
        return new FakeExperiment(
                "9.blocked", Optional.of(new IllegalStateException("wrapped", new ExerciseNotDone(exerciseId))));
    }

    @Override
    public String question() {
        return "How many squares?";
    }

    @Override
    public Prediction prediction() {
        return new Prediction.Amount("What is the square of 30?", "units");
    }

    @Override
    public ExperimentResult run(ExperimentContext context) {
        failure.ifPresent(exception -> {
            throw exception;
        });
        context.progress("squaring", 0.5);
        ResultTable.Builder table =
                ResultTable.builder().column("what").column("n").column("square", "units");
        Plot.SeriesBuilder squares = Plot.Series.named("squares");
        for (int n = 10; n <= 30; n += 10) {
            table.row("a, \"quoted\"", n * 1000, (double) n * n);
            squares.add(n, n * n);
        }
        Plot curves = new Plot.Curves(
                "Squares over numbers",
                Axis.logarithmic("number", ""),
                Axis.linear("square", "units"),
                List.of(squares.as(Plot.Style.MARKS_AND_LINE)));
        Plot bars = new Plot.Bars(
                "Bars of squares",
                List.of("ten", "twenty"),
                Axis.linear("square", "units"),
                List.of(new Plot.Group("squares", List.of(100.0, 400.0))));
        return new ExperimentResult(table.build(), List.of(curves, bars), 900, "The square of 30 was 900.");
    }
}
