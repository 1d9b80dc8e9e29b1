/** Who gets what, decided by a hash on a ring: users of a feature flag, keys of a cluster. */
@NullMarked
package storagelab.rollout;

import org.jspecify.annotations.NullMarked;
