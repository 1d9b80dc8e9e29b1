/** The {@code lab} command: workspaces, tests, grading, benchmarks, reports and the audit of the course. */
@NullMarked
package storagelab.grader;

import org.jspecify.annotations.NullMarked;
