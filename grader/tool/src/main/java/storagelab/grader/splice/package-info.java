/** Source text in, source text out: starters, single exercises and zoo animals, with every untouched byte kept. */
@NullMarked
package storagelab.grader.splice;

import org.jspecify.annotations.NullMarked;
