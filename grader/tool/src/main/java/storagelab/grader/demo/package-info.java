/**
 * Running experiments for a reader: the question, a prediction, the table, the plots, and what was seen.
 *
 * <p>Everything here except {@link storagelab.grader.demo.DemoProcess} and {@link storagelab.grader.demo.DemoOptions}
 * runs in a JVM of its own, whose class path begins with the classes of the workspace, so that the code which is
 * measured is the student's.
 */
@NullMarked
package storagelab.grader.demo;

import org.jspecify.annotations.NullMarked;
