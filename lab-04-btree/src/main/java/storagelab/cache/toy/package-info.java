/** The policy that everybody writes first. */
@NullMarked
package storagelab.cache.toy;

import org.jspecify.annotations.NullMarked;
