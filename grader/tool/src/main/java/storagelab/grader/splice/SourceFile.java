package storagelab.grader.splice;

import com.sun.source.doctree.DocCommentTree;
import com.sun.source.doctree.EntityTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;
import storagelab.grader.LabException;

/**
 * A Java source with the positions of its declarations. It is parsed and nothing more: no class path, no attribution, so
 * any file can be read on its own. The tree is only ever asked where things are; text is what gets cut and joined.
 */
public final class SourceFile {
    private final String name;
    private final String text;
    private final CompilationUnitTree unit;
    private final DocTrees trees;

    private SourceFile(String name, String text, CompilationUnitTree unit, DocTrees trees) {
        this.name = name;
        this.text = text;
        this.unit = unit;
        this.trees = trees;
    }

    /**
     * Parses {@code text}.
     *
     * @param name for messages, such as a path
     * @throws SyntaxException if it is not Java
     */
    public static SourceFile parse(String name, String text) {
        return parseAll(List.of(new Source(name, text))).get(0);
    }

    /** A text and the name that messages call it by. */
    public record Source(String name, String text) {}

    /** Parses many files with one parser, which is much faster than one after the other. */
    public static List<SourceFile> parseAll(List<Source> sources) {
        if (sources.isEmpty()) {
            return List.of();
        }
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        if (compiler == null) {
            throw new LabException(
                    "This Java has no compiler: it is a JRE.", "Install a JDK, 17 or newer, and put it on the PATH.");
        }
        DiagnosticCollector<JavaFileObject> problems = new DiagnosticCollector<>();
        List<TextObject> objects = new ArrayList<>();
        for (Source source : sources) {
            objects.add(new TextObject(source));
        }
        JavacTask task =
                (JavacTask) compiler.getTask(null, null, problems, List.of("-proc:none", "-Xlint:none"), null, objects);
        List<SourceFile> files = new ArrayList<>();
        try {
            int next = 0;
            for (CompilationUnitTree unit : task.parse()) {
                Source source = sources.get(next++);
                files.add(new SourceFile(source.name(), source.text(), unit, DocTrees.instance(task)));
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        for (Diagnostic<? extends JavaFileObject> problem : problems.getDiagnostics()) {
            if (problem.getKind() == Diagnostic.Kind.ERROR) {
                throw new SyntaxException(
                        ((TextObject) problem.getSource()).source.name(),
                        problem.getLineNumber(),
                        problem.getMessage(Locale.ROOT));
            }
        }
        return files;
    }

    /** What messages call this file. */
    public String name() {
        return name;
    }

    /** The whole source. */
    public String text() {
        return text;
    }

    /** The parsed file. */
    public CompilationUnitTree unit() {
        return unit;
    }

    /** The package, {@code ""} for the unnamed one. */
    public String packageName() {
        @Nullable Tree declared = unit.getPackageName();
        return declared == null ? "" : declared.toString();
    }

    /** The types declared at the top, in the order of the text. */
    public List<ClassTree> types() {
        List<ClassTree> types = new ArrayList<>();
        for (Tree declaration : unit.getTypeDecls()) {
            if (declaration instanceof ClassTree type) {
                types.add(type);
            }
        }
        return types;
    }

    /** Offset of the first character of {@code tree}; of a declaration that is its first modifier, not its Javadoc. */
    public int start(Tree tree) {
        return Math.toIntExact(trees.getSourcePositions().getStartPosition(unit, tree));
    }

    /** Offset after the last character of {@code tree}, -1 for one without text of its own, such as no modifiers. */
    public int end(Tree tree) {
        return Math.toIntExact(trees.getSourcePositions().getEndPosition(unit, tree));
    }

    /** The text from the start to the end of {@code tree}. */
    public String textOf(Tree tree) {
        return text.substring(start(tree), end(tree));
    }

    /** The Javadoc of a declaration of this file, if it has one. */
    public Optional<DocCommentTree> javadoc(Tree declaration) {
        return Optional.ofNullable(trees.getDocCommentTree(TreePath.getPath(unit, declaration)));
    }

    /** The characters that an entity of a Javadoc stands for: {@code &lt;} for the entity of that name. */
    public String characters(EntityTree entity) {
        return String.valueOf(trees.getCharacters(entity));
    }

    /** The line that {@code tree} starts on, from 1. */
    public long lineOf(Tree tree) {
        return unit.getLineMap().getLineNumber(start(tree));
    }

    private static final class TextObject extends SimpleJavaFileObject {
        private final Source source;

        TextObject(Source source) {
            super(URI.create("string:///" + Integer.toHexString(source.name().hashCode()) + ".java"), Kind.SOURCE);
            this.source = source;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return source.text();
        }

        @Override
        public boolean isNameCompatible(String simpleName, Kind kind) {
            return true;
        }
    }
}
