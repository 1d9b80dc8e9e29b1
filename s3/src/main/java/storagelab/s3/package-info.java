/** An object store of lab 7's archive in Amazon S3, or in any server that speaks its protocol. */
@NullMarked
package storagelab.s3;

import org.jspecify.annotations.NullMarked;
