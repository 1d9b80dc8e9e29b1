package storagelab.grader.starter;

import java.nio.file.Path;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Takes the links out of a page that would lead nowhere in a workspace; their words stay. */
final class MarkdownLinks {
    private static final Pattern RELATIVE =
            Pattern.compile("(?<!!)\\[([^\\]\\[]*)]\\((?![a-z]+:|#)([^)#\\s]+)(#[^)]*)?\\)");

    private MarkdownLinks() {}

    /**
     * {@code text} with only those relative links whose target exists.
     *
     * @param path of the page, from the root of the workspace
     * @param exists whether there is a file or directory at a path from the root
     */
    static String keepResolving(String text, String path, Predicate<String> exists) {
        return RELATIVE.matcher(text).replaceAll(link -> {
            Path folder = Path.of("/" + path).getParent();
            Path target = (folder == null ? Path.of("/") : folder)
                    .resolve(link.group(2))
                    .normalize();
            String fromRoot = target.toString().replace('\\', '/').substring(1);
            return Matcher.quoteReplacement(exists.test(fromRoot) ? link.group() : link.group(1));
        });
    }
}
