/** One store over several engines: which engine has which keys, and how keys move from one to another. */
@NullMarked
package storagelab.tier;

import org.jspecify.annotations.NullMarked;
