/** What a store is asked for: counts per range of keys and per key that fade with time, in bounded memory. */
@NullMarked
package storagelab.workload;

import org.jspecify.annotations.NullMarked;
