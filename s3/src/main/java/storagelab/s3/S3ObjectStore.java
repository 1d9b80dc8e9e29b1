package storagelab.s3;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;
import storagelab.api.Slice;
import storagelab.api.StorageIoException;
import storagelab.archive.ObjectInfo;
import storagelab.archive.ObjectNames;
import storagelab.archive.ObjectPage;
import storagelab.archive.ObjectStore;
import storagelab.archive.StoreUnreachableException;

/**
 * An object store in a bucket of S3. A put there is atomic and durable when it returns, and a get that follows has it; lists have it, too.
 *
 * <p>A server that does not answer, answers with an error of its own (500 and above) or asks for patience (429) is unreachable. One that
 * answers otherwise, since the bucket is not there or access is denied, refuses.
 *
 * <p>Concurrency: safe for many threads.
 */
public final class S3ObjectStore implements ObjectStore {
    private static final int NOT_FOUND = 404;
    private static final int RANGE_NOT_SATISFIABLE = 416;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int SERVER_ERROR = 500;

    private final S3Client client;
    private final String bucket;

    private S3ObjectStore(S3Client client, String bucket) {
        this.client = client;
        this.bucket = bucket;
    }

    /** Opens a store. No request is made. */
    public static S3ObjectStore open(S3Options options, AwsCredentialsProvider credentials) {
        S3ClientBuilder builder = S3Client.builder()
                .httpClientBuilder(UrlConnectionHttpClient.builder()
                        .connectionTimeout(options.timeout())
                        .socketTimeout(options.timeout()))
                .overrideConfiguration(configuration -> configuration.apiCallTimeout(options.timeout()))
                .region(Region.of(options.region()))
                .credentialsProvider(credentials);
        options.endpoint()
                .ifPresent(address -> builder.endpointOverride(address).forcePathStyle(true));
        return new S3ObjectStore(builder.build(), options.bucket());
    }

    @Override
    public void put(String name, Slice content) {
        String key = ObjectNames.check(name);
        RequestBody body = RequestBody.fromBytes(content.toByteArray());
        Object unused = ask(
                "storing the object " + name,
                () -> client.putObject(request -> request.bucket(bucket).key(key), body));
    }

    @Override
    public Optional<Slice> get(String name) {
        return get(
                name,
                GetObjectRequest.builder()
                        .bucket(bucket)
                        .key(ObjectNames.check(name))
                        .build());
    }

    @Override
    public Optional<Slice> get(String name, long offset, int length) {
        ObjectNames.checkPart(offset, length);
        if (length == 0) {
            return sizeBytes(name).isPresent() ? Optional.of(Slice.EMPTY) : Optional.empty();
        }
        return get(
                name,
                GetObjectRequest.builder()
                        .bucket(bucket)
                        .key(ObjectNames.check(name))
                        .range("bytes=" + offset + "-" + (offset + length - 1))
                        .build());
    }

    private Optional<Slice> get(String name, GetObjectRequest request) {
        return ask("reading the object " + name, () -> {
            try {
                return Optional.of(Slice.wrap(client.getObjectAsBytes(request).asByteArrayUnsafe()));
            } catch (NoSuchKeyException e) {
                return Optional.empty();
            } catch (S3Exception e) {
                if (e.statusCode() == RANGE_NOT_SATISFIABLE) { // the object ends before
                    return Optional.of(Slice.EMPTY);
                }
                throw e;
            }
        });
    }

    @Override
    public OptionalLong sizeBytes(String name) {
        String key = ObjectNames.check(name);
        return ask("looking for the object " + name, () -> {
            try {
                return OptionalLong.of(
                        client.headObject(request -> request.bucket(bucket).key(key))
                                .contentLength());
            } catch (S3Exception e) {
                if (e.statusCode() == NOT_FOUND) { // the answer to HEAD has no body that says what was not found
                    return OptionalLong.empty();
                }
                throw e;
            }
        });
    }

    @Override
    public ObjectPage list(String prefix, String after, int countMax) {
        ObjectNames.checkCount(countMax);
        ListObjectsV2Request.Builder request =
                ListObjectsV2Request.builder().bucket(bucket).prefix(prefix).maxKeys(countMax);
        if (!after.isEmpty()) {
            request.startAfter(after);
        }
        ListObjectsV2Response page = ask("listing objects", () -> client.listObjectsV2(request.build()));
        List<ObjectInfo> objects = page.contents().stream()
                .map(object -> new ObjectInfo(object.key(), object.size()))
                .toList();
        return new ObjectPage(objects, page.isTruncated());
    }

    @Override
    public void delete(String name) {
        String key = ObjectNames.check(name);
        Object unused = ask(
                "deleting the object " + name,
                () -> client.deleteObject(request -> request.bucket(bucket).key(key)));
    }

    @Override
    public void close() {
        client.close();
    }

    @Override
    public String toString() {
        return "s3://" + bucket;
    }

    private <T> T ask(String doing, Supplier<T> request) {
        try {
            return request.get();
        } catch (SdkException e) {
            throw new StorageIoException(doing + " in " + this, reason(e));
        }
    }

    private IOException reason(SdkException failure) {
        boolean isRefusal = failure instanceof S3Exception answer
                && answer.statusCode() < SERVER_ERROR
                && answer.statusCode() != TOO_MANY_REQUESTS;
        return isRefusal
                ? new IOException(failure.getMessage(), failure)
                : new StoreUnreachableException(toString(), failure);
    }
}
