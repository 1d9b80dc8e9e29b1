package storagelab.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Waiting until a thread waits")
class EventuallyTest {
    @Test
    @DisplayName("does not end while the thread waits for a class to be loaded")
    void loadingAClassIsNotWaiting() throws InterruptedException {
        CountDownLatch isLoading = new CountDownLatch(1);
        CountDownLatch mayLoad = new CountDownLatch(1);
        CountDownLatch gate = new CountDownLatch(1);
        try (Crew crew = new Crew()) {
            Thread reader = crew.start("reader", () -> {
                slowLoader(isLoading, mayLoad).loadClass("storagelab.SlowlyLoaded");
                gate.await();
            });
            Eventually.open("the reader loads a class", isLoading);
            Thread observer = crew.start("observer", () -> {
                Eventually.waits(reader);
                assertEquals(0, mayLoad.getCount(), "the reader counted as waiting while it loaded a class");
            });
            Eventually.letHold(() -> !observer.isAlive());
            mayLoad.countDown();
            Eventually.ends("the reader waits at the gate, and the observer does not see it", observer);
            gate.countDown();
            crew.join();
        }
    }

    private static ClassLoader slowLoader(CountDownLatch isLoading, CountDownLatch mayLoad) {
        return new ClassLoader(null) {
            @Override
            protected Class<?> findClass(String name) {
                isLoading.countDown();
                try {
                    mayLoad.await();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
                return Object.class;
            }
        };
    }
}
