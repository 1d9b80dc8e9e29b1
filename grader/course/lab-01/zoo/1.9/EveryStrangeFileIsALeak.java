// exercise: 1.9
// type: storagelab.sortedlog.Recovery
// verdict: caught
// because: files with other names are deleted
public final class Recovery {
    private static final class Run {
        private List<Path> removeLeaks(List<Path> files, PublishedTables published) {
            Set<Long> listed = new HashSet<>(published.newestFirst());
            List<Path> live = new ArrayList<>();
            for (Path file : files) {
                long number = FileNames.number(file).orElseThrow();
                if (FileNames.isLog(file) ? number >= published.firstLog() : listed.contains(number)) {
                    live.add(file);
                } else {
                    removeLeak(file);
                }
            }
            Path temporary = directory.resolve(FileNames.TABLE_LIST_TEMPORARY);
            if (Files.exists(temporary)) {
                removeLeak(temporary);
            }
            try (var strange = Files.list(directory)) {
                for (Path file : strange.filter(Files::isRegularFile).toList()) {
                    String name = String.valueOf(file.getFileName());
                    if (!files.contains(file) && !name.equals(FileNames.TABLE_LIST) && !name.equals("LOCK")) {
                        StoreFile.delete(file);
                    }
                }
            } catch (IOException e) {
                throw new StorageIoException("listing " + directory, e);
            }
            return live;
        }
    }
}
