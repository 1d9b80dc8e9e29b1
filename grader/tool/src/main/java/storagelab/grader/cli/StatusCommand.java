package storagelab.grader.cli;

import java.io.PrintWriter;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import storagelab.grader.workspace.Board;
import storagelab.grader.workspace.Board.ExerciseRow;
import storagelab.grader.workspace.Board.LabRow;
import storagelab.grader.workspace.Workspace;

/** {@code lab status}: the board. */
@Command(name = "status", description = "Show labs and exercises, how far each is, and the next step.")
public final class StatusCommand extends Subcommand {
    private static final int TITLE_WIDTH = 52;

    @Option(names = "--json", description = "Print the board as JSON.")
    private boolean json;

    /** Runs in {@code context}. */
    public StatusCommand(LabContext context) {
        super(context);
    }

    @Override
    protected int run() {
        Optional<Workspace> workspace = context.workspace();
        Board board = workspace.map(Board::of).orElseGet(() -> Board.ofReference(context.course()));
        if (json) {
            context.out().println(Json.of(board));
            return 0;
        }
        PrintWriter out = context.out();
        for (LabRow lab : board.labs()) {
            print(lab, workspace.isPresent());
        }
        out.println();
        if (workspace.isEmpty()) {
            out.println("This is the checkout: every exercise is solved here.");
            out.println("Next: ./lab start writes a workspace, where they are yours to solve.");
        } else {
            out.printf("%d of %d points.%n", board.earned(), board.points());
            out.println(board.next().map(this::nextStep).orElse("All done." + context.nextAfterAll()));
        }
        return 0;
    }

    private void print(LabRow lab, boolean inWorkspace) {
        PrintWriter out = context.out();
        String right = "not yet published";
        if (lab.published()) {
            right = inWorkspace ? lab.earned() + " / " + lab.points() : lab.points() + " points";
        }
        String head = "Lab %d  %s".formatted(lab.number(), lab.title());
        out.println(context.styled(lab.published() ? "bold" : "faint", pad(head, TITLE_WIDTH + 10) + right));
        for (ExerciseRow row : lab.exercises()) {
            out.println("  %s %-5s %s%3d  %s"
                    .formatted(symbol(row.state()), row.id(), pad(row.title(), TITLE_WIDTH), row.points(), row.note())
                    .stripTrailing());
        }
    }

    private String nextStep(ExerciseRow row) {
        return """
                Next: %s %s
                  write  %s
                  run    ./lab test %s
                  stuck? ./lab hint %s""".formatted(row.id(), row.title(), row.files().get(0), row.id(), row.id());
    }

    private String symbol(Board.State state) {
        return switch (state) {
            case NOT_STARTED -> context.styled("faint", "○");
            case IN_PROGRESS -> context.styled("yellow", "◐");
            case PASSED -> context.styled("green", "✓");
            case UNLOCKED -> context.styled("yellow", "◇");
            case REFERENCE -> context.styled("faint", "●");
        };
    }

    private static String pad(String text, int width) {
        return text.length() >= width ? text + " " : text + " ".repeat(width - text.length());
    }
}
