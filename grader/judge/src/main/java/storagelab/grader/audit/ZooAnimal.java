package storagelab.grader.audit;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import storagelab.grader.splice.SourceFile;
import storagelab.grader.splice.Splicer;

/**
 * One solution of an exercise that is wrong in a known way, or right in another way than the reference: a head, and what it
 * changes. That is a {@link ZooEdit}, a few old and new lines, wherever most of the reference stays; a solution that is
 * its own throughout is written as Java, whose members replace those of the reference ({@link Splicer}).
 *
 * @param name of its file, without the ending
 * @param exercise its id
 * @param type binary name of the top-level class that it goes into
 * @param on name of the other animal of the exercise that it is a change of; empty if it is a change of the reference
 * @param isWrong whether the tests must catch it; if not, they must accept it
 * @param because what is wrong with it, or what is different, in one sentence
 * @param text the file
 */
record ZooAnimal(
        String name, String exercise, String type, Optional<String> on, boolean isWrong, String because, String text) {
    private static final Pattern HEAD_LINE = Pattern.compile("// *([a-z]+): *(.*)");

    /**
     * Reads an animal's file.
     *
     * @throws IllegalArgumentException if its head lacks a line or has a wrong one, or its edit cannot be read
     */
    static ZooAnimal parse(String name, String text) {
        Map<String, String> head = new HashMap<>();
        for (String line : text.lines().takeWhile(line -> line.startsWith("//")).toList()) {
            Matcher matcher = HEAD_LINE.matcher(line);
            if (matcher.matches()) {
                head.put(matcher.group(1), matcher.group(2).strip());
            }
        }
        String verdict = required(head, "verdict", name);
        if (!verdict.equals("caught") && !verdict.equals("accepted")) {
            throw new IllegalArgumentException(name + ": the verdict is caught or accepted, not " + verdict);
        }
        if (ZooEdit.isEdit(text)) {
            checkEdit(name, text);
        }
        return new ZooAnimal(
                name,
                required(head, "exercise", name),
                required(head, "type", name),
                Optional.ofNullable(head.get("on")),
                verdict.equals("caught"),
                required(head, "because", name),
                text);
    }

    private static void checkEdit(String name, String text) {
        try {
            ZooEdit.parse(text);
        } catch (IllegalArgumentException misshapen) {
            throw new IllegalArgumentException(name + ": " + misshapen.getMessage(), misshapen);
        }
    }

    private static String required(Map<String, String> head, String key, String name) {
        String value = head.getOrDefault(key, "");
        if (value.isEmpty()) {
            throw new IllegalArgumentException(name + ": its head has no line '// " + key + ": …'");
        }
        return value;
    }

    /** Whether this animal is a change of {@code other}, which has to be a change of the reference itself. */
    boolean isOn(ZooAnimal other) {
        return on.filter(other.name::equals).isPresent()
                && exercise.equals(other.exercise)
                && type.equals(other.type)
                && other.on.isEmpty();
    }

    /**
     * A source file with this animal in it.
     *
     * @throws storagelab.grader.splice.SpliceException if the animal does not fit there
     * @throws storagelab.grader.splice.SyntaxException if one of the two is not Java
     */
    String applyTo(String path, String source) {
        if (ZooEdit.isEdit(text)) {
            return ZooEdit.parse(text).applyTo(source);
        }
        return Splicer.splice(SourceFile.parse(path, source), SourceFile.parse(name + ".java", text));
    }

    /** {@code "1.1 MidpointOverflow (the midpoint overflows …)"}. */
    String describe() {
        return "%s %s (%s)".formatted(exercise, name, because);
    }
}
