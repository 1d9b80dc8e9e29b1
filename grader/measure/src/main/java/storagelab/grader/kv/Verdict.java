package storagelab.grader.kv;

import java.util.List;
import java.util.Map;

/**
 * What reading all of a store has found.
 *
 * @param isWhole whether nothing is damaged
 * @param findings one sentence for each damage
 * @param read what was read, such as {@code "3 entries in 1 table"}
 * @param numbers the same for a program
 */
record Verdict(boolean isWhole, List<String> findings, String read, Map<String, Object> numbers) {}
