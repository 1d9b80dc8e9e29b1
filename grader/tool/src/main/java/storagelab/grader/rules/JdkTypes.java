package storagelab.grader.rules;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The types of the JDK as this JVM has them. None of them is initialized by looking at it. */
final class JdkTypes {
    private JdkTypes() {}

    /** All types above a type, without itself; empty if it is not one of the JDK. */
    static Set<String> above(String type) {
        Set<String> found = new LinkedHashSet<>();
        Deque<Class<?>> left = new ArrayDeque<>();
        find(type).ifPresent(left::add);
        while (!left.isEmpty()) {
            Class<?> next = left.remove();
            Stream.concat(Stream.ofNullable(next.getSuperclass()), Arrays.stream(next.getInterfaces()))
                    .filter(above -> found.add(above.getName().replace('.', '/')))
                    .forEach(left::add);
        }
        return found;
    }

    /** Whether a type itself declares a member of that name. A type that is not found has every member. */
    static boolean declares(String type, String member) {
        return find(type)
                .map(found -> member.equals("<init>")
                        || Arrays.stream(found.getDeclaredMethods())
                                .anyMatch(method -> method.getName().equals(member))
                        || Arrays.stream(found.getDeclaredFields())
                                .anyMatch(field -> field.getName().equals(member)))
                .orElse(true);
    }

    private static Optional<Class<?>> find(String type) {
        try {
            return Optional.of(Class.forName(type.replace('/', '.'), false, ClassLoader.getPlatformClassLoader()));
        } catch (ClassNotFoundException | LinkageError unknown) {
            return Optional.empty();
        }
    }
}
