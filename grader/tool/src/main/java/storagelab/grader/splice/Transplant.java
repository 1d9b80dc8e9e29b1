package storagelab.grader.splice;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.Tree;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import storagelab.grader.splice.TypeBody.Member;

/**
 * Takes one exercise's code out of the reference and puts it where the student's was, and leaves the student's other
 * exercises in the same file alone. The {@code @Solution} members that the taken code mentions come along, without the
 * annotation.
 */
public final class Transplant {
    private final String id;
    private final SourceFile reference;
    private final SourceFile student;
    private final Edits edits = new Edits();
    private final StringBuilder taken = new StringBuilder();

    private Transplant(String id, SourceFile reference, SourceFile student) {
        this.id = id;
        this.reference = reference;
        this.student = student;
    }

    /**
     * {@code student} with the code of exercise {@code id} from {@code reference}.
     *
     * @throws SpliceException if the student's file has lost a type or member that the exercise is about
     */
    public static String take(String id, SourceFile reference, SourceFile student) {
        String result = new Transplant(id, reference, student).take();
        return Stubber.unmarked(SourceFile.parse(student.name(), result));
    }

    /** The exercises that {@code file} has markers of, in the order of the text. */
    public static Set<String> idsIn(SourceFile file) {
        Set<String> ids = new LinkedHashSet<>();
        file.types().forEach(type -> collectIds(type, ids));
        return ids;
    }

    /** The text of every declaration of exercise {@code id} in {@code file}, in order. */
    public static List<String> textsOf(String id, SourceFile file) {
        List<String> texts = new ArrayList<>();
        file.types().forEach(type -> collectTexts(id, file, type, texts));
        return texts;
    }

    private static void collectIds(Tree declaration, Set<String> ids) {
        Markers.exerciseId(declaration).ifPresent(ids::add);
        if (declaration instanceof ClassTree type) {
            type.getMembers().forEach(member -> collectIds(member, ids));
        }
    }

    private static void collectTexts(String id, SourceFile file, Tree declaration, List<String> texts) {
        if (Markers.exerciseId(declaration).filter(id::equals).isPresent()) {
            texts.add(file.textOf(declaration));
        } else if (declaration instanceof ClassTree type) {
            type.getMembers().forEach(member -> collectTexts(id, file, member, texts));
        }
    }

    private String take() {
        List<Tree> present = new ArrayList<>(student.types());
        for (ClassTree type : reference.types()) {
            declaration(type, present);
        }
        if (taken.isEmpty()) {
            throw new SpliceException(reference.name() + " has nothing of exercise " + id);
        }
        new Additions(student, reference, edits).imports(taken.toString());
        return edits.apply(student.text());
    }

    private void declaration(Tree declaration, List<? extends Tree> siblings) {
        boolean marked = Markers.exerciseId(declaration).filter(id::equals).isPresent();
        if (!marked && !(declaration instanceof ClassTree)) {
            return;
        }
        Optional<Tree> counterpart = counterpart(declaration, siblings);
        if (marked) {
            replace(
                    counterpart.orElseThrow(() -> new SpliceException("%s has no %s any more"
                            .formatted(
                                    student.name(),
                                    Signature.of(declaration)
                                            .map(Signature::text)
                                            .orElse("such member")))),
                    declaration);
        } else if (counterpart.isPresent()) {
            inside((ClassTree) declaration, (ClassTree) counterpart.get());
        }
    }

    private void inside(ClassTree type, ClassTree counterpart) {
        int before = taken.length();
        for (Tree member : type.getMembers()) {
            declaration(member, counterpart.getMembers());
        }
        if (taken.length() > before) {
            bringHelpers(type, counterpart);
        }
    }

    /** The {@code @Solution} members of {@code type} that the taken code mentions, and those that they mention. */
    private void bringHelpers(ClassTree type, ClassTree counterpart) {
        List<Member> left = new ArrayList<>(TypeBody.of(reference, type).members());
        left.removeIf(member -> !Markers.isSolution(member.tree()));
        List<Member> added = new ArrayList<>();
        Optional<Member> next = firstMentioned(left);
        while (next.isPresent()) {
            Member helper = next.get();
            left.remove(helper);
            Optional<Tree> own = counterpart(helper.tree(), counterpart.getMembers());
            if (own.isPresent()) {
                replace(own.get(), helper.tree());
            } else {
                taken.append(reference.textOf(helper.tree()));
                added.add(helper);
            }
            next = firstMentioned(left);
        }
        new Additions(student, reference, edits)
                .members(added, TypeBody.of(student, counterpart).close());
    }

    private Optional<Member> firstMentioned(List<Member> helpers) {
        return helpers.stream().filter(helper -> isMentioned(helper.tree())).findFirst();
    }

    private boolean isMentioned(Tree helper) {
        String signature = Signature.of(helper).map(Signature::text).orElse("");
        String name = signature.replace("class ", "").replaceAll("\\(.*", "");
        return name.equals("<init>") || JavaText.mentions(taken.toString(), name);
    }

    private static Optional<Tree> counterpart(Tree declaration, List<? extends Tree> among) {
        Optional<Signature> signature = Signature.of(declaration);
        for (Tree candidate : among) {
            if (signature.isPresent() && Signature.of(candidate).equals(signature)) {
                return Optional.of(candidate);
            }
        }
        return Optional.empty();
    }

    private void replace(Tree own, Tree other) {
        edits.replace(student.start(own), student.end(own), reference.textOf(other));
        taken.append(reference.textOf(other)).append('\n');
    }
}
