package storagelab.grader.splice;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.Tree;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.lang.model.element.Modifier;
import storagelab.grader.splice.TypeBody.Member;

/**
 * Puts the members of one source into another, by signature: a wrong solution of the zoo into the reference.
 *
 * <p>A member replaces the one with the same signature in the type of the same name; the Javadoc of the replaced one
 * stays. Of a nested class the members count, as of the class around it, and so of a nested record whose components are
 * the same; any other nested record, enum or interface is replaced as a whole. A private or package-private member that is not there yet is added at the end of the type, and so is a type
 * that is not public at the end of the file. What is visible from outside must be there already, and at least one member
 * must replace another: so a refactoring of the reference that a splice does not know of is an error, not a silent no-op.
 * ({@code @Override} methods may be added: of them the compiler knows whether they fit.)
 */
public final class Splicer {
    private static final String WHOLE_TYPE = "// replace: type";

    private final SourceFile into;
    private final SourceFile from;
    private final Edits edits = new Edits();
    private int replaced;

    private Splicer(SourceFile into, SourceFile from) {
        this.into = into;
        this.from = from;
    }

    /**
     * {@code into} with what {@code from} declares in place of what has the same signature there. If {@code from} has the
     * line {@code // replace: type} in its head, its types replace those of {@code into} as a whole.
     *
     * @throws SpliceException if something that is to be replaced is not there
     */
    public static String splice(SourceFile into, SourceFile from) {
        return new Splicer(into, from).splice();
    }

    private String splice() {
        Map<String, ClassTree> present = new HashMap<>();
        into.types().forEach(type -> present.put(type.getSimpleName().toString(), type));
        boolean whole = from.text().lines().anyMatch(line -> line.strip().equals(WHOLE_TYPE));
        for (ClassTree type : from.types()) {
            ClassTree counterpart = present.get(type.getSimpleName().toString());
            if (counterpart == null) {
                addType(type);
            } else if (whole) {
                replace(counterpart, type);
            } else {
                members(counterpart, type);
            }
        }
        if (replaced == 0) {
            throw new SpliceException(from.name() + " replaces nothing in " + into.name());
        }
        new Additions(into, from, edits).imports(from.text());
        return edits.apply(into.text());
    }

    private void members(ClassTree target, ClassTree source) {
        Map<Signature, Member> present = new HashMap<>();
        TypeBody body = TypeBody.of(into, target);
        for (Member member : body.members()) {
            Signature.of(member.tree()).ifPresent(signature -> present.put(signature, member));
        }
        List<Member> added = new ArrayList<>();
        for (Member member : TypeBody.of(from, source).members()) {
            Optional<Member> counterpart =
                    Signature.of(member.tree()).map(present::get).filter(found -> found != null);
            if (counterpart.isPresent() && mergesWith(counterpart.get().tree(), member.tree())) {
                members((ClassTree) counterpart.get().tree(), (ClassTree) member.tree());
            } else if (counterpart.isPresent()) {
                replace(counterpart.get().tree(), member.tree());
            } else {
                checkMayBeAdded(source, member.tree());
                added.add(member);
            }
        }
        new Additions(into, from, edits).members(added, body.close());
    }

    private boolean mergesWith(Tree target, Tree source) {
        if (target.getKind() != source.getKind()) {
            return false;
        }
        return switch (target.getKind()) {
            case CLASS -> true;
            case RECORD ->
                TypeBody.of(into, (ClassTree) target)
                        .head()
                        .equals(TypeBody.of(from, (ClassTree) source).head());
            default -> false;
        };
    }

    private void checkMayBeAdded(ClassTree type, Tree member) {
        Set<Modifier> flags =
                Markers.modifiers(member).map(modifiers -> modifiers.getFlags()).orElse(Set.of());
        boolean visible = flags.contains(Modifier.PUBLIC) || flags.contains(Modifier.PROTECTED);
        if (visible && Markers.annotation(member, "Override").isEmpty()) {
            throw new SpliceException("%s:%d: %s has no member %s to replace"
                    .formatted(
                            from.name(),
                            from.lineOf(member),
                            type.getSimpleName(),
                            Signature.of(member).map(Signature::text).orElse("of this kind")));
        }
    }

    private void addType(ClassTree type) {
        if (type.getModifiers().getFlags().contains(Modifier.PUBLIC)) {
            throw new SpliceException(
                    from.name() + ": there is no type " + type.getSimpleName() + " in " + into.name());
        }
        String lineBreak = JavaText.lineBreak(into.text());
        edits.insert(into.text().length(), lineBreak + from.textOf(type) + lineBreak);
    }

    private void replace(Tree target, Tree source) {
        edits.replace(into.start(target), into.end(target), from.textOf(source));
        replaced++;
    }
}
