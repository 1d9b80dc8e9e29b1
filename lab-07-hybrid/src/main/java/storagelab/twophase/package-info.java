/** One commit over stores that have logs of their own: two phases, a coordinator's log, presumed abort. */
@NullMarked
package storagelab.twophase;

import org.jspecify.annotations.NullMarked;
