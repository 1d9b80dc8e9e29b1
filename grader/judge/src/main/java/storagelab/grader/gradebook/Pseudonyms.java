package storagelab.grader.gradebook;

import com.google.common.hash.HashFunction;
import com.google.common.hash.Hashing;
import com.google.common.io.BaseEncoding;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import storagelab.grader.LabException;
import storagelab.grader.collect.Submission;
import storagelab.grader.syllabus.Roster;
import storagelab.grader.syllabus.Student;

/**
 * Other names for students, which only the owner of a key can find the students by. A student has the same pseudonym in all gradebooks
 * with the same key: the first 40 bits of HMAC-SHA-256 of the student's id.
 */
public final class Pseudonyms {
    private static final int KEY_BYTES = 32;
    private static final int NAME_BYTES = 5;

    private final HashFunction hmac;

    private Pseudonyms(byte[] key) {
        this.hmac = Hashing.hmacSha256(key);
    }

    /**
     * Those of the key in {@code file}, which is made if it is not there, readable only by its owner.
     *
     * @throws LabException if the file is something else
     */
    public static Pseudonyms of(Path file) throws IOException {
        byte[] fresh = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(fresh);
        try {
            boolean isPosix = file.toAbsolutePath()
                    .getFileSystem()
                    .supportedFileAttributeViews()
                    .contains("posix");
            if (isPosix) {
                Files.createFile(
                        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            } else {
                Files.createFile(file);
            }
            Files.writeString(file, BaseEncoding.base16().lowerCase().encode(fresh) + "\n", StandardOpenOption.WRITE);
        } catch (FileAlreadyExistsException usedBefore) {
            return existing(file);
        }
        return new Pseudonyms(fresh);
    }

    /** Those of the key in {@code file}, which is there. */
    public static Pseudonyms existing(Path file) throws IOException {
        String text = Files.readString(file).strip();
        if (!text.matches("[0-9a-f]{" + 2 * KEY_BYTES + "}")) {
            throw new LabException(
                    file + " is not a key for pseudonyms.",
                    "Name the file that --anonymous has written, or a new one.");
        }
        return new Pseudonyms(BaseEncoding.base16().lowerCase().decode(text));
    }

    /** {@code "p-k3f9x2ab"} for the student called {@code id}. */
    public String of(String id) {
        byte[] hash = hmac.hashString(id, StandardCharsets.UTF_8).asBytes();
        return "p-"
                + BaseEncoding.base32().encode(Arrays.copyOf(hash, NAME_BYTES)).toLowerCase(Locale.ROOT);
    }

    /** The roster with pseudonyms in the place of all that says who a student is; sections stay. */
    public Roster disguised(Roster roster) {
        return new Roster(roster.students().stream()
                .map(student -> new Student(
                        of(student.id()),
                        "",
                        student.section(),
                        List.of(of(student.id())),
                        student.submittedAt(),
                        student.extraDays()))
                .toList());
    }

    /** Submissions under pseudonyms, with names that are unique; a student who is not on the roster is known by the submission's name. */
    public List<Submission> disguised(List<Submission> submissions, Roster roster) {
        Map<String, Integer> taken = new HashMap<>();
        List<Submission> disguised = new ArrayList<>();
        for (Submission submission : submissions) {
            Set<String> ids = roster.matching(submission.handles()).stream()
                    .map(Student::id)
                    .collect(Collectors.toCollection(java.util.LinkedHashSet::new));
            if (ids.isEmpty()) {
                ids.add(submission.name());
            }
            List<String> names = ids.stream().map(this::of).toList();
            int copy = taken.merge(names.get(0), 1, Integer::sum);
            disguised.add(submission.of(copy == 1 ? names.get(0) : names.get(0) + "-" + copy, names));
        }
        return disguised;
    }
}
