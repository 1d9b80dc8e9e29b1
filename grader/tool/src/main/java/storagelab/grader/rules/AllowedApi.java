package storagelab.grader.rules;

import com.google.common.base.Splitter;
import com.google.common.io.Resources;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;

/**
 * What the code of a submission may use: types with all of their members, types with some members, and packages. Any type that the list
 * does not name is refused, so that a forgotten type cannot be a hole. The file {@code allowed-api.txt} describes its format.
 *
 * <p>Names are those of class files: {@code java/util/Map$Entry}.
 *
 * <p>Concurrency: immutable.
 */
final class AllowedApi {
    private static final Splitter WORDS = Splitter.on(' ').omitEmptyStrings();
    private static final String INDENT = "  ";

    private final Set<String> types = new HashSet<>();
    private final Map<String, Set<String>> members = new HashMap<>();
    private final Set<String> packages = new HashSet<>();
    private final NavigableMap<String, String> reasons = new TreeMap<>();

    private AllowedApi() {}

    /** The list of this course. */
    static AllowedApi ofTheCourse() {
        try {
            return parse(Resources.toString(
                    Resources.getResource(AllowedApi.class, "allowed-api.txt"), StandardCharsets.UTF_8));
        } catch (IOException unreadable) {
            throw new UncheckedIOException("the list of what submissions may use", unreadable);
        }
    }

    /**
     * Reads a list.
     *
     * @throws IllegalArgumentException if a line is neither of the format nor a comment
     */
    static AllowedApi parse(String text) {
        AllowedApi api = new AllowedApi();
        String heading = "";
        for (String line : (Iterable<String>) text.lines()::iterator) {
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            if (line.startsWith(INDENT)) {
                api.add(heading, line.strip());
            } else {
                heading = line;
            }
        }
        return api;
    }

    private void add(String heading, String line) {
        List<String> words = WORDS.splitToList(heading);
        String kind = words.isEmpty() ? "" : words.get(0);
        String name = words.size() == 2 ? internal(words.get(1)) : "";
        switch (kind) {
            case "types" -> WORDS.split(line).forEach(type -> types.add(name + "/" + type));
            case "members" ->
                WORDS.split(line)
                        .forEach(member -> members.computeIfAbsent(name, any -> new HashSet<>())
                                .add(member));
            case "packages" -> WORDS.split(line).forEach(one -> packages.add(internal(one)));
            case "why" -> reasons.put(name, line);
            default -> throw new IllegalArgumentException("\"" + heading + "\" above \"" + line + "\"");
        }
    }

    private static String internal(String name) {
        return name.replace('.', '/');
    }

    /** Whether a type is named, with all or some of its members. */
    boolean knows(String type) {
        return hasAllMembers(type) || members.containsKey(type);
    }

    /** Whether only some members of a type may be used. */
    boolean isRestricted(String type) {
        return members.containsKey(type);
    }

    /**
     * Whether a member of a type may be used.
     *
     * @param member name of a method or a field, or {@code <init>} or {@code <extends>}
     * @param descriptor of a method; empty for everything else
     */
    boolean allows(String type, String member, String descriptor) {
        Collection<String> some = members.get(type);
        if (some == null) {
            return hasAllMembers(type);
        }
        return some.stream().anyMatch(one -> one.equals(member) || isPrefix(one, member, descriptor));
    }

    private static boolean isPrefix(String allowed, String member, String descriptor) {
        int parenthesis = allowed.indexOf('(');
        return parenthesis > 0
                && allowed.substring(0, parenthesis).equals(member)
                && descriptor.startsWith(allowed.substring(parenthesis));
    }

    private boolean hasAllMembers(String type) {
        if (members.containsKey(type)) {
            return false;
        }
        int slash = type.lastIndexOf('/');
        int dollar = type.indexOf('$', slash + 1);
        return types.contains(type)
                || (dollar > 0 && types.contains(type.substring(0, dollar)))
                || (slash > 0 && packages.contains(type.substring(0, slash)));
    }

    /** Why a type is refused, in words for a student. */
    String reason(String type) {
        String best = "";
        for (Map.Entry<String, String> one : reasons.headMap(type, true).entrySet()) {
            best = type.startsWith(one.getKey()) && one.getKey().length() >= best.length() ? one.getKey() : best;
        }
        return reasons.getOrDefault(best, "it is not part of this course");
    }
}
