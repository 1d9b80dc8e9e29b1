// exercise: 1.8
// type: storagelab.sortedlog.FairReadWriteLock
// verdict: accepted
// because: whoever leaves decides who gets in next and hands the lock over, instead of waking all to find out for themselves
import java.util.ArrayList;
import java.util.List;

public final class FairReadWriteLock implements ReadWriteLock {
    private static final class Waiter {
        private boolean inside;
    }

    private final List<Waiter> readersInLine = new ArrayList<>();
    private final List<Waiter> writersInLine = new ArrayList<>();
    private int inside;
    private boolean writing;

    public synchronized void acquireRead() throws InterruptedException {
        failIfInterrupted();
        if (!writing && writersInLine.isEmpty()) {
            inside++;
        } else {
            await(readersInLine);
        }
    }

    public synchronized void releaseRead() {
        if (writing || inside == 0) {
            throw new IllegalMonitorStateException("no reader has the lock");
        }
        inside--;
        handOver();
    }

    public synchronized void acquireWrite() throws InterruptedException {
        failIfInterrupted();
        if (inside == 0 && writersInLine.isEmpty()) {
            inside = 1;
            writing = true;
        } else {
            await(writersInLine);
        }
        writer = Thread.currentThread();
    }

    public synchronized void releaseWrite() {
        if (!writing || writer != Thread.currentThread()) {
            throw new IllegalMonitorStateException("this thread does not write");
        }
        inside = 0;
        writing = false;
        writer = null;
        letReadersIn();
        handOver();
    }

    private void await(List<Waiter> line) throws InterruptedException {
        Waiter waiter = new Waiter();
        line.add(waiter);
        try {
            while (!waiter.inside) {
                wait();
            }
        } catch (InterruptedException e) {
            if (waiter.inside) {
                Thread.currentThread().interrupt();
                return;
            }
            line.remove(waiter);
            if (!writing && writersInLine.isEmpty()) {
                letReadersIn();
            }
            handOver();
            throw e;
        }
    }

    private void letReadersIn() {
        for (Waiter reader : readersInLine) {
            reader.inside = true;
            inside++;
        }
        readersInLine.clear();
        notifyAll();
    }

    private void handOver() {
        if (inside == 0 && !writersInLine.isEmpty()) {
            writersInLine.remove(0).inside = true;
            inside = 1;
            writing = true;
            notifyAll();
        }
    }
}
