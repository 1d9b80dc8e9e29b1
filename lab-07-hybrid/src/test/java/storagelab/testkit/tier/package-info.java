/** Stores of several tiers for tests. */
@NullMarked
package storagelab.testkit.tier;

import org.jspecify.annotations.NullMarked;
