/** Rollouts and clusters as one writes them in an afternoon: right on the first day, wrong on the day of the change. */
@NullMarked
package storagelab.rollout.toy;

import org.jspecify.annotations.NullMarked;
