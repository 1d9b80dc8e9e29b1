package storagelab.grader.run;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/**
 * How JUnit says that a test, or a container of tests, ended.
 *
 * @param uniqueId which
 * @param status JUnit's word: {@code SUCCESSFUL}, {@code ABORTED}, {@code FAILED}, or {@code SKIPPED}
 * @param failure what it threw; without causes if it threw nothing
 * @param output what it printed, cut
 */
record TestEnd(String uniqueId, String status, FailureReport failure, String output) {
    static final String SUCCESSFUL = "SUCCESSFUL";
    static final String SKIPPED = "SKIPPED";

    void writeTo(DataOutputStream out) throws IOException {
        Wire.writeText(out, uniqueId);
        Wire.writeText(out, status);
        failure.writeTo(out);
        Wire.writeText(out, output);
    }

    static TestEnd readFrom(DataInputStream in) throws IOException {
        String uniqueId = Wire.readText(in);
        String status = Wire.readText(in);
        FailureReport failure = FailureReport.readFrom(in);
        return new TestEnd(uniqueId, status, failure, Wire.readText(in));
    }
}
