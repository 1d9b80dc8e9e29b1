package storagelab.grader.splice;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.BlockTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.ExpressionStatementTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ModifiersTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.StatementTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.lang.model.element.Modifier;
import storagelab.grader.splice.TypeBody.Member;

/**
 * Turns reference sources into starter sources by cutting text, so that every byte that is not cut stays as it was.
 *
 * <p>A method or constructor marked {@code @Exercise} or {@code @ExercisePart} keeps its signature and gets the body
 * {@code throw new ExerciseNotDone("1.4")}, and loses {@code synchronized}. A constructor keeps its {@code super(...)}
 * call, and its {@code this(...)} call in a record and where the type extends another. In a marked type, that happens to
 * every public or protected method and constructor that is not {@code @Given}; public nested types, constants and
 * record headers stay; everything else goes.
 * A class whose constructors all went gets {@code private Name() {}} in their place, since otherwise the compiler would
 * invent a public one. An enum keeps its constants, fields and constructors. {@code @Solution} members go everywhere,
 * with the comments and the blank line before them, and so do the imports that only removed code used.
 *
 * <p>Invariants: 1. the same text gives the same starter; 2. a starter's starter is the starter itself.
 */
public final class Stubber {
    private static final Imports.Name NOT_DONE = new Imports.Name("storagelab.course.ExerciseNotDone", false);
    private static final String SOLUTION = "storagelab.course.Solution";
    private static final String SYNCHRONIZED = "synchronized";

    private final SourceFile file;
    private final Optional<String> only;
    private final Edits edits = new Edits();
    private boolean stubbed;

    private Stubber(SourceFile file, Optional<String> only) {
        this.file = file;
        this.only = only;
    }

    /** Whether {@code text} may hold anything to stub or remove; if not, it is its own starter. */
    public static boolean isMarked(String text) {
        return text.contains("Exercise") || text.contains("Solution");
    }

    /** The starter of {@code file}; empty if the whole file is {@code @Solution}. */
    public static Optional<String> starter(SourceFile file) {
        boolean nothingStays = !file.types().isEmpty() && file.types().stream().allMatch(Markers::isSolution);
        return nothingStays ? Optional.empty() : Optional.of(new Stubber(file, Optional.empty()).stub());
    }

    /** {@code file} with the one exercise {@code id} stubbed and everything else complete, {@code @Solution}s too. */
    public static String without(SourceFile file, String id) {
        return new Stubber(file, Optional.of(id)).stub();
    }

    /** {@code file} without the annotation {@code @Solution} itself: what a student sees of the reference. */
    public static String unmarked(SourceFile file) {
        Edits edits = new Edits();
        for (ClassTree type : file.types()) {
            unmark(file, type, edits);
        }
        if (edits.isEmpty()) {
            return file.text();
        }
        Imports.of(file).dropUnused(file.text(), Set.of(SOLUTION), edits);
        return edits.apply(file.text());
    }

    private static void unmark(SourceFile file, Tree declaration, Edits edits) {
        Markers.annotation(declaration, "Solution").ifPresent(annotation -> {
            int end = JavaText.skipSpace(file.text(), file.end(annotation));
            edits.remove(file.start(annotation), end);
        });
        if (declaration instanceof ClassTree type) {
            for (Tree member : type.getMembers()) {
                unmark(file, member, edits);
            }
        }
    }

    private String stub() {
        for (Member type : TypeBody.topLevel(file)) {
            if (goesAsSolution(type.tree())) {
                remove(type);
            } else {
                declaration((ClassTree) type.tree());
            }
        }
        if (edits.isEmpty()) {
            return file.text();
        }
        Imports imports = Imports.of(file);
        int codeStart = imports.codeStart();
        String remaining = edits.apply(file.text()).substring(codeStart);
        Set<String> always = only.isEmpty() ? Set.of(SOLUTION) : Set.of();
        Set<String> dropped = imports.dropUnused(remaining, always, edits);
        if (stubbed) {
            imports.add(NOT_DONE, dropped, edits);
        }
        return edits.apply(file.text());
    }

