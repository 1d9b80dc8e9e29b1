/** Which page of a full memory has to go: eviction policies, and a simulator that compares them. */
@NullMarked
package storagelab.cache;

import org.jspecify.annotations.NullMarked;
