package storagelab.grader.rules;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * A class uses only what {@link AllowedApi} names, and what the course and the submission consist of. Every type and every member that
 * its instructions name is looked up.
 *
 * <p>A member may be named by a subtype: {@code class Worker extends Thread} calls {@code getStackTrace()} as a method of {@code Worker}.
 * Therefore a member that a type of the submission does not declare is looked up in its supertypes, and a member of a type of the JDK
 * in all supertypes that have a rule of their own.
 *
 * <p>Cost: one pass over each class.
 */
public final class ApiRule implements ClassRule {
    private static final String COURSE = "storagelab/";
    private static final List<String> NOT_FOR_SUBMISSIONS =
            List.of("storagelab/grader/", "storagelab/testkit/", "storagelab/disk/");

    private final AllowedApi api = AllowedApi.ofTheCourse();
    private final Map<String, OwnType> own = new HashMap<>();

    /** A type of the submission: what it is under, and what it declares. */
    private record OwnType(List<String> supertypes, Set<String> members) {}

    /**
     * A rule for the classes of a submission.
     *
     * @param classes all class files that were compiled from it, by binary name
     */
    public ApiRule(Map<String, byte[]> classes) {
        classes.values().forEach(content -> {
            ClassReader reader = new ClassReader(content);
            List<String> supertypes = new ArrayList<>(List.of(reader.getInterfaces()));
            if (reader.getSuperName() != null) {
                supertypes.add(reader.getSuperName());
            }
            Set<String> members = new TreeSet<>();
            reader.accept(new MemberNames(members), ClassReader.SKIP_CODE | ClassReader.SKIP_DEBUG);
            own.put(reader.getClassName(), new OwnType(supertypes, members));
        });
    }

    @Override
    public Optional<Violation> violation(String source, ClassReader content) {
        List<Violation> found = new ArrayList<>();
        content.accept(
                new UseVisitor((line, type, member, descriptor) ->
                        refusal(type, member, descriptor).ifPresent(words -> found.add(new Violation(line, words)))),
                ClassReader.SKIP_FRAMES);
        return found.stream().min(Comparator.comparingLong(Violation::line));
    }

    private Optional<String> refusal(String type, String member, String descriptor) {
        String named = elementType(type);
        if (named.isEmpty() || (type.startsWith("[") && member.equals("clone"))) {
            return Optional.empty();
        }
        boolean isAllowed = member.isEmpty() ? isKnown(named) : allows(named, member, descriptor);
        if (isAllowed) {
            return Optional.empty();
        }
        String name = named.replace('/', '.').replace('$', '.');
        return Optional.of(use(name, member, descriptor) + ": " + api.reason(named));
    }

    private static String use(String name, String member, String descriptor) {
        return switch (member) {
            case "" -> "uses " + name;
            case UseVisitor.EXTENDS -> "extends " + name;
            case "<init>" -> "calls new " + name;
            default -> (descriptor.isEmpty() ? "uses " : "calls ") + name + "." + member;
        };
    }

    private boolean isKnown(String type) {
        return isOfTheCourse(type) || own.containsKey(type) || api.knows(type);
    }

    private static boolean isOfTheCourse(String type) {
        return type.startsWith(COURSE) && NOT_FOR_SUBMISSIONS.stream().noneMatch(type::startsWith);
    }

    private boolean allows(String type, String member, String descriptor) {
        OwnType declared = own.get(type);
        if (declared != null) {
            return member.equals(UseVisitor.EXTENDS)
                    || declared.members().contains(member)
                    || declared.supertypes().stream().allMatch(above -> leaves(above, member, descriptor));
        }
        if (isOfTheCourse(type) || api.allows(type, member, descriptor)) {
            return isOfTheCourse(type) || supertypesLeave(type, member, descriptor);
        }
        return false;
    }

    /** Whether a supertype does not forbid a member: it allows it, or it does not have it. */
    private boolean leaves(String type, String member, String descriptor) {
        if (own.containsKey(type) || isOfTheCourse(type)) {
            return allows(type, member, descriptor);
        }
        return api.allows(type, member, descriptor)
                ? supertypesLeave(type, member, descriptor)
                : !JdkTypes.declares(type, member) && supertypesLeave(type, member, descriptor);
    }

    /** Whether none of the JDK's types above a type of the JDK forbids the member. */
    private boolean supertypesLeave(String type, String member, String descriptor) {
        if (api.isRestricted(type) && api.allows(type, member, descriptor)) {
            return true; // its own rule is the nearest
        }
        return JdkTypes.above(type).stream()
                .filter(api::isRestricted)
                .allMatch(above -> api.allows(above, member, descriptor) || !JdkTypes.declares(above, member));
    }

    /** The type of the elements of an array, or the type itself; empty if that is a primitive one. */
    private static String elementType(String type) {
        int depth = type.lastIndexOf('[') + 1;
        if (depth == 0) {
            return type;
        }
        return type.charAt(depth) == 'L' ? type.substring(depth + 1, type.length() - 1) : "";
    }

    /** Collects the names of the members that a class declares. */
    private static final class MemberNames extends ClassVisitor {
        private final Set<String> names;

        MemberNames(Set<String> names) {
            super(Opcodes.ASM9);
            this.names = names;
        }

        @Override
        public org.objectweb.asm.@Nullable FieldVisitor visitField(
                int access, String name, String descriptor, @Nullable String signature, @Nullable Object value) {
            names.add(name);
            return null;
        }

        @Override
        public @Nullable MethodVisitor visitMethod(
                int access,
                String name,
                String descriptor,
                @Nullable String signature,
                String @Nullable [] exceptions) {
            names.add(name);
            return null;
        }
    }
}
