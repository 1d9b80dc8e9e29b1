package storagelab.s3;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * Where the objects are.
 *
 * @param bucket which exists
 * @param region of the bucket
 * @param endpoint of a server other than Amazon's
 * @param timeout after which a request that is not answered has failed
 */
public record S3Options(String bucket, String region, Optional<URI> endpoint, Duration timeout) {
    /** A bucket at Amazon's, in a region such as {@code eu-central-1}; a request may take a minute. */
    public static S3Options of(String bucket, String region) {
        return new S3Options(bucket, region, Optional.empty(), Duration.ofMinutes(1));
    }

    /** On another server. */
    public S3Options withEndpoint(URI address) {
        return new S3Options(bucket, region, Optional.of(address), timeout);
    }

    /** With another timeout. */
    public S3Options withTimeout(Duration duration) {
        return new S3Options(bucket, region, endpoint, duration);
    }
}
