package storagelab.grader.batch;

import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import storagelab.grader.grade.GradePipeline;
import storagelab.grader.grade.JavaTokens;

/**
 * A sample of what a student has written, by which two submissions can be compared without their texts.
 *
 * <p>Each sequence of {@value #LENGTH} tokens that the starter does not have is hashed, and the hashes that are divisible by {@value
 * #ONE_IN} are kept. Two texts that share sequences share the same part of them, since both keep the same hashes (Broder's
 * sketches; JPlag and MOSS choose theirs in another way).
 */
public final class Fingerprint {
    /** How many sequences a kept hash stands for. */
    public static final int ONE_IN = 4;

    private static final int LENGTH = 16;

    private Fingerprint() {}

    /** The hashes of all sources together, in order. */
    static List<Long> of(List<GradePipeline.OwnSource> sources) {
        Set<Long> hashes = new TreeSet<>();
        for (GradePipeline.OwnSource source : sources) {
            Set<Long> given = new HashSet<>(hashes(source.starter()));
            hashes(source.text()).stream().filter(hash -> !given.contains(hash)).forEach(hashes::add);
        }
        return new ArrayList<>(hashes);
    }

    private static List<Long> hashes(String text) {
        List<String> tokens = JavaTokens.of(text);
        List<Long> kept = new ArrayList<>();
        for (int from = 0; from + LENGTH <= tokens.size(); from++) {
            Hasher hasher = Hashing.murmur3_128().newHasher();
            for (String token : tokens.subList(from, from + LENGTH)) {
                hasher.putString(token, StandardCharsets.UTF_8).putChar(' ');
            }
            long hash = hasher.hash().asLong();
            if (hash % ONE_IN == 0) {
                kept.add(hash);
            }
        }
        return kept;
    }
}
