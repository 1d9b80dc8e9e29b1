package storagelab.grader.audit;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import java.util.BitSet;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;
import storagelab.grader.splice.Markers;
import storagelab.grader.splice.SourceFile;

/**
 * Which lines of a source are the student's to write: bodies marked as an exercise, whatever a marked type does not
 * give, and what exists only for the reference's way of solving it.
 */
final class StudentLines {
    private final SourceFile file;
    private final BitSet lines = new BitSet();
    private final Set<String> studentMethods = new TreeSet<>();
    private final Set<String> givenMethods = new TreeSet<>();

    private StudentLines(SourceFile file) {
        this.file = file;
    }

    static StudentLines of(SourceFile file) {
        StudentLines found = new StudentLines(file);
        for (ClassTree type : file.types()) {
            found.visit(type, false);
        }
        return found;
    }

    private void visit(ClassTree type, boolean insideStudents) {
        boolean students = isStudents(type, insideStudents);
        for (Tree member : type.getMembers()) {
            if (member instanceof ClassTree nested) {
                visit(nested, students);
            } else if (file.end(member) >= 0) {
                visitMember(member, isStudents(member, students));
            }
        }
    }

    private void visitMember(Tree member, boolean students) {
        if (member instanceof MethodTree method) {
            (students ? studentMethods : givenMethods).add(method.getName().toString());
        }
        if (students) {
            int first = Math.toIntExact(file.lineOf(member));
            int last = Math.toIntExact(file.unit().getLineMap().getLineNumber(file.end(member)));
            lines.set(first, last + 1);
        }
    }

    private static boolean isStudents(Tree declaration, boolean surrounding) {
        if (Markers.isGiven(declaration)) {
            return false;
        }
        return surrounding
                || Markers.isSolution(declaration)
                || Markers.exerciseId(declaration).isPresent();
    }

    /** Whether line {@code line}, counted from 1, is the student's. */
    boolean contains(int line) {
        return lines.get(line);
    }

    /** Names of methods of which an overload is given. */
    Set<String> givenMethods() {
        return Collections.unmodifiableSet(givenMethods);
    }

    /** Names of methods of which an overload is the student's. */
    Set<String> studentMethods() {
        return Collections.unmodifiableSet(studentMethods);
    }

    /** Whether anything in the file is the student's. */
    boolean isEmpty() {
        return lines.isEmpty();
    }
}
