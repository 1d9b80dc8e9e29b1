/** Experiments on queries: which way to the rows is the shortest, and how well a planner can know it. */
@NullMarked
package storagelab.query.experiment;

import org.jspecify.annotations.NullMarked;
