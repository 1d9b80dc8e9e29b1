package storagelab.grader.audit;

/**
 * A sentence of a statement that a solution can break.
 *
 * @param exercise id of the exercise
 * @param place the declaration above which it stands: {@code "BinarySearch.indexOf(IntSequence, int)"}
 * @param sentence without line breaks, code between backticks
 */
record Promise(String exercise, String place, String sentence) {}
