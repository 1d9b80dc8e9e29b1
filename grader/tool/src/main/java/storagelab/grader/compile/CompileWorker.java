package storagelab.grader.compile;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import storagelab.grader.compile.CompileExchange.Question;
import storagelab.grader.compile.FallbackCompiler.Outcome;

/**
 * The child JVM that compiles a submission: sources come in on standard input, classes and errors go out on standard
 * output. A source can exhaust the compiler's memory or stack in less than a second; here that costs nobody else.
 */
public final class CompileWorker {
    private CompileWorker() {}

    /** Answers one question. Takes no arguments. */
    public static void main(String[] arguments) throws IOException {
        Question question;
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(System.in))) {
            question = CompileExchange.readQuestion(in);
        }
        Javac javac = new Javac(question.classPath().stream().map(Path::of).toList());
        Outcome outcome = new FallbackCompiler(javac, question.pristine()).compile(question.sources());
        try (OutputStream out = new FileOutputStream(FileDescriptor.out)) {
            out.write(CompileExchange.encode(outcome));
        }
    }
}
