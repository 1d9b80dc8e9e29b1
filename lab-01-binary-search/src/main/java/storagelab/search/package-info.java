/** Binary search: the one loop that everything after it is built on. */
@NullMarked
package storagelab.search;

import org.jspecify.annotations.NullMarked;
