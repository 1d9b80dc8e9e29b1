package storagelab.grader.run;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * One test that is going to run: a test method, with all its repetitions and parameters.
 *
 * @param uniqueId how JUnit calls it
 * @param id simple class name, dot, method name
 * @param name its display name, the property in words
 * @param tags among them the ids of the exercises it belongs to
 * @param limitMillis how much processor time it may take on a machine of ordinary speed
 */
public record PlannedTest(String uniqueId, String id, String name, List<String> tags, long limitMillis) {
    /** Every hidden test is in a package below this one, and no public test is. */
    public static final String HIDDEN_PACKAGE = "storagelab.grader.hidden.";

    public PlannedTest {
        tags = List.copyOf(tags);
    }

    /** Whether only the grader has it. */
    public boolean isHidden() {
        return uniqueId.contains("[class:" + HIDDEN_PACKAGE);
    }

    void writeTo(DataOutputStream out) throws IOException {
        Wire.writeText(out, uniqueId);
        Wire.writeText(out, id);
        Wire.writeText(out, name);
        Wire.writeTexts(out, tags);
        out.writeLong(limitMillis);
    }

    static PlannedTest readFrom(DataInputStream in) throws IOException {
        String uniqueId = Wire.readText(in);
        String id = Wire.readText(in);
        String name = Wire.readText(in);
        return new PlannedTest(uniqueId, id, name, Wire.readTexts(in), in.readLong());
    }

    static byte[] encode(List<PlannedTest> tests) {
        return Wire.encode(out -> {
            out.writeInt(tests.size());
            for (PlannedTest test : tests) {
                test.writeTo(out);
            }
        });
    }

    static List<PlannedTest> decode(byte[] payload) throws IOException {
        DataInputStream in = Wire.input(payload);
        int count = Wire.readCount(in);
        List<PlannedTest> tests = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            tests.add(readFrom(in));
        }
        return tests;
    }
}
