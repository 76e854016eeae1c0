package io.sessionkit.storage.file;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

import io.sessionkit.SessionStorageException;

/**
 * Describes failures of the file system. Its exceptions contain the path of a record and
 * therefore a whole key, so only their reason is passed on.
 */
final class Failures {

	private Failures() {
	}

	static SessionStorageException of(String verb, Path directory, IOException failure) {
		return new SessionStorageException("A session record could not be %s in %s: %s; %s".formatted(verb, directory,
				reason(failure), advice(failure)), withoutPath(failure));
	}

	/**
	 * Returns what to do. The reason is recognized by the text of the operating system,
	 * because Java does not distinguish these failures in another way.
	 */
	static String advice(IOException failure) {
		String reason = reason(failure);
		if (reason.startsWith("No space left") || reason.startsWith("Disk quota")) {
			return "make room there; sessions can still be read and ended";
		}
		if (reason.startsWith("Read-only")) {
			return "mount it so that this process may write there";
		}
		if (reason.startsWith("Too many open files")) {
			return "raise the number of files that this process may have open (ulimit -n)";
		}
		if (failure instanceof AccessDeniedException) {
			return "make sure that it and everything in it belongs to the user that this process runs as";
		}
		return "make sure that it exists and that this process can read and write in it";
	}

	static SessionStorageException vanished(Path directory) {
		return new SessionStorageException("The session directory " + directory
				+ " is not the one any more that the application was started with, or lacks some of its folders: it "
				+ "was unmounted, deleted or replaced; mount or restore it, or restart the application to begin "
				+ "with an empty one", null);
	}

	static SessionStorageException busy(Path directory, long millis) {
		return new SessionStorageException("A session record in " + directory + " stayed locked by other requests or "
				+ "processes for all of " + millis + " ms; see whether the disk is slow, or raise the timeout", null);
	}

	static SessionStorageException interrupted(InterruptedException cause) {
		return new SessionStorageException("The thread was interrupted while it waited for a session record", cause);
	}

	static String reason(IOException failure) {
		if (failure instanceof AccessDeniedException) {
			return "access denied";
		}
		if (failure instanceof NoSuchFileException) {
			return "no such file or directory";
		}
		if (failure instanceof ClosedByInterruptException) {
			return "the thread was interrupted";
		}
		if (failure instanceof ClosedChannelException) {
			return "the storage was closed";
		}
		String reason = (failure instanceof FileSystemException ofFile) ? ofFile.getReason() : failure.getMessage();
		return (reason != null) ? reason : failure.getClass().getSimpleName();
	}

	static IOException withoutPath(IOException failure) {
		IOException clean = new IOException(failure.getClass().getSimpleName() + ": " + reason(failure));
		clean.setStackTrace(failure.getStackTrace());
		return clean;
	}

}
