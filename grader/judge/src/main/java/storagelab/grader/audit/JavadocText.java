package storagelab.grader.audit;

import com.sun.source.doctree.DocTree;
import com.sun.source.doctree.EndElementTree;
import com.sun.source.doctree.EntityTree;
import com.sun.source.doctree.InheritDocTree;
import com.sun.source.doctree.LinkTree;
import com.sun.source.doctree.LiteralTree;
import com.sun.source.doctree.StartElementTree;
import com.sun.source.doctree.TextTree;
import com.sun.source.util.DocTreeScanner;
import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import storagelab.grader.splice.SourceFile;

/**
 * Javadoc as paragraphs and list items of plain text. Code and links become text between backticks; preformatted text
 * and tables are left out.
 */
final class JavadocText {
    private static final Pattern CODE = Pattern.compile("`[^`]*`");

    private JavadocText() {}

    /** {@code text} with an X for every character of code: code is not English. */
    static String withoutCode(String text) {
        return CODE.matcher(text).replaceAll(code -> "X".repeat(code.group().length()));
    }

    /**
     * A paragraph or the text of a list item.
     *
     * @param text without line breaks
     * @param isItem whether it stands in a list
     */
    record Block(String text, boolean isItem) {
        /** The sentences of the text. A dot in code does not end a sentence. */
        List<String> sentences() {
            BreakIterator ends = BreakIterator.getSentenceInstance(Locale.ENGLISH);
            ends.setText(withoutCode(text));
            List<String> sentences = new ArrayList<>();
            int start = ends.first();
            for (int end = ends.next(); end != BreakIterator.DONE; start = end, end = ends.next()) {
                sentences.add(text.substring(start, end).strip());
            }
            return sentences;
        }
    }

    /**
     * The blocks of {@code trees}, which stand in {@code file}.
     *
     * @param inherited what {@code {@inheritDoc}} stands for
     */
    static List<Block> blocks(SourceFile file, List<? extends DocTree> trees, List<Block> inherited) {
        Reader reader = new Reader(file, inherited);
        reader.scan(trees, null);
        reader.endBlock();
        return reader.blocks;
    }

    private static final class Reader extends DocTreeScanner<@Nullable Void, @Nullable Void> {
        private static final Set<String> LEFT_OUT = Set.of("pre", "table");
        private static final Set<String> LISTS = Set.of("ul", "ol", "dl");
        private static final Set<String> ITEMS = Set.of("li", "dt", "dd");

        private final SourceFile file;
        private final List<Block> inherited;
        private final List<Block> blocks = new ArrayList<>();
        private final StringBuilder text = new StringBuilder();
        private int leftOut;
        private int lists;

        Reader(SourceFile file, List<Block> inherited) {
            this.file = file;
            this.inherited = inherited;
        }

        void endBlock() {
            String line = text.toString().replaceAll("\\s+", " ").strip();
            if (!line.isEmpty()) {
                blocks.add(new Block(line, lists > 0));
            }
            text.setLength(0);
        }

        private void add(String more) {
            if (leftOut == 0) {
                text.append(more);
            }
        }

        @Override
        public @Nullable Void visitStartElement(StartElementTree element, @Nullable Void unused) {
            String name = element.getName().toString().toLowerCase(Locale.ROOT);
            if (LEFT_OUT.contains(name)) {
                endBlock();
                leftOut++;
            } else if (LISTS.contains(name)) {
                endBlock();
                lists++;
            } else if (name.equals("p") || ITEMS.contains(name)) {
                endBlock();
            }
            return null;
        }

        @Override
        public @Nullable Void visitEndElement(EndElementTree element, @Nullable Void unused) {
            String name = element.getName().toString().toLowerCase(Locale.ROOT);
            if (LEFT_OUT.contains(name)) {
                leftOut--;
            } else if (LISTS.contains(name)) {
                endBlock();
                lists--;
            }
            return null;
        }

        @Override
        public @Nullable Void visitText(TextTree words, @Nullable Void unused) {
            add(words.getBody());
            return null;
        }

        @Override
        public @Nullable Void visitEntity(EntityTree entity, @Nullable Void unused) {
            add(file.characters(entity));
            return null;
        }

        @Override
        public @Nullable Void visitLiteral(LiteralTree code, @Nullable Void unused) {
            add("`" + code.getBody().getBody().strip() + "`");
            return null;
        }

        @Override
        public @Nullable Void visitLink(LinkTree link, @Nullable Void unused) {
            if (link.getLabel().isEmpty()) {
                String target = link.getReference().getSignature();
                String name = target.substring(target.lastIndexOf('.', Math.max(0, target.indexOf('#'))) + 1);
                add("`" + (name.startsWith("#") ? name.substring(1) : name).replace('#', '.') + "`");
                return null;
            }
            return scan(link.getLabel(), null);
        }

        @Override
        public @Nullable Void visitInheritDoc(InheritDocTree tag, @Nullable Void unused) {
            endBlock();
            blocks.addAll(inherited);
            return null;
        }
    }
}
