package storagelab.grader.starter;

import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.SortedMap;

/**
 * The version of a lab: 12 hexadecimal digits of a SHA-256 over what students get of it that its verdicts depend on, which are its sources and
 * its public tests. Two checkouts with the same texts have the same versions.
 */
public final class CourseVersion {
    private static final int DIGITS = 12;
    private static final String SOLUTION = "storagelab/course/Solution.java";

    private CourseVersion() {}

    /**
     * The version of a lab.
     *
     * @param sources as they are handed out, by path
     * @param tests public tests and their resources, by path
     */
    public static String of(SortedMap<String, String> sources, SortedMap<String, byte[]> tests) {
        Hasher hasher = Hashing.sha256().newHasher();
        for (Map.Entry<String, String> source : sources.entrySet()) {
            if (!source.getKey().endsWith(SOLUTION)) { // only the reference has it
                add(hasher, source.getKey(), source.getValue().getBytes(StandardCharsets.UTF_8));
            }
        }
        tests.forEach((path, content) -> add(hasher, path, content));
        return hasher.hash().toString().substring(0, DIGITS);
    }

    private static void add(Hasher hasher, String path, byte[] content) {
        String name = path.substring(path.indexOf("/src/") + 1); // with the module before it, or without
        hasher.putUnencodedChars(name).putChar('\0').putInt(content.length).putBytes(content);
    }
}
