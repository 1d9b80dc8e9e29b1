/** Public tests of the filters. */
@NullMarked
package storagelab.bloom;

import org.jspecify.annotations.NullMarked;
