/** Proof that the course holds: what {@code lab audit} checks about reference, starter, hidden tests and zoo. */
@NullMarked
package storagelab.grader.audit;

import org.jspecify.annotations.NullMarked;
