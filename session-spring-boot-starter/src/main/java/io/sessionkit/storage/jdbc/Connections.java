package io.sessionkit.storage.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import javax.sql.DataSource;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.jdbc.datasource.LazyConnectionDataSourceProxy;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;

/**
 * Connections of our own, never that of the application's transaction, and never later
 * than the deadline. A pool that may wait longer than that is asked by a few threads of
 * ours, whose callers give up in time; what they get too late goes straight back. They
 * are not interrupted, since H2 answers an interrupt by closing its file.
 */
final class Connections implements AutoCloseable {

	/** As many as may wait for the pool at once; a pool that has some free keeps none. */
	private static final int THREADS = 8;

	private static final Logger logger = LoggerFactory.getLogger(JdbcStorageStrategy.class);

	private final Semaphore free = new Semaphore(THREADS, true);

	private final DataSource dataSource;

	private final boolean inTime;

	/** A pool may take any time to start, which HikariCP does in its first call. */
	private volatile boolean started;

	private final ThreadPoolExecutor threads;

	Connections(DataSource dataSource, Duration timeout) {
		this.dataSource = unwrapped(dataSource);
		PoolWait wait = PoolWait.of(this.dataSource);
		this.inTime = wait != null && wait.longest().compareTo(timeout) <= 0;
		this.threads = new ThreadPoolExecutor(THREADS, THREADS, 30, TimeUnit.SECONDS, new LinkedBlockingQueue<>(),
				(task) -> daemon(task, "sessionkit-connections"));
		this.threads.allowCoreThreadTimeOut(true);
		if (wait != null && wait.connection().compareTo(timeout) > 0) {
			logger.warn("The connection pool lets its callers wait {} ms for a connection, and sessions wait {} ms "
					+ "(sessionkit.timeout), so a request whose handlers hold all connections costs others a 503. "
					+ "Give sessions a DataSource of their own, marked @SessionDataSource, with a "
					+ "connection-timeout and a validation-timeout of {} ms and a maximum-pool-size of 5.",
					wait.connection().toMillis(), timeout.toMillis(), Math.max(250, timeout.toMillis() / 2));
		}
	}

	/** Without what the request that happens to need it has put on its own thread. */
	static Thread daemon(Runnable task, String name) {
		Thread thread = new Thread(null, task, name, 0, false);
		thread.setDaemon(true);
		return thread;
	}

	/** These two would hand out the transaction's connection, or fetch it later. */
	private static DataSource unwrapped(DataSource dataSource) {
		DataSource unwrapped = dataSource;
		while (unwrapped instanceof TransactionAwareDataSourceProxy
				|| unwrapped instanceof LazyConnectionDataSourceProxy) {
			DataSource target = ((DelegatingDataSource) unwrapped).getTargetDataSource();
			if (target == null) {
				break;
			}
			unwrapped = target;
		}
		return unwrapped;
	}

	/** Where they lead, for messages. */
	String at() {
		return DatabaseAddress.at(this.dataSource);
	}

	/** As late as the pool likes, for a thread that has time. */
	Connection take() throws SQLException {
		return this.dataSource.getConnection();
	}

	/**
	 * A thread that is interrupted already gets one too, if only to log a user out; an
	 * interrupt while it waits ends the wait.
	 */
	Connection take(Deadline deadline) throws SQLException {
		if (this.inTime && this.started) {
			return take();
		}
		boolean interrupted = Thread.interrupted();
		try {
			if (!this.free.tryAcquire(deadline.nanos(), TimeUnit.NANOSECONDS)) {
				throw new SQLTimeoutException("All who ask the pool are waiting");
			}
			return take(deadline, new CompletableFuture<>());
		}
		catch (InterruptedException ex) {
			interrupted = true;
			throw new SQLTimeoutException("The thread was interrupted while it waited for a connection");
		}
		finally {
			if (interrupted) {
				Thread.currentThread().interrupt();
			}
		}
	}

	private Connection take(Deadline deadline, CompletableFuture<Connection> handover)
			throws SQLException, InterruptedException {
		try {
			this.threads.execute(() -> hand(handover));
		}
		catch (RejectedExecutionException ex) {
			this.free.release();
			throw new SQLException("The session storage is closed", ex);
		}
		try {
			return handover.get(deadline.nanos(), TimeUnit.NANOSECONDS);
		}
		catch (TimeoutException ex) {
			SQLException late = new SQLTimeoutException("The pool had no connection in time");
			if (handover.completeExceptionally(late)) {
				throw late;
			}
			return arrived(handover);
		}
		catch (ExecutionException ex) {
			return arrived(handover);
		}
		catch (InterruptedException ex) {
			if (!handover.cancel(false)) {
				arrived(handover).close();
			}
			throw ex;
		}
	}

	private static Connection arrived(CompletableFuture<Connection> handover) throws SQLException {
		try {
			return handover.join();
		}
		catch (RuntimeException ex) {
			if (ex.getCause() instanceof SQLException failure) {
				throw failure;
			}
			throw new SQLException("The pool failed", ex);
		}
	}

	private void hand(CompletableFuture<Connection> handover) {
		try {
			Connection connection = take();
			this.started = true;
			if (!handover.complete(connection)) {
				connection.close();
			}
		}
		catch (SQLException | RuntimeException | Error ex) {
			handover.completeExceptionally(ex);
		}
		finally {
			this.free.release();
		}
	}

	/** Waits for nobody: whoever still waits for the pool ends with it. */
	@Override
	public void close() {
		this.threads.shutdown();
	}

}
