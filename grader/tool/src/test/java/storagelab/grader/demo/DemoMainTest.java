package storagelab.grader.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import storagelab.experiment.Experiment;

/** What {@code lab demo} prints, writes and exits with. */
class DemoMainTest {
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    @TempDir
    private Path out;

    private int run(List<Experiment> experiments, String... arguments) {
        return new CommandLine(new DemoMain(experiments, new PrintStream(printed, true, UTF_8))).execute(arguments);
    }

    private String description(String plot) throws IOException {
        String svg = Files.readString(out.resolve("9.fake").resolve(plot));
        return svg.substring(svg.indexOf("<title>"), svg.indexOf("</desc>") + "</desc>".length())
                .replaceAll("\n *", "");
    }

    @Test
    void withoutAnIdItListsQuestions() {
        assertThat(run(List.of(FakeExperiment.working())), is(0));
        assertThat(printed.toString(UTF_8), containsString("9.fake  How many squares?"));
    }

    @Test
    void anExperimentLeavesItsTableAndPlotsAndNoWorkingFiles() throws IOException {
        assertThat(run(List.of(FakeExperiment.working()), "9.fake", "--yes", "--out", out.toString()), is(0));
        Path results = out.resolve("9.fake");
        try (Stream<Path> files = Files.list(results)) {
            assertThat(
                    files.map(file -> file.getFileName().toString()).toList(),
                    containsInAnyOrder("table.txt", "table.csv", "plot.svg", "plot.png", "plot-2.svg", "plot-2.png"));
        }
        assertThat(
                Files.readString(results.resolve("table.csv")),
                is("what,n,square (units)\n"
                        + "\"a, \"\"quoted\"\"\",10000,100\n"
                        + "\"a, \"\"quoted\"\"\",20000,400\n"
                        + "\"a, \"\"quoted\"\"\",30000,900\n"));
        assertThat(
                Files.readString(results.resolve("table.txt")),
                allOf(containsString("How many squares?"), containsString("--seed 42"), containsString("was 900.")));
    }

    @Test
    void bothPicturesCarryTheirLabelsAndUnits() throws IOException {
        run(List.of(FakeExperiment.working()), "9.fake", "--yes", "--out", out.toString());
        assertThat(
                description("plot.svg"),
                is("<title>Squares over numbers</title>"
                        + "<desc>Horizontal: number. Vertical: square (units). Series: squares.</desc>"));
        assertThat(
                description("plot-2.svg"),
                is(
                        "<title>Bars of squares</title><desc>Vertical: square (units). Bars: ten, twenty. Series: squares.</desc>"));
        BufferedImage picture = ImageIO.read(out.resolve("9.fake/plot.png").toFile());
        assertThat(picture.getWidth(), is(860));
    }

    @Test
    void theConsoleShowsTheTableThenTheAnswerThenWhatWasSeen() {
        run(List.of(FakeExperiment.working()), "9.fake", "--yes", "--out", out.toString());
        String[] lines = printed.toString(UTF_8).split("\n", -1);
        assertThat(String.join("\n", lines).replace(out.toString(), "OUT"), is("""
                9.fake: How many squares?

                what              n  square (units)
                ───────────  ──────  ──────────────
                a, "quoted"  10,000             100
                a, "quoted"  20,000             400
                a, "quoted"  30,000             900

                What is the square of 30? 900 units.
                The square of 30 was 900.

                Table and plots: OUT/9.fake

                """));
    }

    @Test
    void whereNobodyCanAnswerThePredictionIsSkippedWithANote() {
        run(List.of(FakeExperiment.working()), "9.fake", "--out", out.toString());
        assertThat(printed.toString(UTF_8), containsString("(Not a terminal: predictions are not asked for.)"));
    }

    @Test
    void anExerciseThatIsNotDoneIsNamedWithTheTwoWaysOnAndTheOthersStillRun() {
        List<Experiment> experiments = List.of(FakeExperiment.blockedBy("9.4"), FakeExperiment.working());
        assertThat(run(experiments, "all", "--yes", "--out", out.toString()), is(1));
        assertThat(
                printed.toString(UTF_8),
                allOf(
                        containsString("This experiment needs exercise 9.4, which is not done: do it first, "
                                + "or take the reference with ./lab unlock 9.4."),
                        containsString("The square of 30 was 900."),
                        not(containsString("Exception"))));
    }

    @Test
    void anUnknownExperimentIsMisuse() {
        assertThat(run(List.of(FakeExperiment.working()), "9.fame"), is(DemoMain.EXIT_USAGE));
        assertThat(printed.toString(UTF_8).strip(), endsWith("there is no experiment 9.fame; ./lab demo lists them"));
    }
}
