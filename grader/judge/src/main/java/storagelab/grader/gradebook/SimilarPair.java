package storagelab.grader.gradebook;

/**
 * Two submissions that share text which is in no starter.
 *
 * @param first the name of one
 * @param second the name of the other
 * @param percent of the smaller text that is in the other one, too
 * @param sequences how many sequences of 16 tokens they share, about
 */
public record SimilarPair(String first, String second, int percent, long sequences) {}
