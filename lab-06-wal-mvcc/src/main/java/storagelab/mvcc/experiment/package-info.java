/** Experiments on versions and transactions: what readers and writers do to each other. */
@NullMarked
package storagelab.mvcc.experiment;

import org.jspecify.annotations.NullMarked;
