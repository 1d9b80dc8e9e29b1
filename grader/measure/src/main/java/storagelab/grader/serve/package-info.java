/** A store over the network: the flagship of lab 6 behind the Redis protocol. */
@NullMarked
package storagelab.grader.serve;

import org.jspecify.annotations.NullMarked;
