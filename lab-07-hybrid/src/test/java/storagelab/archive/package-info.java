/** Tests of the archive. */
@NullMarked
package storagelab.archive;

import org.jspecify.annotations.NullMarked;
