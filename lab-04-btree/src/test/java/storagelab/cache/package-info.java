/** Public tests of the caches and eviction policies. */
@NullMarked
package storagelab.cache;

import org.jspecify.annotations.NullMarked;
