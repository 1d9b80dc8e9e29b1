package storagelab.grader.audit;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import java.util.BitSet;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;
import javax.lang.model.element.Modifier;
import storagelab.grader.splice.Markers;
import storagelab.grader.splice.SourceFile;

/**
 * Which lines of a source are the student's to write: bodies marked as an exercise, whatever a marked type does not
 * give, and what exists only for the reference's way of solving it.
 */
final class StudentLines {
    private final SourceFile file;
    private final BitSet members = new BitSet();
    private final BitSet cut = new BitSet();
    private final Set<String> studentMethods = new TreeSet<>();
    private final Set<String> givenMethods = new TreeSet<>();

    private StudentLines(SourceFile file) {
        this.file = file;
    }

    static StudentLines of(SourceFile file) {
        StudentLines found = new StudentLines(file);
        for (ClassTree type : file.types()) {
            found.visit(type, isMarked(type));
        }
        return found;
    }

    /** {@code students}: whether what the type does not give is the student's. */
    private void visit(ClassTree type, boolean students) {
        for (Tree member : type.getMembers()) {
            if (file.end(member) < 0 || isComponent(type, member)) {
                continue;
            }
            boolean own = isMarked(member) || (students && !Markers.isGiven(member));
            if (!(member instanceof ClassTree nested)) {
                visitMember(member, own);
            } else if (isMarked(nested) || !isFace(nested)) {
                visit(nested, own);
            } else {
                visit(nested, false);
            }
        }
    }

    private void visitMember(Tree member, boolean own) {
        if (member instanceof MethodTree method) {
            (own ? studentMethods : givenMethods).add(method.getName().toString());
        }
        if (!own) {
            return;
        }
        int first = Math.toIntExact(file.lineOf(member));
        int last = Math.toIntExact(file.unit().getLineMap().getLineNumber(file.end(member)));
        members.set(first, last + 1);
        if (Markers.isSolution(member) || (!isFace(member) && !isMarked(member))) {
            cut.set(first, last + 1);
        } else if (member instanceof MethodTree method && method.getBody() != null) {
            cut.set(Math.toIntExact(file.lineOf(method.getBody())) + 1, Math.max(first, last) + 1);
        }
    }

    /** The compiler's tree has the components of a record as fields, which are part of its header. */
    private static boolean isComponent(ClassTree type, Tree member) {
        return type.getKind() == Tree.Kind.RECORD
                && member instanceof VariableTree field
                && !field.getModifiers().getFlags().contains(Modifier.STATIC);
    }

    private static boolean isMarked(Tree declaration) {
        return Markers.isSolution(declaration)
                || Markers.exerciseId(declaration).isPresent();
    }

    private static boolean isFace(Tree declaration) {
        return Markers.modifiers(declaration)
                .map(modifiers -> modifiers.getFlags())
                .filter(flags -> flags.contains(Modifier.PUBLIC) || flags.contains(Modifier.PROTECTED))
                .isPresent();
    }

    /** Whether line {@code line}, counted from 1, belongs to a member that the student writes. */
    boolean contains(int line) {
        return members.get(line);
    }

    /** Whether line {@code line}, counted from 1, is cut out of the starter; a signature that stays is not. */
    boolean isCut(int line) {
        return cut.get(line);
    }

    /** Names of methods of which an overload is given. */
    Set<String> givenMethods() {
        return Collections.unmodifiableSet(givenMethods);
    }

    /** Names of methods of which an overload is the student's. */
    Set<String> studentMethods() {
        return Collections.unmodifiableSet(studentMethods);
    }
}
