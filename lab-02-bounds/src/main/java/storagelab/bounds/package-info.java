/** Where something begins and ends in a sorted sequence: the searches that every range, page and ring is made of. */
@NullMarked
package storagelab.bounds;

import org.jspecify.annotations.NullMarked;
