package storagelab.grader.splice;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.ModifiersTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Where the members of a type are in its text. Comments belong to the member they stand before; a comment at the end of
 * a line belongs to the member that ends there.
 */
final class TypeBody {
    private final SourceFile file;
    private final ClassTree type;
    private final int open;
    private final List<Member> members;

    /**
     * A member and its place.
     *
     * @param leadStart where the white space and comments before it begin
     * @param start of its first modifier
     * @param end after its last character
     * @param tailEnd after its separators and the comment that ends its line
     */
    record Member(Tree tree, int leadStart, int start, int end, int tailEnd) {}

    private TypeBody(SourceFile file, ClassTree type) {
        this.file = file;
        this.type = type;
        this.open = openBrace(file, type);
        this.members = members(file, typeMembers());
    }

    /** The body of {@code type}. */
    static TypeBody of(SourceFile file, ClassTree type) {
        return new TypeBody(file, type);
    }

    /** The types of a file, placed as the members of a body are. */
    static List<Member> topLevel(SourceFile file) {
        int head = 0;
        for (Tree before : file.unit().getImports()) {
            head = Math.max(head, file.end(before));
        }
        if (file.unit().getPackage() != null) {
            head = Math.max(head, file.end(file.unit().getPackage()));
        }
        return place(file, new ArrayList<>(file.types()), JavaText.trailingEnd(file.text(), head));
    }

    /** The members in the order of the text, enum constants among them, record components not. */
    List<Member> members() {
        return members;
    }

    /** What stands between the modifiers and the body, without its white space: {@code recordSpan(longoffset,intlength)}. */
    String head() {
        int from = afterModifiers(file, type.getModifiers(), file.start(type));
        return file.text().substring(from, open).replaceAll("\\s", "");
    }

    /** Offset of the brace that opens the body. */
    int open() {
        return open;
    }

    /** Offset of the brace that closes the body. */
    int close() {
        return file.end(type) - 1;
    }

    /** Whether {@code member} is a constant of this enum. */
    boolean isEnumConstant(Tree member) {
        if (type.getKind() != Tree.Kind.ENUM || !(member instanceof VariableTree variable)) {
            return false;
        }
        int at = JavaText.skipSpace(file.text(), afterModifiers(file, variable.getModifiers(), file.start(member)));
        String name = variable.getName().toString();
        if (!file.text().startsWith(name, at)) {
            return false;
        }
        int next = JavaText.skipSpace(file.text(), at + name.length());
        return !Character.isJavaIdentifierPart(file.text().charAt(next)) || next == at + name.length();
    }

    private List<Tree> typeMembers() {
        List<Tree> trees = new ArrayList<>();
        for (Tree member : type.getMembers()) {
            if (file.start(member) > open && file.end(member) > 0) {
                trees.add(member);
            }
        }
        return trees;
    }

    private List<Member> members(SourceFile source, List<Tree> trees) {
        return place(source, trees, JavaText.trailingEnd(source.text(), open + 1));
    }

    private static List<Member> place(SourceFile file, List<? extends Tree> trees, int from) {
        List<Tree> ordered = new ArrayList<>(trees);
        ordered.sort(Comparator.comparingInt(file::start).thenComparingInt(file::end));
        List<Member> placed = new ArrayList<>();
        int lead = from;
        for (Tree tree : ordered) {
            int end = file.end(tree);
            int tail = JavaText.trailingEnd(file.text(), end);
            placed.add(new Member(tree, Math.min(lead, file.start(tree)), file.start(tree), end, tail));
            lead = Math.max(lead, tail);
        }
        return List.copyOf(placed);
    }

    private static int openBrace(SourceFile file, ClassTree type) {
        return JavaText.find(file.text(), '{', afterModifiers(file, type.getModifiers(), file.start(type)));
    }

    private static int afterModifiers(SourceFile file, ModifiersTree modifiers, int otherwise) {
        int end = file.end(modifiers);
        return end < 0 ? otherwise : Math.max(end, otherwise);
    }
}
