/** What a load costs on each engine: the profile of a machine, and the formulas that predict from it. */
@NullMarked
package storagelab.cost;

import org.jspecify.annotations.NullMarked;
