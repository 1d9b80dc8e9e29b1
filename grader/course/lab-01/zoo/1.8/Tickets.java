// exercise: 1.8
// type: storagelab.sortedlog.FairReadWriteLock
// verdict: caught
// because: strictly one after the other by ticket starves nobody, but readers that wait together are parted by every writer between them
public final class FairReadWriteLock implements ReadWriteLock {
    private long nextTicket;
    private final java.util.TreeMap<Long, Boolean> waiting = new java.util.TreeMap<>();

    private boolean mayEnter(long ticket, boolean toWrite) {
        boolean behindAWriter = waiting.headMap(ticket).containsValue(true);
        return writer == null && !behindAWriter && (!toWrite || (readers == 0 && waiting.firstKey() == ticket));
    }

    private void await(long ticket, boolean toWrite) throws InterruptedException {
        failIfInterrupted();
        waiting.put(ticket, toWrite);
        try {
            while (!mayEnter(ticket, toWrite)) {
                wait();
            }
        } finally {
            waiting.remove(ticket);
            notifyAll();
        }
    }

    public synchronized void acquireRead() throws InterruptedException {
        await(nextTicket++, false);
        readers++;
    }

    public synchronized void acquireWrite() throws InterruptedException {
        await(nextTicket++, true);
        writer = Thread.currentThread();
    }
}
