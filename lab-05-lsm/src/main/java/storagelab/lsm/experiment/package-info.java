/** Experiments on log-structured merge trees: what they write, what they read, and what can go wrong. */
@NullMarked
package storagelab.lsm.experiment;

import org.jspecify.annotations.NullMarked;
