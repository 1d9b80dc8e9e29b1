/** One store over several engines that adapts to its load: what is tuned, and what is moved. */
@NullMarked
package storagelab.hybrid;

import org.jspecify.annotations.NullMarked;
