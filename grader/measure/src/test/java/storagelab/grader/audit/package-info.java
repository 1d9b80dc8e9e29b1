/** Tests of the audit that look at the whole course. */
@NullMarked
package storagelab.grader.audit;

import org.jspecify.annotations.NullMarked;
