/** Long runs that look for what no single test finds: crashes at every operation, damage of every bit, hours of use. */
@NullMarked
package storagelab.grader.endurance;

import org.jspecify.annotations.NullMarked;