    /** A type that stays: as an exercise, if it is marked as one, else only what is marked in it changes. */
    private void declaration(ClassTree type) {
        Optional<String> id = Markers.exerciseId(type).filter(this::concerns);
        TypeBody body = TypeBody.of(file, type);
        Set<Member> removed = new HashSet<>();
        for (Member member : body.members()) {
            boolean goes =
                    goesAsSolution(member.tree()) || (id.isPresent() && !staysInExercise(type, body, member.tree()));
            if (goes) {
                checkRemovable(body, member);
                removed.add(member);
            } else {
                member(member.tree(), id, type);
            }
        }
        if (id.isPresent()) {
            keepConstructorsClosed(type, body, removed);
        }
        removed.forEach(this::remove);
        closeGap(body, removed);
    }

    private void member(Tree member, Optional<String> exerciseOfType, ClassTree type) {
        if (member instanceof ClassTree nested) {
            declaration(nested);
            return;
        }
        Optional<String> own = Markers.exerciseId(member);
        Optional<String> id = own.isPresent()
                ? own.filter(this::concerns)
                : exerciseOfType.filter(exercise -> !Markers.isGiven(member) && isFace(type, member));
        if (id.isEmpty()) {
            return;
        }
        if (member instanceof MethodTree method) {
            stub(method, type, id.get());
        } else if (member instanceof VariableTree constant
                && constant.getInitializer() instanceof NewClassTree created
                && created.getClassBody() != null
                && type.getKind() == Tree.Kind.ENUM) {
            for (Tree inner : created.getClassBody().getMembers()) {
                if (inner instanceof MethodTree method && file.end(method) > 0) {
                    stub(method, type, id.get());
                }
            }
        }
    }

    private boolean concerns(String id) {
        return only.isEmpty() || only.get().equals(id);
    }

    private boolean goesAsSolution(Tree declaration) {
        return only.isEmpty() && Markers.isSolution(declaration);
    }

    /** Whether {@code member} of a type-level exercise has a place in the starter, be it with another body. */
    private boolean staysInExercise(ClassTree type, TypeBody body, Tree member) {
        if (Markers.isGiven(member) || Markers.exerciseId(member).isPresent()) {
            return true;
        }
        if (type.getKind() == Tree.Kind.ENUM
                && (body.isEnumConstant(member) || member instanceof VariableTree || isConstructor(member))) {
            return true;
        }
        return isFace(type, member);
    }

    /** Whether {@code member} can be seen from outside the package. */
    private static boolean isFace(ClassTree type, Tree member) {
        Set<Modifier> flags =
                Markers.modifiers(member).map(modifiers -> modifiers.getFlags()).orElse(Set.of());
        boolean inInterface = type.getKind() == Tree.Kind.INTERFACE || type.getKind() == Tree.Kind.ANNOTATION_TYPE;
        if (inInterface) {
            return !flags.contains(Modifier.PRIVATE);
        }
        return flags.contains(Modifier.PUBLIC) || flags.contains(Modifier.PROTECTED);
    }

    private static boolean isConstructor(Tree member) {
        return member instanceof MethodTree method && method.getName().contentEquals("<init>");
    }

    private void stub(MethodTree method, ClassTree type, String id) {
        BlockTree body = method.getBody();
        if (body == null) {
            return;
        }
        String lineBreak = JavaText.lineBreak(file.text());
        String indentation = JavaText.indentation(file.text(), file.start(method));
        String inner = lineBreak + indentation + "    ";
        StringBuilder stub = new StringBuilder();
        explicitConstructorCall(method, type)
                .ifPresent(call -> stub.append(inner).append(file.textOf(call)));
        stub.append(inner).append("throw new ExerciseNotDone(\"").append(id).append("\");");
        stub.append(lineBreak).append(indentation);
        edits.replace(file.start(body) + 1, file.end(body) - 1, stub.toString());
        hideLocking(method);
        stubbed = true;
    }

