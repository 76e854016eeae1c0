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
 * A lock for each shard. It excludes other threads, and by a lock on one byte of the lock
 * file also other processes. The operating system releases the latter when a process
 * dies.
 *
 * @see <a href=
 * "https://pubs.opengroup.org/onlinepubs/9799919799/functions/fcntl.html">POSIX
 * fcntl</a>: a process loses its locks on a file as soon as it closes any descriptor of
 * the file
 */
final class ShardLocks {

	/**
	 * The open lock files. This is static because the locks of a file belong to the
	 * process: all strategies with the same directory need to share one descriptor, or
	 * the first one to be closed would release the locks of the others.
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

	/** Opens the lock file, which is created if it is missing. */
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
			// By another process, or earlier. Opening it shows whether it can be used.
		}
	}

	private static Object identity(Path file) throws IOException {
		BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class,
				LinkOption.NOFOLLOW_LINKS);
		return (attributes.fileKey() != null) ? attributes.fileKey() : file.toRealPath();
	}

	/** Releases the lock file. Must be called once for each {@link #open}. */
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
	 * Returns whether the path still leads to the lock file with these locks. If it does
	 * not, the directory was replaced or unmounted, and the locks do not exclude
	 * processes that opened the new file.
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
	 * Runs a step while the shard is locked. An interrupt from before is deferred until
	 * it is done, because neither the wait nor the step takes long, a logout must not be
	 * lost, and an interrupt closes file channels.
	 * @throws io.sessionkit.SessionStorageException if others hold the lock for longer
	 * than the timeout, or if the thread is interrupted during this call
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

	/** Acquires the lock by polling, because a blocking file lock has no timeout. */
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
			// Held by a copy of this class from another class loader.
			return null;
		}
	}

	/**
	 * A step that runs under a lock.
	 *
	 * @param <T> the type of the result
	 */
	interface Step<T> {

		T run() throws IOException;

	}

}
