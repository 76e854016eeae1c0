package io.sessionkit.storage.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;

/**
 * A lock for each shard that holds between threads, and by a byte of the lock file
 * between processes. The operating system gives the latter back when a process dies.
 *
 * @see <a href=
 * "https://pubs.opengroup.org/onlinepubs/9799919799/functions/fcntl.html">POSIX
 * fcntl</a>: a process loses its locks on a file as soon as it closes any descriptor of
 * it
 */
final class ShardLocks {

	/**
	 * Static since the locks of a file belong to the whole process: one descriptor for
	 * all strategies with the same directory, or the first to close would unlock the
	 * others.
	 */
	private static final Map<Object, ShardLocks> OPEN = new HashMap<>();

	private static final ReentrantLock OPENING = new ReentrantLock();

	private static final long SHORTEST_PAUSE = TimeUnit.MICROSECONDS.toNanos(100);

	private static final long LONGEST_PAUSE = TimeUnit.MILLISECONDS.toNanos(2);

	private final ReentrantLock[] threads = IntStream.range(0, SessionDirectory.SHARDS)
		.mapToObj((shard) -> new ReentrantLock())
		.toArray(ReentrantLock[]::new);

	private final Path file;

	private final Object identity;

	private final FileChannel channel;

	private int users;

	private ShardLocks(Path file, Object identity, FileChannel channel) {
		this.file = file;
		this.identity = identity;
		this.channel = channel;
	}

	/**
	 * Opens the lock file, which is made if it is missing.
	 */
	static ShardLocks open(Path file, FileAttribute<?>... attributes) throws IOException {
		OPENING.lock();
		try {
			create(file, attributes);
			Object identity = identity(file);
			ShardLocks locks = OPEN.get(identity);
			if (locks == null) {
				FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
				locks = new ShardLocks(file, identity, channel);
				OPEN.put(identity, locks);
			}
			locks.users++;
			return locks;
		}
		finally {
			OPENING.unlock();
		}
	}

	private static void create(Path file, FileAttribute<?>... attributes) throws IOException {
		try {
			Files.createFile(file, attributes);
		}
		catch (FileAlreadyExistsException ex) {
			// By another process, or long ago; what it is shows when it is opened.
		}
	}

	private static Object identity(Path file) throws IOException {
		BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class,
				LinkOption.NOFOLLOW_LINKS);
		return (attributes.fileKey() != null) ? attributes.fileKey() : file.toRealPath();
	}

	/** To be called once for each {@link #open}. */
	void close() throws IOException {
		OPENING.lock();
		try {
			this.users--;
			if (this.users == 0) {
				OPEN.remove(this.identity);
				this.channel.close();
			}
		}
		finally {
			OPENING.unlock();
		}
	}

	/**
	 * Whether the lock file of this path is still the one whose bytes are locked. Another
	 * one means that the directory was replaced or unmounted, and that nothing holds
	 * between us and those who opened the new one.
	 */
	boolean isInPlace(Path path) {
		try {
			return this.identity.equals(identity(path));
		}
		catch (IOException ex) {
			return false;
		}
	}

	/**
	 * Does something while the shard is locked. An interrupt from before is put off until
	 * it is done: neither the wait nor the step takes long, a logout must not be lost,
	 * and channels would close.
	 * @throws io.sessionkit.SessionStorageException if others hold the lock for longer
	 * than the timeout, or the thread is interrupted meanwhile
	 */
	<T> T locked(int shard, Duration timeout, Step<T> step) throws IOException {
		boolean interrupted = Thread.interrupted();
		try {
			return uninterrupted(shard, timeout, step);
		}
		catch (InterruptedException ex) {
			interrupted = true;
			throw Failures.interrupted(ex);
		}
		finally {
			if (interrupted) {
				Thread.currentThread().interrupt();
			}
		}
	}

	private <T> T uninterrupted(int shard, Duration timeout, Step<T> step) throws IOException, InterruptedException {
		long deadline = System.nanoTime() + timeout.toNanos();
		ReentrantLock thread = this.threads[shard];
		if (!thread.tryLock(timeout.toNanos(), TimeUnit.NANOSECONDS)) {
			throw Failures.busy(this.file.resolveSibling(""), timeout.toMillis());
		}
		try (FileLock process = lock(shard, timeout, deadline)) {
			assert process.isValid();
			return step.run();
		}
		finally {
			thread.unlock();
		}
	}

	/** By asking again and again, since a blocking lock knows no end of patience. */
	private FileLock lock(int shard, Duration timeout, long deadline) throws IOException, InterruptedException {
		long pause = SHORTEST_PAUSE;
		while (true) {
			FileLock lock = attempt(shard);
			if (lock != null) {
				return lock;
			}
			if (System.nanoTime() - deadline > 0) {
				throw Failures.busy(this.file.resolveSibling(""), timeout.toMillis());
			}
			LockSupport.parkNanos(pause);
			if (Thread.interrupted()) {
				throw new InterruptedException();
			}
			pause = Math.min(2 * pause, LONGEST_PAUSE);
		}
	}

	private @Nullable FileLock attempt(int shard) throws IOException {
		try {
			return this.channel.tryLock(shard, 1, false);
		}
		catch (OverlappingFileLockException ex) {
			// Held by a copy of this class that another class loader brought.
			return null;
		}
	}

	/**
	 * What is done under a lock.
	 *
	 * @param <T> what comes of it
	 */
	interface Step<T> {

		T run() throws IOException;

	}

}
