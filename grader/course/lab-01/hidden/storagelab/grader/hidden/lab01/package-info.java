/**
 * Hidden tests of lab 1: one class an exercise. The name of a test is the property it checks; its message says which
 * promise broke, on what input, and what was seen.
 */
@NullMarked
package storagelab.grader.hidden.lab01;

import org.jspecify.annotations.NullMarked;
