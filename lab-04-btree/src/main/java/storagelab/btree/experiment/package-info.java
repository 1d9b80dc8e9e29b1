/** Experiments about trees on disk: how high, how full, how much is written and read, and what a crash leaves. */
@NullMarked
package storagelab.btree.experiment;

import org.jspecify.annotations.NullMarked;
