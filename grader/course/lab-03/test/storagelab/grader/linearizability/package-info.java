/** Lock-free structures of the reference under a model checker, which tries the ways in which threads can meet. */
@NullMarked
package storagelab.grader.linearizability;

import org.jspecify.annotations.NullMarked;
