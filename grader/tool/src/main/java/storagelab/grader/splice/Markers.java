package storagelab.grader.splice;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ModifiersTree;
import com.sun.source.tree.NewArrayTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds the course's annotations on a declaration, by their simple names, and reads what they say. */
public final class Markers {
    private Markers() {}

    /** The modifiers of a type, method, constructor or field; none for an initialiser block. */
    public static Optional<ModifiersTree> modifiers(Tree declaration) {
        if (declaration instanceof ClassTree type) {
            return Optional.of(type.getModifiers());
        }
        if (declaration instanceof MethodTree method) {
            return Optional.of(method.getModifiers());
        }
        if (declaration instanceof VariableTree field) {
            return Optional.of(field.getModifiers());
        }
        return Optional.empty();
    }

    /** The annotation called {@code simpleName} on {@code declaration}. */
    public static Optional<AnnotationTree> annotation(Tree declaration, String simpleName) {
        Optional<ModifiersTree> modifiers = modifiers(declaration);
        if (modifiers.isPresent()) {
            for (AnnotationTree annotation : modifiers.get().getAnnotations()) {
                if (simpleName(annotation.getAnnotationType().toString()).equals(simpleName)) {
                    return Optional.of(annotation);
                }
            }
        }
        return Optional.empty();
    }

    /** Whether {@code declaration} carries {@code @Solution}. */
    public static boolean isSolution(Tree declaration) {
        return annotation(declaration, "Solution").isPresent();
    }

    /** Whether {@code declaration} carries {@code @Given}. */
    public static boolean isGiven(Tree declaration) {
        return annotation(declaration, "Given").isPresent();
    }

    /** The exercise that {@code declaration} itself is marked with, by {@code @Exercise} or {@code @ExercisePart}. */
    public static Optional<String> exerciseId(Tree declaration) {
        return annotation(declaration, "Exercise")
                .flatMap(annotation -> value(annotation, "id"))
                .or(() -> annotation(declaration, "ExercisePart").flatMap(annotation -> value(annotation, "value")))
                .map(Markers::string);
    }

    /** The expression given for {@code element} of {@code annotation}. */
    public static Optional<ExpressionTree> value(AnnotationTree annotation, String element) {
        for (ExpressionTree argument : annotation.getArguments()) {
            if (argument instanceof AssignmentTree assignment) {
                if (assignment.getVariable().toString().equals(element)) {
                    return Optional.of(assignment.getExpression());
                }
            } else if (element.equals("value")) {
                return Optional.of(argument);
            }
        }
        return Optional.empty();
    }

    /** The text of a string literal, or of several joined by {@code +}. */
    public static String string(ExpressionTree expression) {
        if (expression instanceof LiteralTree literal && literal.getValue() instanceof String text) {
            return text;
        }
        if (expression instanceof BinaryTree sum && sum.getKind() == Tree.Kind.PLUS) {
            return string(sum.getLeftOperand()) + string(sum.getRightOperand());
        }
        throw new IllegalArgumentException("not a string literal: " + expression);
    }

    /** The texts of one string literal or of an array of them. */
    public static List<String> strings(ExpressionTree expression) {
        if (expression instanceof NewArrayTree array) {
            List<String> texts = new ArrayList<>();
            for (ExpressionTree element : array.getInitializers()) {
                texts.add(string(element));
            }
            return texts;
        }
        return List.of(string(expression));
    }

    /** The value of a number literal. */
    public static Number number(ExpressionTree expression) {
        if (expression instanceof LiteralTree literal && literal.getValue() instanceof Number number) {
            return number;
        }
        throw new IllegalArgumentException("not a number literal: " + expression);
    }

    /** The last name of {@code Difficulty.EASY} or {@code EASY}. */
    public static String constant(ExpressionTree expression) {
        if (expression instanceof MemberSelectTree select) {
            return select.getIdentifier().toString();
        }
        if (expression instanceof IdentifierTree identifier) {
            return identifier.getName().toString();
        }
        throw new IllegalArgumentException("not the name of a constant: " + expression);
    }

    static String simpleName(String qualified) {
        return qualified.substring(qualified.lastIndexOf('.') + 1);
    }
}
