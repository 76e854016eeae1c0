package io.sessionkit.storage.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends statements on the server a little before their callers give up: the driver's
 * socket ends the wait of the client alone, while the server would go on waiting for a
 * lock, and write when nobody expects it any more. It costs a round trip only where time
 * runs out, on threads of its own, since a server that stands still takes no cancellation
 * either.
 *
 * <p>
 * One thread looks at all calls now and then, rather than that a timer is set for each: a
 * timer wakes up a thread at nearly every call, which costs about as much as the call.
 */
final class Watchdog implements AutoCloseable {

	/** How often it looks while the time of one call passes. */
	private static final int LOOKS = 20;

	/** How often it tries once the time is nearly over. */
	private static final int TRIES = 4;

	private static final long SHORTEST_PAUSE = TimeUnit.MICROSECONDS.toNanos(100);

	/** After so many looks that saw no call the thread ends, until there is one. */
	private static final int QUIET_LOOKS = 40;

	/** As many cancellations may hang at once; those after them come too late then. */
	private static final int THREADS = 4;

	private static final Logger logger = LoggerFactory.getLogger(JdbcStorageStrategy.class);

	private final Set<Watch> watches = ConcurrentHashMap.newKeySet();

	private final long pause;

	private final ThreadPoolExecutor cancelling;

	private volatile @Nullable Thread lookout;

	private volatile boolean closed;

	Watchdog(Duration timeout) {
		this.pause = Math.max(SHORTEST_PAUSE, timeout.toNanos() / LOOKS);
		this.cancelling = new ThreadPoolExecutor(THREADS, THREADS, 1, TimeUnit.SECONDS, new LinkedBlockingQueue<>(),
				(task) -> Connections.daemon(task, "sessionkit-cancellation"));
		this.cancelling.allowCoreThreadTimeOut(true);
	}

	/** Watches one call from here on. */
	Watch watch(Connection connection, Deadline deadline) {
		Watch watch = new Watch(connection, deadline);
		this.watches.add(watch);
		Thread thread = this.lookout;
		if (!isAlive(thread)) {
			wake(watch);
		}
		else if (watch.last < this.pause) {
			// It might look again when all is over.
			LockSupport.unpark(thread);
		}
		return watch;
	}

	private static boolean isAlive(@Nullable Thread thread) {
		return thread != null && thread.isAlive();
	}

	private void wake(Watch watch) {
		try {
			wake();
		}
		catch (Error ex) {
			this.watches.remove(watch);
			throw ex;
		}
	}

	private synchronized void wake() {
		if (!isAlive(this.lookout)) {
			Thread thread = Connections.daemon(this::lookOut, "sessionkit-watchdog");
			this.lookout = thread;
			thread.start();
		}
	}

	private void lookOut() {
		int quiet = 0;
		while (quiet < (this.closed ? 1 : QUIET_LOOKS)) {
			LockSupport.parkNanos(look());
			// Nobody has a reason to, but it would not pause any more.
			Thread.interrupted();
			quiet = this.watches.isEmpty() ? quiet + 1 : 0;
		}
		this.lookout = null;
		// Of a call that began meanwhile either we see the watch, or it sees us gone.
		if (!this.watches.isEmpty()) {
			wake();
		}
	}

	/**
	 * Has cancelled what is due.
	 * @return the nanoseconds until there is something to do
	 */
	private long look() {
		long next = this.pause;
		for (Watch watch : this.watches) {
			next = Math.min(next, Math.max(SHORTEST_PAUSE, watch.look()));
		}
		return next;
	}

	/** Calls that go on are watched to their end. */
	@Override
	public void close() {
		this.closed = true;
		LockSupport.unpark(this.lookout);
	}

	/**
	 * Cancels what one call does, again and again until it has ended, since a
	 * cancellation between two statements is lost.
	 */
	final class Watch implements Runnable {

		/** Held while a cancellation is on its way. */
		private final ReentrantLock sending = new ReentrantLock();

		private final Connection connection;

		private final Deadline deadline;

		/** Nanoseconds before the deadline from which on it is cancelled. */
		private final long last;

		private volatile @Nullable Statement running;

		private volatile boolean ended;

		private volatile boolean sent;

		/** Whether it waits for a thread that cancels, or has one. */
		private volatile boolean handedOver;

		private Watch(Connection connection, Deadline deadline) {
			this.connection = connection;
			this.deadline = deadline;
			this.last = deadline.nanos() / 5;
		}

		/**
		 * Has it cancelled if it is due.
		 * @return the nanoseconds until the next look
		 */
		private long look() {
			long left = this.deadline.nanos();
			if (left > this.last) {
				return left - this.last;
			}
			if (left <= 0) {
				return Long.MAX_VALUE;
			}
			handOver();
			return this.last / TRIES;
		}

		private void handOver() {
			if (!this.handedOver) {
				this.handedOver = true;
				Watchdog.this.cancelling.execute(this);
			}
		}

		/** What to cancel from here on. */
		void running(Statement running) {
			this.running = running;
		}

		/** Whether time has run out, so that nothing new may begin. */
		boolean hasCancelled() {
			return this.sent;
		}

		@Override
		public void run() {
			this.sending.lock();
			try {
				if (!this.ended && !this.deadline.hasPassed()) {
					this.sent = true;
					cancel();
				}
			}
			catch (SQLException | RuntimeException ex) {
				logger.debug("A statement could not be cancelled", ex);
			}
			finally {
				this.sending.unlock();
				this.handedOver = false;
			}
		}

		private void cancel() throws SQLException {
			Statement statement = this.running;
			if (statement != null && !(PostgresCancellation.send(this.connection))) {
				statement.cancel();
			}
		}

		/**
		 * Ends the watch. From here on no cancellation reaches the connection, which the
		 * next user gets: where one is still on its way at the deadline, or hit nothing
		 * and may yet hit something, the connection is closed.
		 * @param cancelled whether the last statement ended by its cancellation
		 */
		void end(boolean cancelled) {
			this.ended = true;
			Watchdog.this.watches.remove(this);
			if (this.handedOver) {
				Watchdog.this.cancelling.remove(this);
			}
			if (!isSettled() || (this.sent && !cancelled)) {
				abort();
			}
		}

		private void abort() {
			try {
				this.connection.abort(Runnable::run);
			}
			catch (SQLException ex) {
				logger.debug("A connection could not be aborted", ex);
			}
		}

		private boolean isSettled() {
			try {
				// The first one also where the thread is interrupted.
				if (this.sending.tryLock()
						|| this.sending.tryLock(Math.max(0, this.deadline.nanos()), TimeUnit.NANOSECONDS)) {
					this.sending.unlock();
					return true;
				}
				return false;
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
				return false;
			}
		}

	}

}
