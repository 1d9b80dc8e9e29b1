/** The {@code lab} command: one class a subcommand. */
@NullMarked
package storagelab.grader.cli;

import org.jspecify.annotations.NullMarked;
