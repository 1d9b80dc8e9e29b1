/** The experiments about rings: what a flag or a cluster without one does to users and keys. */
@NullMarked
package storagelab.rollout.experiment;

import org.jspecify.annotations.NullMarked;
