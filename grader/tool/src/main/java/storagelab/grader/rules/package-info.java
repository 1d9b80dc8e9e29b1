/** What the classes of a submission may be and use, checked on their byte code before anything of them is loaded. */
@NullMarked
package storagelab.grader.rules;

import org.jspecify.annotations.NullMarked;
