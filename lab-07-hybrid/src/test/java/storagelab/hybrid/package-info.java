/** Tests of what decides and tunes in a hybrid store. */
@NullMarked
package storagelab.hybrid;

import org.jspecify.annotations.NullMarked;
