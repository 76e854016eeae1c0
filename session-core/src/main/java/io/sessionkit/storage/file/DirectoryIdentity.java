package io.sessionkit.storage.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

import org.jspecify.annotations.Nullable;

/**
 * Which directory a path named at the start. The path may name another one later: a
 * volume was unmounted, or somebody put a directory of their own in its place.
 *
 * @param path the path
 * @param key what the file system tells directories apart by; {@code null} where it knows
 * nothing of the kind
 */
record DirectoryIdentity(Path path, @Nullable Object key) {

	static DirectoryIdentity of(Path path) throws IOException {
		return new DirectoryIdentity(path, attributes(path).fileKey());
	}

	/**
	 * Makes sure that the path names the same directory still, by one look at it.
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
			// It cannot be seen any more, which is as bad.
		}
		throw Failures.vanished(this.path);
	}

	private static BasicFileAttributes attributes(Path path) throws IOException {
		return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
	}

}
