// exercise: 4.4
// type: storagelab.page.PageFile
// verdict: caught
// because: a sync that failed is followed by one that succeeds, though the operating system has dropped what it could not write
public final class PageFile {
    private void runUnlessFailed(Runnable step) {
        step.run();
    }
}
