/** Filters that say for certain that a key is not there, and only perhaps that it is. */
@NullMarked
package storagelab.bloom;

import org.jspecify.annotations.NullMarked;
