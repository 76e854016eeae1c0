package io.sessionkit.storage.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
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
 */
final class Watchdog implements AutoCloseable {

	/** As many cancellations may hang at once; those after them come too late then. */
	private static final int THREADS = 4;

	private static final Logger logger = LoggerFactory.getLogger(JdbcStorageStrategy.class);

	private final ScheduledThreadPoolExecutor threads;

	Watchdog() {
		this.threads = new ScheduledThreadPoolExecutor(THREADS,
				(task) -> Connections.daemon(task, "sessionkit-watchdog"), new ThreadPoolExecutor.DiscardPolicy());
		this.threads.setRemoveOnCancelPolicy(true);
		this.threads.setKeepAliveTime(30, TimeUnit.SECONDS);
		this.threads.allowCoreThreadTimeOut(true);
	}

	/** Watches one call from here on. */
	Watch watch(Connection connection, Deadline deadline) {
		Watch watch = new Watch(connection, deadline);
		long left = Math.max(0, deadline.nanos());
		watch.task = this.threads.scheduleWithFixedDelay(watch, left / 5 * 4, Math.max(1, left / 20),
				TimeUnit.NANOSECONDS);
		return watch;
	}

	/** Calls that go on are watched to their end. */
	@Override
	public void close() {
		this.threads.shutdown();
	}

	/**
	 * Cancels what one call does, again and again until it has ended, since a
	 * cancellation between two statements is lost.
	 */
	static final class Watch implements Runnable {

		/** Held while a cancellation is on its way. */
		private final ReentrantLock sending = new ReentrantLock();

		private final Connection connection;

		private final Deadline deadline;

		private volatile @Nullable Statement running;

		private volatile boolean ended;

		private volatile boolean sent;

		private @Nullable Future<?> task;

		private Watch(Connection connection, Deadline deadline) {
			this.connection = connection;
			this.deadline = deadline;
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
			if (this.task != null) {
				this.task.cancel(false);
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
