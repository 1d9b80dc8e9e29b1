/**
 * Stores of other kinds, each a page of code over the ordered store with transactions: what they add is the form of the keys and
 * values, and which writes are one batch.
 */
@NullMarked
package storagelab.kin;

import org.jspecify.annotations.NullMarked;