    /** Removes {@code synchronized} from a stubbed method: how it locks is a part of the solution. */
    private void hideLocking(MethodTree method) {
        ModifiersTree modifiers = method.getModifiers();
        if (!modifiers.getFlags().contains(Modifier.SYNCHRONIZED)) {
            return;
        }
        int from = file.start(modifiers);
        for (AnnotationTree annotation : modifiers.getAnnotations()) {
            int keyword = file.text().indexOf(SYNCHRONIZED, from);
            if (keyword < file.start(annotation)) {
                break;
            }
            from = file.end(annotation);
        }
        int keyword = file.text().indexOf(SYNCHRONIZED, from);
        edits.remove(keyword, JavaText.skipSpace(file.text(), keyword + SYNCHRONIZED.length()));
    }

    /** The call of another constructor that the starter cannot do without. */
    private static Optional<StatementTree> explicitConstructorCall(MethodTree method, ClassTree type) {
        List<? extends StatementTree> statements = method.getBody().getStatements();
        if (!isConstructor(method)
                || statements.isEmpty()
                || !(statements.get(0) instanceof ExpressionStatementTree first)
                || !(first.getExpression() instanceof MethodInvocationTree call)) {
            return Optional.empty();
        }
        String called = "";
        if (call.getMethodSelect() instanceof IdentifierTree identifier) {
            called = identifier.getName().toString();
        } else if (call.getMethodSelect() instanceof MemberSelectTree select) {
            called = select.getIdentifier().toString();
        }
        boolean needsThis = type.getKind() == Tree.Kind.RECORD || type.getExtendsClause() != null;
        boolean stays = called.equals("super") || (called.equals("this") && needsThis);
        return stays ? Optional.of(first) : Optional.empty();
    }

    /** Without any constructor a class would have a public one that the reference has not. */
    private void keepConstructorsClosed(ClassTree type, TypeBody body, Set<Member> removed) {
        if (type.getKind() != Tree.Kind.CLASS) {
            return;
        }
        List<Member> constructors = body.members().stream()
                .filter(member -> isConstructor(member.tree()))
                .toList();
        if (constructors.isEmpty() || !removed.containsAll(constructors)) {
            return;
        }
        Member first = constructors.get(0);
        removed.remove(first);
        edits.replace(
                JavaText.skipSpace(file.text(), first.leadStart()),
                first.end(),
                "private " + type.getSimpleName() + "() {}");
    }

    private void remove(Member member) {
        edits.remove(member.leadStart(), member.tailEnd());
    }

    /** Where the first members went, the blank line that parted them from the next would open the body. */
    private void closeGap(TypeBody body, Set<Member> removed) {
        List<Member> members = body.members();
        int kept = 0;
        while (kept < members.size() && removed.contains(members.get(kept))) {
            kept++;
        }
        if (kept == 0 || kept == members.size()) {
            return;
        }
        int lead = members.get(kept).leadStart();
        int lastLineBreak =
                file.text().lastIndexOf(JavaText.lineBreak(file.text()), JavaText.skipSpace(file.text(), lead));
        if (!blankLineAt(members.get(0).leadStart()) && lastLineBreak > lead) {
            edits.remove(lead, lastLineBreak);
        }
    }

    private boolean blankLineAt(int offset) {
        String space = file.text().substring(offset, JavaText.skipSpace(file.text(), offset));
        return space.indexOf('\n') != space.lastIndexOf('\n');
    }

    private void checkRemovable(TypeBody body, Member member) {
        if (body.isEnumConstant(member.tree())) {
            throw new IllegalArgumentException(
                    file.name() + ":" + file.lineOf(member.tree()) + ": an enum constant cannot be @Solution");
        }
    }
}
