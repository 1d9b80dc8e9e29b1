package storagelab.s3;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.robothy.s3.rest.LocalS3;
import com.robothy.s3.rest.bootstrap.LocalS3Mode;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import storagelab.api.Cursor;
import storagelab.api.Durability;
import storagelab.api.KeyRange;
import storagelab.api.Metric;
import storagelab.api.Slice;
import storagelab.api.StorageIoException;
import storagelab.api.WriteBatch;
import storagelab.archive.ArchiveOptions;
import storagelab.archive.ArchiveTier;
import storagelab.archive.ObjectStore;
import storagelab.archive.StoreUnreachableException;
import storagelab.disk.CrashDisk;
import storagelab.testkit.archive.ObjectStoreContract;
import storagelab.testkit.archive.SmallArchives;

/** An object store in S3 keeps the contract of all object stores, and an archive works over it. */
class S3ObjectStoreTest {
    private static final StaticCredentialsProvider CREDENTIALS =
            StaticCredentialsProvider.create(AwsBasicCredentials.create("someone", "secret"));
    private static final AtomicInteger BUCKETS = new AtomicInteger();
    private static final LocalS3 SERVER =
            LocalS3.builder().port(-1).mode(LocalS3Mode.IN_MEMORY).build();

    @BeforeAll
    static void start() {
        SERVER.start();
    }

    @AfterAll
    static void shutdown() {
        SERVER.shutdown();
    }

    private static URI address() {
        return URI.create("http://localhost:" + SERVER.getPort());
    }

    private static ObjectStore newStore() {
        String bucket = "bucket-" + BUCKETS.getAndIncrement();
        try (S3Client client = S3Client.builder()
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .endpointOverride(address())
                .forcePathStyle(true)
                .region(Region.EU_CENTRAL_1)
                .credentialsProvider(CREDENTIALS)
                .build()) {
            Object unused = client.createBucket(request -> request.bucket(bucket));
        }
        return open(bucket, address());
    }

    private static ObjectStore open(String bucket, URI address) {
        S3Options options =
                S3Options.of(bucket, "eu-central-1").withEndpoint(address).withTimeout(Duration.ofMinutes(5));
        return S3ObjectStore.open(options, CREDENTIALS);
    }

    @Nested
    class OnAServer implements ObjectStoreContract {
        @Override
        public ObjectStore newStore() {
            return S3ObjectStoreTest.newStore();
        }
    }

    @Test
    @DisplayName("an archive in S3 has what was written, after rewriting and reopening, and leaves no garbage")
    void archive() {
        CrashDisk disk = CrashDisk.create();
        ObjectStore objects = newStore();
        ArchiveOptions options = SmallArchives.SMALL;
        try (ArchiveTier archive = ArchiveTier.open(disk.root(), objects, options)) {
            for (int round = 0; round < 4; round++) {
                WriteBatch batch = new WriteBatch();
                for (int i = 0; i < 500; i++) {
                    batch.put(Slice.utf8("order " + (i * 7 + round)), Slice.utf8("round " + round));
                }
                archive.write(batch.delete(Slice.utf8("order 0")), Durability.SYNCED);
            }
            archive.compact();
            archive.verify();
            archive.verifyObjects();
            assertThat(
                    "objects in the bucket",
                    (long) objects.listAll("").size(),
                    is(archive.stats().get(Metric.TABLES)));
            assertThat(archive.get(Slice.utf8("order 8")), is(Optional.of(Slice.utf8("round 1"))));
            try (Cursor cursor = archive.cursor(KeyRange.all())) {
                int count = 0;
                for (cursor.seekToFirst(); cursor.isValid(); cursor.next()) {
                    count++;
                }
                assertThat("entries", count, is(1_999));
            }
        }
    }

    @Test
    @DisplayName("a server that does not answer is unreachable; one that knows no such bucket refuses")
    void unreachable() {
        try (ObjectStore nowhere = open("bucket", URI.create("http://localhost:1"))) {
            StorageIoException silence = assertThrows(StorageIoException.class, () -> nowhere.get("a"));
            assertThat(StoreUnreachableException.isCauseOf(silence), is(true));
            assertThat(silence.getMessage(), containsString("s3://bucket cannot be reached"));
        }
        try (ObjectStore noBucket = open("no-such-bucket", address())) {
            StorageIoException refusal =
                    assertThrows(StorageIoException.class, () -> noBucket.put("a", Slice.utf8("1")));
            assertThat(StoreUnreachableException.isCauseOf(refusal), is(false));
        }
    }
}
