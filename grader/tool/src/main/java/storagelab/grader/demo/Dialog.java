package storagelab.grader.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import storagelab.experiment.Prediction;
import storagelab.experiment.Quantity;

/** Asks the reader for a prediction, and holds it against the measurement. */
final class Dialog {
    private static final int ATTEMPTS_MAX = 3;
    private static final double CLOSE_FACTOR = 1.5;

    private final @Nullable BufferedReader in;
    private final PrintStream out;

    /**
     * @param in where the reader types, or null if nobody is asked
     * @param out where the questions go
     */
    Dialog(@Nullable BufferedReader in, PrintStream out) {
        this.in = in;
        this.out = out;
    }

    /** What the reader expects: a number, or the index of an option. Nothing if they were not asked or do not say. */
    OptionalDouble ask(Prediction prediction) throws IOException {
        if (in == null) {
            return OptionalDouble.empty();
        }
        out.println("Predict: " + prediction.prompt());
        if (prediction instanceof Prediction.Choice choice) {
            for (int i = 0; i < choice.options().size(); i++) {
                out.println("  " + (i + 1) + ") " + choice.options().get(i));
            }
        }
        for (int attempt = 0; attempt < ATTEMPTS_MAX; attempt++) {
            out.print(prediction instanceof Prediction.Amount amount ? "in " + amount.unit() + "> " : "> ");
            out.flush();
            String line = in.readLine();
            if (line == null || line.isBlank()) {
                out.println("(no prediction)");
                return OptionalDouble.empty();
            }
            OptionalDouble answer = parse(prediction, line.strip());
            if (answer.isPresent()) {
                return answer;
            }
            out.println(
                    prediction instanceof Prediction.Choice choice
                            ? "a number from 1 to " + choice.options().size() + ", or an empty line for none"
                            : "a number such as 12 or 0.5, or an empty line for none");
        }
        return OptionalDouble.empty();
    }

    /** A sentence that says what was measured, beside what was predicted. */
    static String compare(Prediction prediction, OptionalDouble predicted, double measured) {
        if (prediction instanceof Prediction.Amount amount) {
            return compareAmounts(amount, predicted, measured);
        }
        List<String> options = ((Prediction.Choice) prediction).options();
        String answer = options.get((int) measured);
        if (predicted.isEmpty()) {
            return prediction.prompt() + " " + answer + ".";
        }
        return predicted.getAsDouble() == measured
                ? "You predicted: " + answer + ". So it was."
                : "You predicted: " + options.get((int) predicted.getAsDouble()) + ". It was: " + answer + ".";
    }

    private static String compareAmounts(Prediction.Amount amount, OptionalDouble predicted, double measured) {
        String said = Quantity.number(measured) + " " + amount.unit();
        if (predicted.isEmpty()) {
            return amount.prompt() + " " + said + ".";
        }
        double guess = predicted.getAsDouble();
        String start = "You predicted " + Quantity.number(guess) + " " + amount.unit() + "; it was " + said;
        if (guess == measured) {
            return start + ": exactly.";
        }
        if (guess <= 0 || measured <= 0) {
            return start + ".";
        }
        double factor = Math.max(guess / measured, measured / guess);
        if (factor <= CLOSE_FACTOR) {
            return start + ": close.";
        }
        return start + ": " + Quantity.number(factor) + " times " + (measured > guess ? "more" : "less")
                + " than you thought.";
    }

    private static OptionalDouble parse(Prediction prediction, String line) {
        double number;
        try {
            number = Double.parseDouble(line.replace(",", ""));
        } catch (NumberFormatException notANumber) {
            return OptionalDouble.empty();
        }
        if (prediction instanceof Prediction.Choice choice) {
            boolean listed = number == Math.rint(number)
                    && number >= 1
                    && number <= choice.options().size();
            return listed ? OptionalDouble.of(number - 1) : OptionalDouble.empty();
        }
        return Double.isFinite(number) ? OptionalDouble.of(number) : OptionalDouble.empty();
    }
}
