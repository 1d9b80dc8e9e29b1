/** Tests of the audit itself: a check that cannot fail proves nothing. */
@NullMarked
package storagelab.grader.audit;

import org.jspecify.annotations.NullMarked;
