package storagelab.grader.run;

import java.nio.file.Path;
import java.util.List;

/** No confinement: the student's own code on the student's own machine, or a machine that offers nothing better. */
public final class PlainSandbox implements Sandbox {
    private final String description;

    /** A sandbox for the owner of the code. */
    public PlainSandbox() {
        this("own code, not confined");
    }

    /**
     * @param description what the report says
     */
    public PlainSandbox(String description) {
        this.description = description;
    }

    @Override
    public String description() {
        return description;
    }

    @Override
    public List<String> wrap(List<String> command, Path scratch, Limits limits) {
        return command;
    }

    @Override
    public void shareReadOnly(Path directory) {}

    @Override
    public void shareWritable(Path directory) {}
}
