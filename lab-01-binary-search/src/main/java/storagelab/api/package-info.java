/** The contracts between the labs: bytes, stores, batches, durability, errors and statistics. */
@NullMarked
package storagelab.api;

import org.jspecify.annotations.NullMarked;
