package storagelab.grader.audit;

import com.sun.source.doctree.DocCommentTree;
import com.sun.source.doctree.DocTree;
import com.sun.source.doctree.ParamTree;
import com.sun.source.doctree.ReturnTree;
import com.sun.source.doctree.ThrowsTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.lang.model.element.Modifier;
import storagelab.grader.audit.JavadocText.Block;
import storagelab.grader.course.ExerciseSpec;
import storagelab.grader.splice.Markers;
import storagelab.grader.splice.SourceFile;

/**
 * The promises of exercises' statements. The statement is the Javadoc of what is marked {@code @Exercise} or {@code
 * @ExercisePart}: of a method, that of the method; of a type, that of the type and of its public and protected members,
 * but for those that are {@code @Given}. {@code {@inheritDoc}}, and a method without Javadoc, stand for what the
 * interface or superclass says.
 */
final class Statements {
    private final Supertypes supertypes;
    private final List<Promise> promises = new ArrayList<>();

    private Statements(Supertypes supertypes) {
        this.supertypes = supertypes;
    }

    /**
     * The promises of {@code exercises}, in the order of the text.
     *
     * @param home the checkout
     * @param sources directories in which an interface or superclass may be
     */
    static List<Promise> of(Path home, List<Path> sources, List<ExerciseSpec> exercises) throws IOException {
        Statements statements = new Statements(new Supertypes(sources));
        for (ExerciseSpec exercise : exercises) {
            for (String path : exercise.files()) {
                SourceFile file = SourceFile.parse(path, Files.readString(home.resolve(path)));
                for (ClassTree type : file.types()) {
                    statements.visit(new Declared(file, type, name(type)), exercise.id());
                }
            }
        }
        return List.copyOf(statements.promises);
    }

    private static String name(ClassTree type) {
        return type.getSimpleName().toString();
    }

    /** A type and where it stands. */
    private record Declared(SourceFile file, ClassTree type, String place) {}

    private void visit(Declared declared, String exercise) {
        Optional<String> own = Markers.exerciseId(declared.type);
        if (own.filter(exercise::equals).isPresent()) {
            addType(declared, exercise);
            return;
        }
        for (Tree member : declared.type.getMembers()) {
            if (member instanceof ClassTree nested) {
                visit(new Declared(declared.file, nested, declared.place + "." + name(nested)), exercise);
            } else if (member instanceof MethodTree method
                    && Markers.exerciseId(method).filter(exercise::equals).isPresent()) {
                addMethod(declared, method, exercise);
            }
        }
    }

    private void addType(Declared declared, String exercise) {
        Optional<DocCommentTree> javadoc = declared.file.javadoc(declared.type);
        if (javadoc.isPresent()) {
            List<Block> body = JavadocText.blocks(declared.file, javadoc.get().getFullBody(), List.of());
            add(exercise, declared.place, Promises.ofType(body));
            addTags(declared.file, javadoc.get(), exercise, declared.place);
        }
        for (Tree member : declared.type.getMembers()) {
            if (Markers.isGiven(member) || Markers.isSolution(member) || !isFace(member)) {
                continue;
            }
            if (member instanceof ClassTree nested) {
                addType(new Declared(declared.file, nested, declared.place + "." + name(nested)), exercise);
            } else if (member instanceof MethodTree method) {
                addMethod(declared, method, exercise);
            } else if (member instanceof VariableTree field) {
                declared.file.javadoc(field).ifPresent(found -> {
                    List<Block> body = JavadocText.blocks(declared.file, found.getFullBody(), List.of());
                    add(exercise, declared.place + "." + field.getName(), Promises.ofType(body));
                });
            }
        }
    }

    private void addMethod(Declared declared, MethodTree method, String exercise) {
        Optional<DocCommentTree> javadoc = declared.file.javadoc(method);
        Optional<Supertypes.Inherited> inherited = javadoc.isPresent() && !inheritsText(javadoc.get())
                ? Optional.empty()
                : supertypes.javadocOf(declared.file, declared.type, method);
        List<Block> above = inherited
                .map(from -> JavadocText.blocks(from.file(), from.javadoc().getFullBody(), List.of()))
                .orElse(List.of());
        String place = declared.place + (isConstructor(method) ? "" : "." + method.getName()) + parameters(method);
        List<Block> blocks = javadoc.map(own -> JavadocText.blocks(declared.file, own.getFullBody(), above))
                .orElse(above);
        add(exercise, place, Promises.ofMethod(blocks));
        inherited.ifPresent(from -> addTags(from.file(), from.javadoc(), exercise, place));
        javadoc.ifPresent(own -> addTags(declared.file, own, exercise, place));
    }

    private void addTags(SourceFile file, DocCommentTree javadoc, String exercise, String place) {
        for (DocTree tag : javadoc.getBlockTags()) {
            if (tag instanceof ParamTree parameter) {
                List<Block> blocks = JavadocText.blocks(file, parameter.getDescription(), List.of());
                add(exercise, place, Promises.ofParameter(parameter.getName().toString(), blocks));
            } else if (tag instanceof ReturnTree result) {
                List<Block> blocks = JavadocText.blocks(file, result.getDescription(), List.of());
                add(exercise, place, Promises.ofOutcome("@return", blocks));
            } else if (tag instanceof ThrowsTree thrown) {
                String type = thrown.getExceptionName().getSignature();
                List<Block> blocks = JavadocText.blocks(file, thrown.getDescription(), List.of());
                add(
                        exercise,
                        place,
                        Promises.ofOutcome("@throws " + type.substring(type.lastIndexOf('.') + 1), blocks));
            }
        }
    }

    private void add(String exercise, String place, List<String> sentences) {
        sentences.stream()
                .map(sentence -> new Promise(exercise, place, sentence))
                .filter(promise -> !promises.contains(promise))
                .forEach(promises::add);
    }

    private static boolean inheritsText(DocCommentTree javadoc) {
        return javadoc.getFullBody().stream().anyMatch(tree -> tree.getKind() == DocTree.Kind.INHERIT_DOC);
    }

    private static boolean isConstructor(MethodTree method) {
        return method.getName().contentEquals("<init>");
    }

    private static String parameters(MethodTree method) {
        return method.getParameters().stream()
                .map(parameter -> parameter.getType().toString())
                .collect(Collectors.joining(", ", "(", ")"));
    }

    private static boolean isFace(Tree declaration) {
        return Markers.modifiers(declaration)
                .map(modifiers -> modifiers.getFlags())
                .filter(flags -> flags.contains(Modifier.PUBLIC) || flags.contains(Modifier.PROTECTED))
                .isPresent();
    }
}
