/** Walking sorted sources in both directions, one at a time and many as one. */
@NullMarked
package storagelab.cursor;

import org.jspecify.annotations.NullMarked;
