/** Requests and clocks that the public and the hidden tests of lab 7 share. */
@NullMarked
package storagelab.testkit.workload;

import org.jspecify.annotations.NullMarked;
