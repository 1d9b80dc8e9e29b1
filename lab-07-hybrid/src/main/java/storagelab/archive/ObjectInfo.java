package storagelab.archive;

/**
 * An object as a list of them shows it.
 *
 * @param name of the object
 * @param sizeBytes of its content
 */
public record ObjectInfo(String name, long sizeBytes) {}
