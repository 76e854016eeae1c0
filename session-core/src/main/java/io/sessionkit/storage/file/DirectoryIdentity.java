package io.sessionkit.storage.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

import org.jspecify.annotations.Nullable;

/**
 * The directory that a path led to at startup. The path may lead to another one later, if
 * a volume was unmounted or somebody replaced the directory.
 *
 * @param path the path
 * @param key the file system's identity of the directory; {@code null} if the file system
 * has none
 */
record DirectoryIdentity(Path path, @Nullable Object key) {

	static DirectoryIdentity of(Path path) throws IOException {
		return new DirectoryIdentity(path, attributes(path).fileKey());
	}

	/**
	 * Checks, by one look at the file system, that the path still leads to the same
	 * directory.
	 * @throws io.sessionkit.SessionStorageException if it does not
	 */
	void requireSame() {
		try {
			BasicFileAttributes attributes = attributes(this.path);
			if (attributes.isDirectory() && (this.key == null || this.key.equals(attributes.fileKey()))) {
				return;
			}
		}
		catch (IOException ex) {
			// A directory that cannot be seen is treated like one that was replaced.
		}
		throw Failures.vanished(this.path);
	}

	private static BasicFileAttributes attributes(Path path) throws IOException {
		return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
	}

}
