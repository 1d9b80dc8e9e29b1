package storagelab.grader.splice;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What tells a member from its siblings: {@code indexOf(IntSequence,int)} for a method, {@code class Node} for a type,
 * {@code size} for a field. Type arguments, package names and parameter names do not count, so that small differences in
 * writing do not part what is the same member. A record's compact constructor has the parameters of its header.
 */
record Signature(String text) {
    /** The signature of {@code member}; none for an initialiser block. */
    static Optional<Signature> of(Tree member) {
        if (member instanceof ClassTree type) {
            return Optional.of(new Signature("class " + type.getSimpleName()));
        }
        if (member instanceof VariableTree field) {
            return Optional.of(new Signature(field.getName().toString()));
        }
        if (member instanceof MethodTree method) {
            return Optional.of(new Signature(method(method)));
        }
        return Optional.empty();
    }

    private static String method(MethodTree method) {
        return method.getParameters().stream()
                .map(parameter -> type(parameter.getType()))
                .collect(Collectors.joining(",", method.getName() + "(", ")"));
    }

    private static String type(Tree type) {
        String text = type.toString();
        for (String before = ""; !before.equals(text); ) {
            before = text;
            text = text.replaceAll("<[^<>]*>", "");
        }
        return text.replaceAll("@[\\w.]+(\\([^)]*\\))?\\s*", "")
                .replaceAll("\\b(?:\\w+\\.)+(?=\\w)", "")
                .replace("...", "[]")
                .replaceAll("\\s", "");
    }

    @Override
    public String toString() {
        return text;
    }
}
