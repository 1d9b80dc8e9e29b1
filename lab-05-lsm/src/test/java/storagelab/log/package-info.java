/** Public tests of the log. */
@NullMarked
package storagelab.log;

import org.jspecify.annotations.NullMarked;
