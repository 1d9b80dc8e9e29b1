/** What locks cost readers. */
@NullMarked
package storagelab.skiplist.experiment;

import org.jspecify.annotations.NullMarked;
