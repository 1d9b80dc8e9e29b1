/**
 * What tests of stores share: the contract suite and the model test that every engine is held to, structures that count
 * how often they are asked, matchers that say what is wrong, and the means to test threads without sleeping.
 */
@NullMarked
package storagelab.testkit;

import org.jspecify.annotations.NullMarked;
