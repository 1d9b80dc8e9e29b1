/** Experiments: a question, a prediction, a measurement on this machine, and what was seen. */
@NullMarked
package storagelab.experiment;

import org.jspecify.annotations.NullMarked;
