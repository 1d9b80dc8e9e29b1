package storagelab.grader.audit;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import storagelab.grader.audit.JavadocText.Block;

/**
 * Decides which sentences of a statement promise something. A sentence does if
 *
 * <ol>
 *   <li>it is the first sentence above a method or constructor: what the method is for;
 *   <li>it is the first sentence of a list item, after its heading: statements list steps, cases and invariants;
 *   <li>it stands in a paragraph that begins with {@code Cost:}, {@code Errors:}, {@code Interrupts:} or {@code
 *       Concurrency:};
 *   <li>it stands in {@code @return} or {@code @throws};
 *   <li>it has one of the {@link #WORDS}.
 * </ol>
 *
 * <p>A paragraph that begins with {@code Example} promises nothing of its own, and neither do preformatted text and
 * tables.
 */
final class Promises {
    private static final Pattern WORDS = Pattern.compile(
            "\\b(must|may|can|cannot|not|never|always|only|every|each|all|any|no|none|nothing|nobody|neither|nor|same|"
                    + "exactly|once|twice|at (the )?(most|least)|if|unless|whatever|even|also|otherwise|until|while|"
                    + "before|after|afterwards|without|order|ascending|throws?|thrown|refused|returns|clos(es|ed)|sync(s|ed)?|"
                    + "delet(es|ed)|waits?|counts?|counted|stays?|keeps?|reported)\\b|\\bO\\(",
            Pattern.CASE_INSENSITIVE);

    private static final Pattern LABEL = Pattern.compile("(Cost|Errors|Interrupts|Concurrency)\\b[^.]*?:.*");

    /** A word that names a list item. */
    private static final Pattern HEADING = Pattern.compile("\\w+\\.");

    private static final Pattern EXAMPLE = Pattern.compile("Example\\b.*");

    private Promises() {}

    /** The promising sentences of the text above a method or constructor. */
    static List<String> ofMethod(List<Block> blocks) {
        return sentences(blocks, true);
    }

    /** The promising sentences of the text above a type. */
    static List<String> ofType(List<Block> blocks) {
        return sentences(blocks, false);
    }

    private static List<String> sentences(List<Block> blocks, boolean method) {
        List<String> promising = new ArrayList<>();
        boolean example = false;
        boolean first = method;
        for (Block block : blocks) {
            if (!block.isItem()) {
                example = EXAMPLE.matcher(block.text()).matches();
            }
            if (!example) {
                addSentences(block, first, promising);
            }
            first = false;
        }
        return promising;
    }

    private static void addSentences(Block block, boolean first, List<String> promising) {
        boolean labelled = LABEL.matcher(block.text()).matches();
        boolean leads = first || block.isItem();
        for (String sentence : block.sentences()) {
            if (block.isItem() && HEADING.matcher(sentence).matches()) {
                continue;
            }
            if (leads || labelled || hasWord(sentence)) {
                promising.add(sentence);
            }
            leads = false;
        }
    }

    private static boolean hasWord(String sentence) {
        return WORDS.matcher(JavadocText.withoutCode(sentence)).find();
    }

    /** The promising sentences after {@code @param name}. */
    static List<String> ofParameter(String name, List<Block> blocks) {
        return after("@param " + name, ofType(blocks), blocks);
    }

    /** The sentences after {@code @return}, or {@code @throws} and the name of an exception: all of them promise. */
    static List<String> ofOutcome(String tag, List<Block> blocks) {
        return after(
                tag,
                blocks.stream().flatMap(block -> block.sentences().stream()).toList(),
                blocks);
    }

    private static List<String> after(String tag, List<String> promising, List<Block> blocks) {
        String first = blocks.isEmpty() ? "" : blocks.get(0).sentences().get(0);
        return promising.stream()
                .map(sentence -> sentence.equals(first) ? tag + " " + sentence : sentence)
                .toList();
    }
}
