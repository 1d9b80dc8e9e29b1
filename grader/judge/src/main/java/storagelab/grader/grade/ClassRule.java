package storagelab.grader.grade;

import java.util.Optional;
import org.objectweb.asm.ClassReader;

/** One thing that a submission's class file must not do. Rules are a list, so that stricter ones can be added. */
@FunctionalInterface
public interface ClassRule {
    /**
     * What is wrong with a class, in words that follow "it"; empty if nothing.
     *
     * @param source path of the source that the class was compiled from
     */
    Optional<String> violation(String source, ClassReader content);
}
