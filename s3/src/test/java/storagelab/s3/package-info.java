/** Tests of the object store in S3, against a server that speaks its protocol. */
@NullMarked
package storagelab.s3;

import org.jspecify.annotations.NullMarked;
