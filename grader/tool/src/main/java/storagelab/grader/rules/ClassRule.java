package storagelab.grader.rules;

import java.util.Optional;
import org.objectweb.asm.ClassReader;

/** One thing that a class file of a submission must be, or must not do. */
@FunctionalInterface
public interface ClassRule {
    /**
     * What is wrong with a class; empty if nothing.
     *
     * @param source path of the source that the class was compiled from
     */
    Optional<Violation> violation(String source, ClassReader content);

    /**
     * What breaks a rule.
     *
     * @param line of the source, counted from 1; 0 if it is about the class as a whole
     * @param words what the code does and why it is refused, to follow "it"
     */
    record Violation(long line, String words) {}
}
