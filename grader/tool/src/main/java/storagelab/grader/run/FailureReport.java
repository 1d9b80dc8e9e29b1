package storagelab.grader.run;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * What a test threw, in parts that the parent can judge: it never needs the submission's classes to read it.
 *
 * @param causes the exception and its causes, outermost first
 * @param notDoneExercise the exercise whose empty body was reached; empty if none was
 * @param step what the test was doing with which input, in its own words; empty if it did not say
 */
record FailureReport(List<Cause> causes, String notDoneExercise, String step) {
    /** Of a test of which nothing is known. */
    static final FailureReport NOTHING = new FailureReport(List.of(), "");

    FailureReport {
        causes = List.copyOf(causes);
    }

    FailureReport(List<Cause> causes, String notDoneExercise) {
        this(causes, notDoneExercise, "");
    }

    /** {@code words} after the step, if there is one: {@code "get(apple) of a table of 3 entries: did not end in 2 s"}. */
    String afterStep(String words) {
        return step.isEmpty() ? words : step + ": " + words;
    }

    /**
     * One exception of the chain.
     *
     * @param type binary name of its class
     * @param message its message; empty if it had none
     * @param frames where it was thrown, innermost first
     */
    record Cause(String type, String message, List<Frame> frames) {
        Cause {
            frames = List.copyOf(frames);
        }

        boolean isA(Class<?> kind) {
            return type.equals(kind.getName());
        }

        String simpleType() {
            return type.substring(Math.max(type.lastIndexOf('.'), type.lastIndexOf('$')) + 1);
        }
    }

    /** One line of a stack. */
    record Frame(String className, String method, String file, int line) {
        static Frame of(StackTraceElement element) {
            String file = element.getFileName() == null ? "" : element.getFileName();
            return new Frame(element.getClassName(), element.getMethodName(), file, element.getLineNumber());
        }

        /** {@code "BinarySearch.indexOf(BinarySearch.java:31)"}. */
        String describe() {
            String simpleName =
                    className.substring(className.lastIndexOf('.') + 1).replaceAll("\\$(?=\\D)", ".");
            return simpleName + "." + method + "(" + file + ":" + line + ")";
        }
    }

    void writeTo(DataOutputStream out) throws IOException {
        out.writeInt(causes.size());
        for (Cause cause : causes) {
            Wire.writeText(out, cause.type());
            Wire.writeText(out, cause.message());
            out.writeInt(cause.frames().size());
            for (Frame frame : cause.frames()) {
                Wire.writeText(out, frame.className());
                Wire.writeText(out, frame.method());
                Wire.writeText(out, frame.file());
                out.writeInt(frame.line());
            }
        }
        Wire.writeText(out, notDoneExercise);
        Wire.writeText(out, step);
    }

    static FailureReport readFrom(DataInputStream in) throws IOException {
        int count = Wire.readCount(in);
        List<Cause> causes = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String type = Wire.readText(in);
            String message = Wire.readText(in);
            int frameCount = Wire.readCount(in);
            List<Frame> frames = new ArrayList<>();
            for (int j = 0; j < frameCount; j++) {
                frames.add(new Frame(Wire.readText(in), Wire.readText(in), Wire.readText(in), in.readInt()));
            }
            causes.add(new Cause(type, message, frames));
        }
        return new FailureReport(causes, Wire.readText(in), Wire.readText(in));
    }
}
