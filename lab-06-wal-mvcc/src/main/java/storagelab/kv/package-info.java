/** The flagship: a crash-safe store with transactions, over either engine. */
@NullMarked
package storagelab.kv;

import org.jspecify.annotations.NullMarked;
