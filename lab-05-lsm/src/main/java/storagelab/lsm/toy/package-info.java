/** The log-structured merge tree that everybody writes first. */
@NullMarked
package storagelab.lsm.toy;

import org.jspecify.annotations.NullMarked;
