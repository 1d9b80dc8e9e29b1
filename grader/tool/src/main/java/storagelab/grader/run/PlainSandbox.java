package storagelab.grader.run;

import java.nio.file.Path;
import java.util.List;

/** No confinement: the owner's code on the owner's machine. */
public final class PlainSandbox implements Sandbox {
    private final String description;

    /** A sandbox for the owner of the code. */
    public PlainSandbox() {
        this("own code, not confined");
    }

    /**
     * @param description what the report says
     */
    PlainSandbox(String description) {
        this.description = description;
    }

    @Override
    public String description() {
        return description;
    }

    @Override
    public boolean confines() {
        return false;
    }

    @Override
    public String caution() {
        return "NOT CONFINED: graded with --allow-unsandboxed. The submission could read and write this user's files and"
                + " change its own result.";
    }

    @Override
    public List<String> wrap(List<String> command, Reach reach, Limits limits) {
        return command;
    }

    @Override
    public void shareReadOnly(Path directory) {}
}
