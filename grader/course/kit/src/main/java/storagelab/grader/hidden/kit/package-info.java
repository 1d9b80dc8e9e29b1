/** What hidden tests of more than one lab use. Every sandbox gets it. */
@NullMarked
package storagelab.grader.hidden.kit;

import org.jspecify.annotations.NullMarked;
