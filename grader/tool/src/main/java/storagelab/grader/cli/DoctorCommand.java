package storagelab.grader.cli;

import java.io.IOException;
import java.io.PrintWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import storagelab.grader.LabException;
import storagelab.grader.doctor.Check;
import storagelab.grader.doctor.Diagnosis;
import storagelab.grader.doctor.MachineProbe;

/** {@code lab doctor}: what this machine can and cannot do. */
@Command(
        name = "doctor",
        description = "Say what this machine can and cannot do for the course, and how to get what is missing.",
        footer = {"", "Exit code 0: students' work is possible and, in a checkout, grading. 2: not all of it."})
public final class DoctorCommand extends Subcommand {
    @Option(names = "--json", description = "Print the checks as JSON.")
    private boolean json;

    /** Runs in {@code context}. */
    public DoctorCommand(LabContext context) {
        super(context);
    }

    @Override
    protected int run() throws IOException, InterruptedException {
        Console console = new Console(context);
        console.progress("looking at this machine");
        Diagnosis diagnosis = MachineProbe.examine(
                new MachineProbe.Place(context.checkout(), context.workspace(), context.directory()),
                Boolean.getBoolean("lab.terminal"),
                context.colour());
        console.progressDone();
        if (json) {
            context.out().println(Json.of(diagnosis));
        } else {
            print(diagnosis);
        }
        return diagnosis.isFit() ? 0 : LabException.FAILED;
    }

    /** Prints a line for each check, with the next step below it. */
    void print(Diagnosis diagnosis) {
        PrintWriter out = context.out();
        for (Check check : diagnosis.checks()) {
            out.printf("  %s  %-16s  %s%n", symbol(check.state()), check.name(), check.found());
            if (!check.next().isEmpty()) {
                out.printf("%31s%s%n", "→ ", check.next());
            }
        }
        out.println();
        out.println("Students' work: " + possible(diagnosis.work()));
        Boolean grading = diagnosis.grading();
        if (grading != null) {
            out.println("Grading:        " + possible(grading));
        }
    }

    private String symbol(Check.State state) {
        return switch (state) {
            case OK -> context.styled("green", "ok     ");
            case LIMITED -> context.styled("yellow", "limited");
            case MISSING -> context.styled("red", "missing");
        };
    }

    private String possible(boolean possible) {
        return possible ? context.styled("bold,green", "possible") : context.styled("bold,red", "not possible");
    }
}
