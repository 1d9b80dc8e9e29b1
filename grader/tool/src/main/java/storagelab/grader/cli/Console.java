package storagelab.grader.cli;

import java.io.PrintWriter;

/** One line at the bottom of a terminal that says what is being done; nothing where the output is not a terminal. */
public final class Console {
    private static final int WIDTH = 78;

    private final LabContext context;
    private boolean shown;

    /** The line of the terminal that {@code context} prints to. */
    public Console(LabContext context) {
        this.context = context;
    }

    /** Replaces the line. */
    public void progress(String what) {
        if (!context.colour()) {
            return;
        }
        String cut = what.length() <= WIDTH ? what : what.substring(0, WIDTH);
        PrintWriter err = context.err();
        err.print("\r\u001b[K" + cut);
        err.flush();
        shown = true;
    }

    /** Clears the line. */
    public void progressDone() {
        if (shown) {
            context.err().print("\r\u001b[K");
            context.err().flush();
            shown = false;
        }
    }
}
