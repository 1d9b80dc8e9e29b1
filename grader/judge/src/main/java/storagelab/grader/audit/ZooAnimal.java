package storagelab.grader.audit;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One solution of an exercise that is wrong in a known way, or right in another way than the reference.
 *
 * @param name of its file, without the ending
 * @param exercise its id
 * @param type binary name of the top-level class that it goes into
 * @param on name of the other animal of the exercise that it is a change of; empty if it is a change of the reference
 * @param isWrong whether the hidden tests must catch it; if not, they must accept it
 * @param because what is wrong with it, or what is different, in one sentence
 * @param text the file
 */
record ZooAnimal(
        String name, String exercise, String type, Optional<String> on, boolean isWrong, String because, String text) {
    private static final Pattern HEAD_LINE = Pattern.compile("// *([a-z]+): *(.*)");

    /**
     * Reads an animal's file.
     *
     * @throws IllegalArgumentException if its head lacks a line or has a wrong one
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
        return new ZooAnimal(
                name,
                required(head, "exercise", name),
                required(head, "type", name),
                Optional.ofNullable(head.get("on")),
                verdict.equals("caught"),
                required(head, "because", name),
                text);
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

    /** {@code "1.1 MidpointOverflow (the midpoint overflows …)"}. */
    String describe() {
        return "%s %s (%s)".formatted(exercise, name, because);
    }
}
