package storagelab.grader.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringReader;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import storagelab.experiment.Prediction;

/** Asking for predictions and holding them against measurements. */
class DialogTest {
    private static final Prediction AMOUNT = new Prediction.Amount("How long for 1 TB?", "minutes");
    private static final Prediction CHOICE = new Prediction.Choice("Which is faster?", List.of("linear", "binary"));

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    private OptionalDouble answer(Prediction prediction, String typed) throws IOException {
        BufferedReader in = new BufferedReader(new StringReader(typed));
        return new Dialog(in, new PrintStream(printed, true, UTF_8)).ask(prediction);
    }

    @Test
    void anOptionIsChosenByItsNumber() throws IOException {
        assertThat(answer(CHOICE, "2\n"), is(OptionalDouble.of(1)));
        assertThat(printed.toString(UTF_8), containsString("  1) linear\n  2) binary\n"));
    }

    @Test
    void nonsenseIsAskedAgain() throws IOException {
        assertThat(answer(CHOICE, "0\nx\n1\n"), is(OptionalDouble.of(0)));
        assertThat(answer(AMOUNT, "about an hour\nNaN\n1,200.5\n"), is(OptionalDouble.of(1200.5)));
    }

    @Test
    void anEmptyLineAndTheEndOfInputAreNoPrediction() throws IOException {
        assertThat(answer(AMOUNT, "\n"), is(OptionalDouble.empty()));
        assertThat(answer(AMOUNT, ""), is(OptionalDouble.empty()));
    }

    @Test
    void aRightChoiceAndAWrongOneAreToldApart() {
        assertThat(Dialog.compare(CHOICE, OptionalDouble.of(1), 1), is("You predicted: binary. So it was."));
        assertThat(Dialog.compare(CHOICE, OptionalDouble.of(0), 1), is("You predicted: linear. It was: binary."));
    }

    @Test
    void withoutAPredictionTheQuestionIsAnswered() {
        assertThat(Dialog.compare(CHOICE, OptionalDouble.empty(), 1), is("Which is faster? binary."));
        assertThat(Dialog.compare(AMOUNT, OptionalDouble.empty(), 12), is("How long for 1 TB? 12 minutes."));
    }

    @Test
    void amountsAreComparedByTheirRatio() {
        assertThat(
                Dialog.compare(AMOUNT, OptionalDouble.of(60), 180),
                is("You predicted 60 minutes; it was 180 minutes: 3 times more than you thought."));
        assertThat(
                Dialog.compare(AMOUNT, OptionalDouble.of(60), 24),
                is("You predicted 60 minutes; it was 24 minutes: 2.50 times less than you thought."));
        assertThat(
                Dialog.compare(AMOUNT, OptionalDouble.of(60), 70),
                is("You predicted 60 minutes; it was 70 minutes: close."));
    }
}
