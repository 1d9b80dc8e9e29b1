/** The experiments of bound searches. */
@NullMarked
package storagelab.bounds.experiment;

import org.jspecify.annotations.NullMarked;
