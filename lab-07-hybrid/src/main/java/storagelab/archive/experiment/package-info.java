/** The experiments on the archive. */
@NullMarked
package storagelab.archive.experiment;

import org.jspecify.annotations.NullMarked;
