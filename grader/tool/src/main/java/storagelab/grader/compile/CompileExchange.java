package storagelab.grader.compile;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import storagelab.grader.compile.FallbackCompiler.Outcome;
import storagelab.grader.compile.Javac.CompiledClass;
import storagelab.grader.model.CompileError;
import storagelab.grader.run.Wire;

/** The bytes of a question to a {@link CompileWorker} and of its answer. */
final class CompileExchange {
    private static final int CLASS_BYTES_MAX = 4 << 20;

    private CompileExchange() {}

    /**
     * What is to be compiled.
     *
     * @param sources texts by path
     * @param pristine the same as handed out
     * @param classPath of the compiler
     */
    record Question(Map<String, String> sources, Map<String, String> pristine, List<String> classPath) {}

    static byte[] encode(Question question) {
        return Wire.encode(out -> {
            writeTexts(out, question.sources());
            writeTexts(out, question.pristine());
            Wire.writeTexts(out, question.classPath());
        });
    }

    static Question readQuestion(DataInputStream in) throws IOException {
        return new Question(readTexts(in), readTexts(in), Wire.readTexts(in));
    }

    static byte[] encode(Outcome outcome) {
        return Wire.encode(out -> {
            out.writeInt(outcome.classes().size());
            for (Map.Entry<String, CompiledClass> compiled : outcome.classes().entrySet()) {
                Wire.writeText(out, compiled.getKey());
                Wire.writeText(out, compiled.getValue().source());
                out.writeInt(compiled.getValue().content().length);
                out.write(compiled.getValue().content());
            }
            out.writeInt(outcome.errors().size());
            for (CompileError error : outcome.errors()) {
                Wire.writeText(out, error.file());
                out.writeLong(error.line());
                out.writeLong(error.column());
                Wire.writeText(out, error.message());
                Wire.writeText(out, error.sourceLine());
            }
            Wire.writeTexts(out, List.copyOf(outcome.replaced()));
        });
    }

    static Outcome readOutcome(DataInputStream in) throws IOException {
        Map<String, CompiledClass> classes = new TreeMap<>();
        int classCount = Wire.readCount(in);
        for (int i = 0; i < classCount; i++) {
            String name = Wire.readText(in);
            String source = Wire.readText(in);
            int length = in.readInt();
            if (length < 0 || length > CLASS_BYTES_MAX) {
                throw new IOException("a class file of " + length + " bytes");
            }
            classes.put(name, new CompiledClass(source, in.readNBytes(length)));
        }
        List<CompileError> errors = new ArrayList<>();
        int errorCount = Wire.readCount(in);
        for (int i = 0; i < errorCount; i++) {
            String file = Wire.readText(in);
            long line = in.readLong();
            long column = in.readLong();
            errors.add(new CompileError(file, line, column, Wire.readText(in), Wire.readText(in)));
        }
        Set<String> replaced = new LinkedHashSet<>(Wire.readTexts(in));
        return new Outcome(classes, errors, replaced);
    }

    private static void writeTexts(DataOutputStream out, Map<String, String> texts) throws IOException {
        out.writeInt(texts.size());
        for (Map.Entry<String, String> text : texts.entrySet()) {
            Wire.writeText(out, text.getKey());
            Wire.writeText(out, text.getValue());
        }
    }

    private static Map<String, String> readTexts(DataInputStream in) throws IOException {
        Map<String, String> texts = new TreeMap<>();
        int count = Wire.readCount(in);
        for (int i = 0; i < count; i++) {
            texts.put(Wire.readText(in), Wire.readText(in));
        }
        return texts;
    }
}
